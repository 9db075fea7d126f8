"""Slides: a PDF goes in, and one goes out that says nothing of who made it and does nothing by itself."""

from collections.abc import Iterator
from io import BytesIO
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from cop.lib.files.refusing import Refused, Why

LARGEST_BYTES = 30_000_000
MOST_OBJECTS = 200_000
DEEPEST = 60

# What says who made it and when, and what acts or holds other files (PDF 32000-1, 7.7.2, 7.7.3, 12.6, 14.3, 14.5).
OF_WHOLE = (
    "/Metadata /PieceInfo /OpenAction /AA /AcroForm /AF /Collection /Perms /DSS /Threads /SpiderInfo /Legal /URI "
    "/Extensions /Requirements"
).split()
OF_NAMES = "/JavaScript /EmbeddedFiles /Renditions /AlternatePresentations /URLS /IDS".split()
OF_PAGE = "/Metadata /PieceInfo /AA /LastModified /Thumb /AF /B /PresSteps /ID".split()
# A picture or form on a page has such keys as well; a list of fonts may have a font of such a name.
OF_TYPED = "/Metadata /PieceInfo /LastModified /AF /OPI /Measure /PtData /CreatorInfo".split()
ACTS = frozenset(
    "/JavaScript /Launch /SubmitForm /ImportData /ResetForm /GoToR /GoToE /Rendition /RichMediaExecute /Movie /Sound "
    "/Hide /GoTo3DView /Thread /Trans".split()
)
# A structure element may be of such a kind, "/Sound" say, and stands in a tree (14.7.2); it has nothing that acts.
IN_TREE = ("/K", "/P")
OF_ACTS = "/JS /F /UF /Win /Mac /Unix /Next /Fields /OP /TA /CMD /D".split()
ADDRESSES = ("http://", "https://", "mailto:")
OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def clean_paper(raw: bytes) -> bytes:
    """The PDF with its pages, links and outline; without information on the document, XMP, scripts, actions, forms,
    comments, other files in it, what pictures say of the camera, and what nothing leads to. Raises `Refused`."""
    _refuse_other_kinds(raw)
    try:
        return _written_anew(raw)
    except pikepdf.PasswordError:
        raise Refused(Why.LOCKED) from None
    except Refused:
        raise
    except MemoryError:
        raise Refused(Why.TOO_LARGE) from None
    except Exception:
        raise Refused(Why.BROKEN) from None


def _refuse_other_kinds(raw: bytes) -> None:
    if not raw:
        raise Refused(Why.EMPTY)
    if len(raw) > LARGEST_BYTES:
        raise Refused(Why.TOO_LARGE)
    if raw.startswith(OFFICE):
        raise Refused(Why.OFFICE)
    if not raw.startswith(b"%PDF-"):
        raise Refused(Why.OTHER_KIND)


def _written_anew(raw: bytes) -> bytes:
    with pikepdf.open(BytesIO(raw)) as paper:
        if not len(paper.pages):
            raise Refused(Why.BROKEN)
        if len(paper.objects) > MOST_OBJECTS:
            raise Refused(Why.TOO_LARGE)
        _clean_whole(paper)
        out = BytesIO()
        paper.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _clean_whole(paper: Pdf) -> None:
    for key in ("/Info", "/ID"):
        if key in paper.trailer:
            del paper.trailer[key]
    _drop(paper.Root, OF_WHOLE)
    if "/Names" in paper.Root:
        _drop(paper.Root.Names, OF_NAMES)
    for page in paper.pages:
        _drop(page.obj, OF_PAGE)
        _keep_links_only(page.obj)
    for one in list(paper.objects):
        for part in _parts(one):
            _clean(part)


def _parts(whole: Object, deep: int = 0) -> Iterator[Dictionary | Stream]:
    """An object and what stands within it, but for what it only points to."""
    if deep > DEEPEST:
        raise Refused(Why.BROKEN)
    if isinstance(whole, Dictionary | Stream):
        yield whole
        inner = [whole.get(key) for key in list(whole.keys())]
    elif isinstance(whole, Array):
        inner = list(whole)
    else:
        return
    for one in inner:
        if isinstance(one, Dictionary | Array) and not one.is_indirect:
            yield from _parts(one, deep + 1)


def _clean(part: Dictionary | Stream) -> None:
    if part.get("/S") in ACTS and not _is_structure(part):
        for key in list(part.keys()):
            del part[key]
        return
    if part.get("/S") == "/URI" and not str(part.get("/URI", "")).lower().startswith(ADDRESSES):
        _drop(part, ["/URI"])
    if "/Type" in part or "/Subtype" in part:
        _drop(part, OF_TYPED)
    if "/EF" in part and ("/F" in part or "/UF" in part):
        _drop(part, ["/EF", "/RF"])
    if isinstance(part, Stream) and _is_photo(part):
        part.write(without_notes(part.read_raw_bytes()), filter=Name.DCTDecode)


def _is_structure(part: Dictionary | Stream) -> bool:
    return all(key in part for key in IN_TREE) and not any(key in part for key in OF_ACTS)


def _is_photo(stream: Stream) -> bool:
    kind = stream.get("/Filter")
    return kind == Name.DCTDecode or (isinstance(kind, Array) and len(kind) == 1 and kind[0] == Name.DCTDecode)


def _drop(whole: Object, keys: list[str]) -> None:
    for key in keys:
        if key in whole:
            del whole[key]


def _keep_links_only(page: Object) -> None:
    """Comments, stamps, films and fields go: they say who wrote them, or do something."""
    if "/Annots" not in page:
        return
    notes = page["/Annots"]
    if not isinstance(notes, Array):
        del page["/Annots"]
        return
    kept = Array(
        [
            one
            for one in cast("list[Object]", list(notes))
            if isinstance(one, Dictionary) and one.get("/Subtype") == Name.Link
        ]
    )
    for one in cast("list[Object]", list(kept)):
        _drop(one, ["/AA", "/PA", "/T", "/M", "/NM", "/Contents"])
    page["/Annots"] = kept


def without_notes(photo: bytes) -> bytes:
    """A JPEG without EXIF, XMP, comments and the like; colours (APP2, APP14) stay. What is no JPEG stays as it is."""
    kept, at = bytearray(photo[:2]), 2
    if kept != b"\xff\xd8":
        return photo
    while at + 4 <= len(photo) and photo[at] == 0xFF:
        marker = photo[at + 1]
        if marker == 0xDA:
            return bytes(kept) + photo[at:]
        length = 2 + int.from_bytes(photo[at + 2 : at + 4], "big")
        is_note = marker == 0xFE or (0xE0 <= marker <= 0xEF and marker not in (0xE0, 0xE2, 0xEE))
        if not is_note:
            kept += photo[at : at + length]
        at += length
    return photo
