"""Copies as Word documents: headings and lists that a screen reader knows, and nothing of who or when (R7, T44)."""

import re
from io import BytesIO
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

from docx import Document

from notes.formats.docx import write_docx
from tests.notes.formats.samples import HARD, RULE, paper

PLAIN = paper(
    "Juries need **time** and *care*.\n\n1. one evening\n2. one day\n   - of questions",
    "See [the juries](https://example.org/juries?a=1&b=2).\n\n> Quoted.\n\n```\ncode\n```",
)


def parts_of(whole: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(whole)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_document_has_headings_lists_and_links() -> None:
    document = Document(BytesIO(write_docx(PLAIN)))
    assert [(paragraph.style.name if paragraph.style else "", paragraph.text) for paragraph in document.paragraphs] == [
        ("Notes: over the title", "Notes of meeting 4"),
        ("Title", "Juries & <panels>"),
        ("Notes: facts", "Wednesday 14 January 2037  ·  Edition 2  ·  For members of Public voices"),
        *(("Notes: the Rule", line) for line in RULE.splitlines()),
        ("Heading 1", "Discussion"),
        ("Point", "Juries need time and care."),
        ("Point", "one evening"),
        ("Point", "one day"),
        ("Point", "of questions"),
        ("Notes: attribution", "— Tove Berg, Fjord Forum"),
        ("Point", "See the juries."),
        ("Quote", "Quoted."),
        ("Code", "code"),
        ("Heading 1", "Any other business"),
        ("Notes: facts", "Nothing was noted here."),
    ]
    (point,) = [one for one in document.paragraphs if one.text.startswith("Juries need")]
    assert [(run.text, run.bold, run.italic) for run in point.runs if run.bold or run.italic] == [
        ("time", True, None),
        ("care", None, True),
    ]
    (linked,) = [link for one in document.paragraphs for link in one.hyperlinks]
    assert (linked.text, linked.address) == ("the juries", "https://example.org/juries?a=1&b=2")
    assert document.sections[0].footer.paragraphs[0].text.startswith("Wednesday 14 January 2037 · Edition 2")


def test_points_are_items_of_lists() -> None:
    words = parts_of(write_docx(PLAIN))["word/document.xml"]
    numbered = re.findall(r'<w:ilvl w:val="(\d)" /><w:numId w:val="(\d)" />.*?<w:t[^>]*>([^<]*)<', words)
    assert numbered == [
        ("0", "1", "Juries need "),
        ("1", "2", "one evening"),
        ("1", "2", "one day"),
        ("2", "1", "of questions"),
        ("0", "1", "See "),
    ]


def test_a_document_names_no_author_and_no_time() -> None:
    """T44: no author, no program, no time in the properties or the archive, and whoever saves it again is not noted."""
    whole = write_docx(PLAIN)
    parts = parts_of(whole)
    core = fromstring(parts["docProps/core.xml"])
    assert {element.tag.rpartition("}")[2]: element.text for element in core} == {
        "title": "Juries & <panels>",
        "language": "en-gb",
    }
    assert "docProps/app.xml" not in parts
    assert "<w:removePersonalInformation/>" in parts["word/settings.xml"]
    with ZipFile(BytesIO(whole)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(one.create_system, one.create_version, one.comment, one.extra) for one in archive.infolist()} == {
            (0, 20, b"", b"")
        }
    everything = " ".join(parts.values())
    assert (
        re.findall(r"creator|lastModifiedBy|dcterms|w:author|w:date=|rsid|<w:ins |<w:del |comments", everything) == []
    )


def test_the_same_paper_gives_the_same_document() -> None:
    assert write_docx(PLAIN) == write_docx(PLAIN)
    assert write_docx(paper("Juries.")) != write_docx(paper("Panels."))


def test_hard_words_are_kept_and_break_nothing() -> None:
    document = Document(BytesIO(write_docx(paper(*HARD))))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert 'read("/etc/passwd") #include \\ $x$ @ref' in words
    assert "A bell  and an escape  in  words  with  controls" in words
    assert "عربي and עברית between words" in words
    assert "Emoji 👩🏽‍🔬🏳️‍🌈 and 漢字かな交じり文" in words
    assert "W" * 4_000 in words
    assert "level 18" in words
    assert "a | b" in words


def test_five_hundred_points_are_one_document() -> None:
    document = Document(BytesIO(write_docx(paper(*[f"Point {number}." for number in range(500)]))))
    assert sum(paragraph.text.startswith("Point ") for paragraph in document.paragraphs) == 500
