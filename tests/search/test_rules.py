"""Words as search compares them, terms of a question, extracts: pure, on paper."""

import re

import pytest
from hypothesis import given, strategies as st

from cop.search.extracts import LONGEST_EXTRACT, extracts, marked
from cop.search.passages import lines_of, plain
from cop.search.rules.asking import LONGEST_QUESTION, MOST_TERMS, Term, asked, places, shown
from cop.search.rules.words import compared, compounds_of, fold, forms_of, tidy, words_of


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Jury", "jury"),
        ("Łódź", "lodz"),
        ("straße", "strasse"),
        ("O’Brien", "obrien"),
        ("don't", "dont"),
        ("Sarah’s", "sarah"),
        ("Ελλάδα", "ellada"),
        ("２０３７", "2037"),
        ("ﬁnd", "find"),
    ],
)
def test_fold_knows_a_word_in_any_dress(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("jury", "juries"),
        ("juries", "jury"),
        ("panels", "panel"),
        ("panel", "panels"),
        ("processes", "process"),
        ("boxes", "box"),
        ("videos", "video"),
        ("law", "laws"),
        ("day", "days"),
    ],
)
def test_forms_of_a_word_are_one_and_several(word: str, other: str) -> None:
    assert forms_of(word) == [word, other]


@pytest.mark.parametrize("word", ["process", "status", "analysis", "gas"])
def test_forms_of_a_word_that_only_ends_like_several_do_not_shorten_it(word: str) -> None:
    assert forms_of(word) == [word, f"{word}s"]


def test_words_stand_where_they_were_read() -> None:
    text = "Citizens’ juries: co-production, 2nd time."
    assert [(text[word.start : word.end], word.folded) for word in words_of(text)] == [
        ("Citizens", "citizens"),
        ("juries", "juries"),
        ("co", "co"),
        ("production", "production"),
        ("2nd", "2nd"),
        ("time", "time"),
    ]
    assert [word.folded for word in compounds_of(text)] == ["coproduction"]
    assert compared("A jury.\nOn co-production") == " a jury \n on co production \n coproduction "


def test_tidy_composes_and_drops_what_cannot_be_seen() -> None:
    assert tidy("cafe\u0301 ju\u00adry\u200b\0 pa\ud800nel\nnew line") == "café jury panel\nnew line"


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("", []),
        ("?!* \0", []),
        ("Juries", [(" juries", " jury")]),
        ("panels", [(" panel",)]),
        ("AI", [(" ai ", " ais ")]),
        ("jur*", [(" jur",)]),
        ("the Jury on data", [(" jury", " juries"), (" data",)]),
        ("the", [(" the ", " thes ")]),
        ("data data", [(" data",)]),
        ('"a jury" data', [(" a jury ",), (" data",)]),
        ("data “a jury”", [(" data",), (" a jury ",)]),
        ("co-production", [(" co production", " coproduction")]),
        ('half "open', [(" half",), (" open",)]),
        ("jury/panel", [(" jury", " juries"), (" panel",)]),
    ],
)
def test_asked_reads_a_question(question: str, ways: list[tuple[str, ...]]) -> None:
    assert [term.ways for term in asked(question)] == [tuple(way) for way in ways]


def test_asked_takes_no_more_than_one_types() -> None:
    assert len(asked(" ".join(f"word{number}" for number in range(30)))) == MOST_TERMS
    assert len(shown("x" * 10_000)) == LONGEST_QUESTION


@given(st.text(max_size=400))
def test_whatever_is_asked_is_looked_for_as_plain_words(question: str) -> None:
    """Nothing that was typed reaches an engine but letters and figures, so nothing in it is an operator."""
    for term in asked(question):
        assert term.ways
        assert all(re.fullmatch(r"(?: [a-z0-9]+)+ ?", way) for way in term.ways)


@given(st.text("aby -\n’'é", max_size=40), st.text('aby -"*’é', min_size=1, max_size=12))
def test_marks_stand_where_the_database_finds_something_and_nowhere_else(text: str, question: str) -> None:
    """The page's reading of a text and the database's, which looks for a way in what is compared, are one."""
    for term in asked(question):
        is_found = any(way in compared(text) for way in term.ways)
        assert is_found == any(places(line, [term]) for line in text.split("\n"))


