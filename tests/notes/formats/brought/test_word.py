"""Word documents, read: the text as it stands after all changes, and nothing of who changed or said what about it."""

import time
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph

from notes.formats.brought.passages import MOST_PASSAGES, Passage, Unreadable, Why
from notes.formats.brought.word import read_word
from notes.formats.docx import write_docx
from tests.notes.formats.test_docx import PLAIN

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WHO = 'w:id="1" w:author="Ana Prieto" w:date="2037-01-14T15:00:00Z"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document: WordDocument) -> bytes:
    whole = BytesIO()
    document.save(whole)
    return whole.getvalue()


def texts(whole: bytes) -> list[str]:
    return [passage.text for passage in read_word(whole)]


def put(paragraph: Paragraph, xml: str) -> None:
    """Put a piece of WordprocessingML at the end of a paragraph."""
    named = xml.replace(">", f" {W}>", 1)
    paragraph._p.append(parse_xml(named))


def bare(body: str, **more: str) -> bytes:
    """A document of nothing but this body; `more` are other files of it, by name."""
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in more.items():
            archive.writestr(name, text)
    return whole.getvalue()


def test_headings_paragraphs_and_lists_become_passages() -> None:
    document = Document()
    document.add_heading("Notes", 0)
    document.add_heading("A jury on data", 1)
    document.add_paragraph("Juries need time.")
    document.add_paragraph("One evening", style="List Bullet")
    document.add_paragraph("Questions", style="List Bullet 2")
    document.add_paragraph("First", style="List Number")
    document.add_paragraph("   ")
    document.add_heading("Costs & benefits", 2)
    assert read_word(saved(document)) == [
        Passage("Notes", "Notes", 1),
        Passage("A jury on data", "A jury on data", 1),
        Passage("Juries need time.", "Juries need time."),
        Passage("One evening", "One evening"),
        Passage("Questions", "Questions"),
        Passage("First", "First"),
        Passage("Costs & benefits", "Costs & benefits", 2),
    ]


def test_of_our_own_copy_only_headings_and_points_come_in() -> None:
    """Not the date, not the Rule, and nobody beside a point; also once another program has saved it."""
    own = BytesIO(write_docx(PLAIN))
    saved = BytesIO()
    Document(own).save(saved)
    for whole in (own, saved):
        assert [(one.heading, one.words) for one in read_word(whole.getvalue())] == [
            (1, "Juries & <panels>"),
            (1, "Discussion"),
            (0, "Juries need time and care."),
            (0, "one evening"),
            (0, "one day"),
            (0, "of questions"),
            (0, "See the juries."),
            (0, "Quoted."),
            (0, "code"),
            (1, "Any other business"),
        ]


def test_looks_and_links_are_kept_as_markdown_and_marks_stay_words() -> None:
    document = Document()
    paragraph = document.add_paragraph("Juries need ")
    paragraph.add_run("time").bold = True
    paragraph.add_run(" and ")
    paragraph.add_run("care").italic = True
    paragraph.add_run(", *always* [1] #hash snake_case <b>.")
    document.add_paragraph("# not a heading")
    link = document.add_paragraph("See ")
    key = document.part.relate_to("https://example.org/juries", f"{OFFICE}/hyperlink", is_external=True)
    mail = document.part.relate_to("mailto:ana@people.example", f"{OFFICE}/hyperlink", is_external=True)
    put(link, f'<w:hyperlink xmlns:r="{OFFICE}" r:id="{key}"><w:r><w:t>the report</w:t></w:r></w:hyperlink>')
    put(link, f'<w:hyperlink xmlns:r="{OFFICE}" r:id="{mail}"><w:r><w:t> or ask</w:t></w:r></w:hyperlink>')
    assert texts(saved(document)) == [
        r"Juries need **time** and *care*, \*always\* \[1\] #hash snake\_case &lt;b>.",
        r"\# not a heading",
        "See [the report](https://example.org/juries) or ask",
    ]


def test_tracked_changes_are_taken_as_accepted() -> None:
    """What was put in is in, what was deleted or moved away is out, and nobody's name comes with it."""
    document = Document()
    paragraph = document.add_paragraph("Panels ")
    put(paragraph, f"<w:del {WHO}><w:r><w:delText>bore</w:delText></w:r><w:r><w:t>bored</w:t></w:r></w:del>")
    put(paragraph, f"<w:ins {WHO}><w:r><w:t>cost</w:t></w:r></w:ins>")
    put(paragraph, '<w:r><w:t xml:space="preserve"> less.</w:t></w:r>')
    moved = document.add_paragraph("Stays.")
    put(moved, f"<w:moveFrom {WHO}><w:r><w:t>Moved away.</w:t></w:r></w:moveFrom>")
    put(moved, f"<w:moveTo {WHO}><w:r><w:t> Moved here.</w:t></w:r></w:moveTo>")
    put(moved, f"<w:r><w:rPr><w:rPrChange {WHO}><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t> Plain.</w:t></w:r>")
    gone = document.add_paragraph()
    put(gone, f"<w:del {WHO}><w:r><w:delText>A whole paragraph.</w:delText></w:r></w:del>")
    assert texts(saved(document)) == ["Panels cost less.", "Stays. Moved here. Plain."]


def test_a_deleted_end_of_paragraph_joins_two() -> None:
    joined = f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>"
    other = "<w:p><w:r><w:t>two.</w:t></w:r></w:p><w:p><w:r><w:t>Three.</w:t></w:r></w:p>"
    assert texts(bare(joined + other)) == ["One two.", "Three."]
    assert texts(bare(joined)) == ["One"]


