"""What is kept of a photo or of slides: by content, and without whatever says who made it (threats 10 and 44)."""

import random
from io import BytesIO
from zlib import crc32

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from cop.lib.files.papers import clean_paper, without_notes
from cop.lib.files.pictures import clean_picture
from cop.lib.files.refusing import Refused, Why

CANARY = b"Zinnia Quillfeather"
SCRIPT = b"<script>alert(1)</script>"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture taken lying on its side, with where and by whom; and something else behind it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, CANARY.decode()
    exif.get_ifd(0x8825)[29] = "2026:01:14"
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, exif=exif)
    return out.getvalue() + SCRIPT


def paper() -> Pdf:
    """A PDF with everything in it that is not to stay."""
    made = Pdf.new()
    made.add_blank_page()
    page = made.pages[0].obj
    photo = BytesIO()
    exif = Image.Exif()
    exif[0x013B] = CANARY.decode()
    Image.new("RGB", (8, 8)).save(photo, "JPEG", exif=exif)
    image = made.make_stream(
        photo.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8, ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8, Filter=Name.DCTDecode, Metadata=made.make_stream(CANARY),
    )  # fmt: skip
    page.Resources = Dictionary(XObject=Dictionary(Im0=image), Font=Dictionary(AA=Dictionary(Type=Name.Font)))
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('Zinnia Quillfeather')"))

    def link(act: Dictionary) -> pikepdf.Object:
        rect, by = Array([0, 0, 9, 9]), String(CANARY.decode())
        return made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, T=by, A=act))

    good = Dictionary(S=Name.URI, URI=String("https://fjord.example/"))
    page.Annots = Array(
        [
            link(good),
            link(script),
            link(Dictionary(S=Name.URI, URI=String("javascript:alert(1)"))),
            link(Dictionary(S=Name.Launch, F=String("calc.exe"))),
            made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Contents=String(CANARY.decode()))),
        ]
    )
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(Word=Dictionary(Private=String(CANARY.decode())))
    made.Root.OpenAction = script
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    made.Root.Metadata = made.make_stream(b"<x:xmpmeta>" + CANARY, Type=Name.Metadata, Subtype=Name.XML)
    made.attachments["secret.txt"] = CANARY
    made.docinfo["/Author"] = CANARY.decode()
    return made


def written(made: Pdf, **how: object) -> bytes:
    out = BytesIO()
    made.save(out, **how)  # type: ignore[arg-type]  # whatever the test says
    return out.getvalue()


def everything_in(whole: bytes) -> bytes:
    """Each object of a PDF, its streams unpacked where they can be."""
    with pikepdf.open(BytesIO(whole)) as read:
        parts = [one.unparse() for one in read.objects]
        for one in read.objects:
            if isinstance(one, pikepdf.Stream):
                parts += [
                    one.read_raw_bytes(),
                    b"" if "/Filter" in one and one.Filter == Name.DCTDecode else one.read_bytes(),
                ]
        return b"\n".join([*parts, read.trailer.unparse()])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_painted_anew_upright_and_without_what_is_in_and_behind_it(kind: str) -> None:
    raw = picture(kind)
    assert CANARY in raw
    clean = clean_picture(raw)
    assert [part for part in (CANARY, SCRIPT, b"Exif", b"2026") if part in clean] == []
    with Image.open(BytesIO(clean)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (20, 40))