@pytest.mark.parametrize(
    ("text", "question", "marks"),
    [
        ("A jury of juries on injury.", "jury", ["jury", "juries"]),
        ("Engagement and engaging", "engag", ["Engagement", "engaging"]),
        ("Our aim: AI", "ai", ["AI"]),
        ("co-production, coproduction", "coproduction", ["co-production", "coproduction"]),
        ("co-production, coproduction", "co-production", ["co-production", "coproduction"]),
        ("co-production, co-producing", '"co-production"', ["co-production"]),
        ("a jury, the juries, a jury", '"a jury"', ["a jury", "a jury"]),
        ("Łódź’s trams", "lodz", ["Łódź’s"]),
        ("jury", "panel", []),
    ],
)
def test_marked_are_the_places_where_terms_stand(text: str, question: str, marks: list[str]) -> None:
    assert re.findall("<mark>(.*?)</mark>", marked(text, asked(question))) == marks


def test_marked_escapes_everything_else() -> None:
    text = '<script>jury</script> & "jury"'
    assert marked(text, asked("jury")) == (
        "&lt;script&gt;<mark>jury</mark>&lt;/script&gt; &amp; &quot;<mark>jury</mark>&quot;"
    )


@given(st.text(), st.text(min_size=1, max_size=20))
def test_marks_change_nothing_but_marks(text: str, question: str) -> None:
    """What is shown is the text, escaped, and `<mark>`: nothing is lost, doubled or let through."""
    clean = tidy(text)
    bare = marked(clean, asked(question)).replace("<mark>", "").replace("</mark>", "")
    assert bare == marked(clean, ())
    assert "<" not in bare


def test_extracts_are_the_lines_that_say_most_in_their_order() -> None:
    text = "Only a jury.\nA jury about data.\nNothing.\nOnly data.\nData for a jury."
    two = ["A <mark>jury</mark> about <mark>data</mark>.", "<mark>Data</mark> for a <mark>jury</mark>."]
    assert extracts(text, asked("jury data"), most=2) == two
    assert extracts(text, asked("jury data"), most=1) == two[:1]
    assert extracts(text, asked("panel"), most=3) == []


def test_extract_of_a_long_line_is_cut_at_words() -> None:
    text = "before " * 100 + "the jury met " + "after " * 100
    (cut,) = extracts(text, asked("jury"), most=3)
    assert cut.startswith("… before ")
    assert cut.endswith("after …")
    assert "the <mark>jury</mark> met" in cut
    assert len(cut) < LONGEST_EXTRACT + 40


@given(st.text("ab jury\n", max_size=900))
def test_extracts_of_any_text_hold_nothing_that_is_not_in_it(text: str) -> None:
    for cut in extracts(text, [Term((" ju",))], most=3):
        bare = cut.replace("<mark>", "").replace("</mark>", "")
        assert bare.removeprefix("… ").removesuffix(" …") in text
        assert "<mark>ju" in cut


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("**Bold**\nand [a link](https://x.example/secret)\n\n- one\n- two", ["Bold and a link", "one", "two"]),
        ("See https://video.example/secret-room?pwd=1.", ["See"]),
        ("[https://x.example/a](https://x.example/a), x.example/b, www.x.example and <i>this</i>", ["and this"]),
        ("{% include x %}<script>alert(1)</script>a &lt; b", ["a < b"]),
    ],
)
def test_plain_is_what_a_page_says_without_addresses(markdown: str, lines: list[str]) -> None:
    """B34, B45."""
    assert [line for line in plain(markdown) if line] == lines


def test_lines_of_a_page_end_where_its_parts_do() -> None:
    page = "<h2>One</h2><ul><li><p>Two\n<em>three</em></p></li><li>Four</li></ul>"
    assert [line for line in lines_of(page) if line] == ["One", "Two three", "Four"]
