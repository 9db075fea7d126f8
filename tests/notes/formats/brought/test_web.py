"""Pages of HTML, as Google Docs and Word export them."""

import time
from contextlib import suppress

import pytest

from notes.formats.brought.passages import MOST_PASSAGES, Passage, Unreadable
from notes.formats.brought.web import read_web

# As Google Docs writes it: looks in classes, comments as marks that lead to the end of the page.
GOOGLE = (
    '<html><head><meta content="text/html; charset=UTF-8"><title>Ana\'s notes</title><style type="text/css">'
    "ol{margin:0}.c1{font-weight:700;color:#000}.c2{text-decoration:line-through}.c3{font-style:italic}"
    '.c4{font-weight:400}</style></head><body class="doc-content"><p class="c5 title"><span>Our notes</span></p>'
    '<h1 id="h.1"><span class="c1">1. A jury on&nbsp;data</span></h1>'
    '<p class="c6"><span class="c4">Juries need </span><span class="c1">time</span><span> and </span>'
    '<span class="c3">care</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup><span>.</span>'
    '<span class="c2">Not this.</span></p>'
    '<ul class="lst-kix_1-0 start"><li><span>One evening</span></li></ul>'
    '<ul class="lst-kix_1-1 start"><li><span>See </span><span><a href="https://www.google.com/url?q='
    'https://example.org/juries%3Fa%3D1&amp;sa=D&amp;ust=17">the report</a></span></li></ul>'
    '<p><span>Ask <a href="mailto:ana@people.example">the team</a></span></p><hr>'
    '<p><span>Foot</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p>'
    '<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span> Small print.</span></p></div>'
    '<div class="c9"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Ana Prieto said this</span></p>'
    "<p><span>and more</span></p></div></body></html>"
)


def texts(text: str) -> list[str]:
    return [passage.text for passage in read_web(text)]


def test_a_page_from_google_docs_becomes_passages() -> None:
    assert "Ana Prieto said this" in GOOGLE
    assert read_web(GOOGLE) == [
        Passage("Our notes", "Our notes", 1),
        Passage("**1. A jury on data**", "1. A jury on data", 1),
        Passage("Juries need **time** and *care*.", "Juries need time and care."),
        Passage("One evening", "One evening"),
        Passage("See [the report](https://example.org/juries?a=1)", "See the report"),
        Passage("Ask the team", "Ask the team"),
        Passage("Foot", "Foot"),
    ]


def test_a_page_from_word_becomes_passages() -> None:
    page = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style><!-- .x{} --></style></head><body>"
        "<div class=WordSection1><h2>Discussion<o:p></o:p></h2>"
        "<p class=MsoListParagraph><![if !supportLists]><span>·<span>&nbsp; </span></span><![endif]>Juries need\n time."
        "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[AP1]</a></span></p>"
        "<p><del cite='mailto:Ana'><p>Gone.</p></del><ins>Put in.</ins><s>Struck.</s></p></div>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><p>Ana said</p></div></div>"
        "</body></html>"
    )
    assert texts(page) == ["Discussion", "Juries need time.", "Put in."]


def test_rows_cells_breaks_and_marks() -> None:
    page = (
        "<table><tr><td><p>Share it</p></td><td>March</td></tr><tr><td>Only one</td><td></td></tr>"
        "<tr><td><p>One</p><p>Two</p></td><td>Three<table><tr><td>In</td><td>ner</td></tr></table></td></tr></table>"
        "<p>First<br>second</p><p>5 < 6 & 7 &gt; 2 *x*</p><pre>a</pre>"
    )
    assert texts(page) == [
        "Share it | March",
        "Only one",
        "One",
        "Two",
        "Three",
        "In",
        "ner",
        "First  \nsecond",
        r"5 &lt; 6 & 7 > 2 \*x\*",
        "a",
    ]


@pytest.mark.parametrize(
    ("page", "read"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("<b>One</i></b></p>Two", ["**One**", "Two"]),
        ("<head><title>x</title><body><p>One", ["One"]),
        ("<p><script>if (a < b) { x('<p>no</p>') }</script>One</p>", ["One"]),
        ("<p onclick='go()'><img src=x onerror=go()>One</p>", ["One"]),
        ("<p><a href='javascript:go()'>One</a> <a href='http://[bad'>two</a></p>", ["One two"]),
        ("<p><s>never closed</p><p>One</p>", ["One"]),
        ("<div><p><a id=cmnt1></a>comment</p><div>more</div></div><p>One</p>", ["One"]),
        ("<p>One</p><del>never closed<p>Two</p>", ["One"]),
        ("<p>a &#0; &#x1F600; &bogus; \x07b</p>", ["a \ufffd \U0001f600 &amp;bogus; b"]),
        ("<p><br><b>One</b><br></p><td>Two</td>", ["**One**", "Two"]),
        ("<", ["&lt;"]),
        ("", []),
    ],
)
def test_pages_that_are_not_well_made_are_read_as_well_as_can_be(page: str, read: list[str]) -> None:
    assert texts(page) == read


@pytest.mark.parametrize(
    "piece",
    [
        *("<", "<!--", "<a ", "<a x='", "<b>", "<b id=a>", "</b>", "<div>", "<style", "<table>", "<tr><td>", "&"),
        *("<a=" * 9, "<del>", "<head>", "<![if !supportLists]>", "< a", f"<p title={'a' * 3_000}>"),
        f"<i style='{'a:b;' * 900}",
    ],
)
def test_a_page_that_was_made_to_take_long_does_not(piece: str) -> None:
    begun = time.process_time()
    for count in (10_000, 1_000_000 // len(piece)):
        with suppress(Unreadable):
            read_web(piece * count)
    assert time.process_time() - begun < 10


def test_more_than_notes_can_be_is_refused() -> None:
    assert len(read_web("<p>Words</p>" * MOST_PASSAGES)) == MOST_PASSAGES
    with pytest.raises(Unreadable):
        read_web("<p>Words</p>" * (MOST_PASSAGES + 1))
    with pytest.raises(Unreadable):
        read_web("<i>" * 60_000)
