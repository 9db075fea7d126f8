"""Copies as PDFs: structure for a screen reader, and nothing of who or when (R7, T44)."""

import re
import zlib
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject, StreamObject

from notes.formats.paper import Paper
from notes.formats.pdf import write_pdf
from tests.notes.formats.samples import HARD, paper

PLAIN = paper("Juries need **time**.\n\n- one evening\n- one day", "See <https://example.org/juries>.")


def read(made: Paper) -> PdfReader:
    return PdfReader(BytesIO(write_pdf(made)))


def words_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def everything_in(whole: bytes) -> bytes:
    """The file with every stream inflated beside it."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", whole, re.DOTALL)
    return whole + b"".join(_inflated(stream) for stream in streams)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def part_of(holder: DictionaryObject, name: str) -> DictionaryObject:
    part = holder[name].get_object()
    assert isinstance(part, DictionaryObject)
    return part


def tags_of(reader: PdfReader) -> list[str]:
    """The kinds of the structure's elements, in reading order."""
    found: list[str] = []

    def walk(element: object) -> None:
        if isinstance(element, list):
            for child in element:
                walk(child.get_object())
        elif isinstance(element, DictionaryObject):
            if "/S" in element:
                found.append(str(element["/S"]))
            if "/K" in element:
                walk(element["/K"].get_object())

    walk(reader.root_object["/StructTreeRoot"])
    return found


def test_a_pdf_is_tagged_and_claims_the_standard() -> None:
    reader = read(PLAIN)
    root = reader.root_object
    assert str(root["/Lang"]) == "en-GB"
    assert part_of(root, "/MarkInfo")["/Marked"] == BooleanObject(True)
    assert part_of(root, "/ViewerPreferences")["/DisplayDocTitle"] == BooleanObject(True)
    standard = part_of(root, "/Metadata")
    assert isinstance(standard, StreamObject)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in standard.get_data()
    tags = tags_of(reader)
    assert [tag for tag in tags if tag in {"/H1", "/H2", "/L", "/LI", "/Link"}][:4] == ["/H1", "/H2", "/L", "/LI"]
    assert (tags.count("/H1"), tags.count("/H2"), tags.count("/L"), tags.count("/Link")) == (1, 2, 2, 1)
    assert tags.count("/LI") == 4


def test_a_pdf_says_the_rule_the_day_the_edition_and_for_whom() -> None:
    words = words_of(read(PLAIN))
    for said in ("Juries & <panels>", "Wednesday 14 January 2037", "Edition 2", "For members of Public voices"):
        assert said in words
    assert "This network meets under the Chatham House Rule." in words
    assert "Juries need time." in words
    assert "— Tove Berg, Fjord Forum" in words
    assert "Nothing was noted here." in words


def test_a_pdf_names_no_author_no_program_and_no_time() -> None:
    """T44: not in the information, not in XMP, not in any stream."""
    whole = write_pdf(PLAIN)
    reader = PdfReader(BytesIO(whole))
    assert {name: str(value) for name, value in (reader.metadata or {}).items()} == {"/Title": "Juries & <panels>"}
    inside = everything_in(whole).lower()
    assert b"juries &amp; &lt;panels&gt;" in inside
    unwanted = (b"typst", b"xmp-writer", b"/author", b"/producer", b"/creator", b"dc:creator", b"creatortool")
    for one in (*unwanted, b"creationdate", b"createdate", b"moddate", b"modifydate"):
        assert one not in inside
    assert b"/EmbeddedFile" not in whole
    assert b"/OCProperties" not in whole


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert write_pdf(PLAIN) == write_pdf(PLAIN)
    assert write_pdf(paper("Juries.")) != write_pdf(paper("Panels."))


def test_what_people_type_is_never_read_as_code() -> None:
    words = words_of(read(paper(*HARD)))
    assert 'read("/etc/passwd") #include \\ $x$ @ref' in words
    assert 'Say #image("/etc/hostname") #sys.inputs bold under ~~gone~~' in words
    assert "root:x:" not in words
    assert "level 18" in words


def test_letters_that_no_font_has_are_told_of() -> None:
    """A private letter stands in no font; whoever reads is told where the words are whole."""
    whole = write_pdf(paper("A letter \uf8fe of nobody's."))
    reader = PdfReader(BytesIO(whole))
    assert paper().incomplete in words_of(reader)
    assert b"pdfuaid" not in whole
    assert tags_of(reader).count("/H1") == 1
    assert paper().incomplete not in words_of(read(PLAIN))


def test_a_word_wider_than_the_page_is_broken() -> None:
    reader = read(paper("W" * 4_000))
    assert len(reader.pages) > 1
    assert words_of(reader).replace("\u200b", "").replace(" ", "").count("W") >= 4_000


def test_five_hundred_points_make_a_book() -> None:
    reader = read(paper(*[f"Point {number}. Panels cost less than juries." for number in range(500)]))
    assert "Point 499." in words_of(reader)
    assert tags_of(reader).count("/LI") == 500


def test_a_link_leads_only_where_it_says_and_nothing_runs() -> None:
    whole = write_pdf(paper("![who](https://example.org/who.png)", "[run](javascript:alert(1)) <script>go()</script>"))
    inside = everything_in(whole)
    assert re.findall(rb"/S ?/(URI|JavaScript|Launch|GoToR|SubmitForm)", inside) == [b"URI"]
    assert b"javascript:" not in inside