def test_a_photo_is_made_small() -> None:
    with Image.open(BytesIO(clean_picture(picture(size=(3000, 1500))))) as seen:
        assert max(seen.size) == 640


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", Why.EMPTY),
        (b"GIF89a" + b"\0" * 50, Why.OTHER_KIND),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Why.OTHER_KIND),
        (SCRIPT, Why.OTHER_KIND),
        (picture()[:300], Why.BROKEN),
        (b"x" * 15_000_001, Why.TOO_LARGE),
    ],
)
def test_what_is_no_photo_is_refused_whatever_it_is_called(raw: bytes, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        clean_picture(raw)
    assert refused.value.why == why


def test_a_picture_that_unpacks_to_more_than_a_machine_can_hold_is_refused() -> None:
    small = bytearray(picture("PNG"))
    small[16:24] = (60_000).to_bytes(4, "big") * 2
    small[29:33] = crc32(small[12:29]).to_bytes(4, "big")
    with pytest.raises(Refused) as refused:
        clean_picture(bytes(small))
    assert refused.value.why == Why.TOO_LARGE


def test_slides_keep_pages_and_links_and_nothing_that_tells_or_acts() -> None:
    raw = written(paper())
    assert CANARY in everything_in(raw)
    clean = clean_paper(raw + SCRIPT)
    inside = everything_in(clean)
    telling = (
        CANARY,
        b"JavaScript",
        b"javascript",
        b"calc.exe",
        b"Exif",
        b"/Info",
        b"/OpenAction",
        b"/EmbeddedFile",
        SCRIPT,
    )
    assert [part for part in telling if part in inside or part in clean] == []
    assert b"https://fjord.example/" in inside
    with pikepdf.open(BytesIO(clean)) as read:
        assert len(read.pages) == 1
        assert len(read.pages[0].obj.Annots) == 4
        assert "/AA" in read.pages[0].obj.Resources.Font


def test_slides_locked_for_changes_only_are_unlocked_and_others_refused() -> None:
    clean = clean_paper(written(paper(), encryption=pikepdf.Encryption(owner="o", user="")))
    with pikepdf.open(BytesIO(clean)) as read:
        assert not read.is_encrypted
    with pytest.raises(Refused) as refused:
        clean_paper(written(paper(), encryption=pikepdf.Encryption(owner="o", user="u")))
    assert refused.value.why == Why.LOCKED


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", Why.EMPTY),
        (b"PK\x03\x04 a presentation", Why.OFFICE),
        (b"\xd0\xcf\x11\xe0 an old one", Why.OFFICE),
        (SCRIPT + written(paper()), Why.OTHER_KIND),
        (b"%PDF-1.7\n", Why.BROKEN),
        (b"x" * 30_000_001, Why.TOO_LARGE),
    ],
)
def test_what_are_no_slides_is_refused_whatever_it_is_called(raw: bytes, why: Why) -> None:
    with pytest.raises(Refused) as refused:
        clean_paper(raw)
    assert refused.value.why == why


def test_an_action_goes_also_with_the_keys_of_a_structure_element_which_stays() -> None:
    made = paper()

    def one(kind: Name, **keys: object) -> Dictionary:
        return Dictionary({"/S": kind, "/K": Array(), "/P": Dictionary(), **{f"/{key}": keys[key] for key in keys}})

    acts = [
        one(Name.JavaScript, JS=String("app.alert('canary')")),
        one(Name.Launch, Win=Dictionary(F=String("canary.exe"))),
        one(Name.SubmitForm, F=String("https://canary.example/")),
    ]
    made.Root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot, K=Array([*acts, one(Name.Sound, Alt=String("A bell"))])
    )
    inside = everything_in(clean_paper(written(made)))
    assert b"canary" not in inside
    assert b"A bell" in inside
    assert b"/Sound" in inside


@pytest.mark.parametrize("seed", range(12))
def test_damaged_files_are_cleaned_or_refused_and_nothing_else(seed: int) -> None:
    """Cut off, overwritten, doubled: whatever comes back is a photo or a PDF of ours."""
    chance = random.Random(seed)
    for clean, raw in ((clean_picture, picture("PNG")), (clean_picture, picture()), (clean_paper, written(paper()))):
        damaged = bytearray(raw)
        for _ in range(chance.randrange(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        cut = bytes(damaged[: chance.randrange(1, len(damaged))]) if seed % 3 == 0 else bytes(damaged)
        try:
            out = clean(cut)
        except Refused:
            continue
        assert out.startswith((b"\xff\xd8", b"%PDF-"))
        assert SCRIPT not in out


def test_a_jpeg_that_is_none_is_left_as_it_is() -> None:
    assert without_notes(b"no picture") == b"no picture"
    assert without_notes(b"\xff\xd8\xff\xe1\x00") == b"\xff\xd8\xff\xe1\x00"