def test_comments_notes_headers_and_properties_stay_out() -> None:
    document = Document()
    document.core_properties.author = "Ana Prieto"
    document.core_properties.comments = "Zebra"
    document.sections[0].header.paragraphs[0].text = "Zebra header"
    document.sections[0].footer.paragraphs[0].text = "Zebra footer"
    paragraph = document.add_paragraph("Juries need time.")
    document.add_comment(runs=paragraph.runs, text="Zebra said Ana", author="Ana Prieto", initials="AP")
    whole = saved(document)
    with ZipFile(BytesIO(whole)) as archive:
        planted = " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert (planted.count("Zebra"), "Ana Prieto" in planted) == (4, True)
    assert texts(whole) == ["Juries need time."]


def test_struck_and_hidden_words_stay_out() -> None:
    document = Document()
    paragraph = document.add_paragraph("Kept. ")
    paragraph.add_run("Struck.").font.strike = True
    paragraph.add_run("Hidden.").font.hidden = True
    paragraph.add_run("Kept too.").font.strike = False
    assert texts(saved(document)) == ["Kept. Kept too."]


def test_a_field_shows_its_result_and_a_text_box_is_a_picture() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "mailto:ana@people.example"'
        '</w:instrText></w:r><w:r><w:t>result</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    box = "<w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r>"
    breaks = "<w:r><w:br/><w:t>next</w:t><w:tab/><w:t>line</w:t><w:noBreakHyphen/></w:r>"
    assert texts(bare(f"<w:p>{field}{box}{breaks}</w:p>")) == ["result  \nnext line\u2011"]


def test_a_row_of_single_lines_is_one_passage_and_whole_notes_in_cells_are_many() -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Share the template", "March"
    table.cell(1, 0).text = "Discussion"
    table.cell(1, 1).text = "Juries need time."
    table.cell(1, 1).add_paragraph("Panels cost less.")
    document.add_paragraph("After.")
    assert texts(saved(document)) == [
        "Share the template | March",
        "Discussion",
        "Juries need time.",
        "Panels cost less.",
        "After.",
    ]


def test_headings_are_known_by_name_outline_or_what_they_are_based_on() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:styleId="Lined"><w:name w:val="Lined"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
        '<w:style w:styleId="Round"><w:basedOn w:val="Round"/></w:style></w:styles>'
    )
    names = ("berschrift1", "Own", "Lined", "Round", "Unknown")
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>' for name in names)
    body += '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    read = read_word(bare(body, **{"word/styles.xml": styles}))
    assert [passage.heading for passage in read] == [1, 1, 3, 0, 0, 2]


def test_a_document_may_stand_elsewhere_in_the_file() -> None:
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        target = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="/own/story.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}">{target}</Relationships>')
        strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
        archive.writestr("own/story.xml", f"<w:document {strict}><w:p><w:r><w:t>Here.</w:t></w:r></w:p></w:document>")
    assert texts(whole.getvalue()) == ["Here."]


# -- Files that mean harm, or are broken ------------------------------------------------------------------------------


def why(whole: bytes) -> Why:
    with pytest.raises(Unreadable) as refused:
        read_word(whole)
    return refused.value.why


def test_entities_are_not_read() -> None:
    """Neither one that names a file nor a thousand million laughs."""
    for harm in (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ):
        whole = BytesIO()
        with ZipFile(whole, "w") as archive:
            archive.writestr("word/document.xml", f"{harm}<w:document {W}><w:p/></w:document>")
        assert why(whole.getvalue()) == Why.BROKEN


def test_a_bomb_is_not_unpacked() -> None:
    """T44's other side: 200 MB of blanks in 200 kB, and it is refused in a moment."""
    bomb = bare("<w:p/>" + " " * 200_000_000)
    assert len(bomb) < 500_000
    begun = time.process_time()
    assert why(bomb) == Why.TOO_LARGE
    assert time.process_time() - begun < 5


def test_macros_are_refused() -> None:
    assert why(bare("<w:p/>", **{"word/vbaProject.bin": "x"})) == Why.MACROS


@pytest.mark.parametrize(
    "whole",
    [
        b"PK\x03\x04 not an archive",
        bare("<w:p>"),
        bare("<w:p/>")[:200],
        bare("<w:p/>").replace(b"word/document.xml", b"word/dokument.xml"),
    ],
    ids=["no archive", "no XML", "cut short", "no document"],
)
def test_a_broken_file_is_refused(whole: bytes) -> None:
    assert why(whole) == Why.BROKEN


def test_an_unusual_compression_is_refused() -> None:
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_BZIP2) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}/>")
    assert why(whole.getvalue()) == Why.BROKEN


def test_more_than_notes_can_be_is_refused() -> None:
    paragraph = "<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"
    assert len(texts(bare(paragraph * MOST_PASSAGES))) == MOST_PASSAGES
    assert why(bare(paragraph * (MOST_PASSAGES + 1))) == Why.TOO_LONG
    assert why(bare(f"<w:p><w:r><w:t>{'word ' * 5_000}</w:t></w:r></w:p>")) == Why.TOO_LONG


def test_a_document_of_a_hundred_thousand_levels_is_read() -> None:
    depth = 100_000
    body = "<w:sdt>" * depth + "<w:p><w:r><w:t>Deep.</w:t></w:r></w:p>" + "</w:sdt>" * depth
    assert texts(bare(body)) == ["Deep."]
