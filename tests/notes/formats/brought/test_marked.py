"""Notes in Markdown or plain text."""

import time
from contextlib import suppress

import pytest

from notes.formats.brought.marked import read_marked
from notes.formats.brought.passages import Passage, Unreadable


def texts(text: str) -> list[str]:
    return [passage.text for passage in read_marked(text)]


def test_headings_paragraphs_and_lists_become_passages() -> None:
    text = (
        "# Notes\n\nA jury on data\n--------------\nJuries need **time**,\nand care.\n\n"
        "- One evening\n  - Questions\n* [ ] A box\n+ Plus\n• Dot\n1. First\n2) Second\n   goes on\n\n"
        "## Discussion ##\n***\n> Quoted\n> words\n\n#hash is no heading\n"
    )
    assert read_marked(text) == [
        Passage("Notes", "Notes", 1),
        Passage("A jury on data", "A jury on data", 2),
        Passage("Juries need **time**,\nand care.", "Juries need time, and care."),
        Passage("One evening", "One evening"),
        Passage("Questions", "Questions"),
        Passage("A box", "A box"),
        Passage("Plus", "Plus"),
        Passage("Dot", "Dot"),
        Passage("First", "First"),
        Passage("Second\ngoes on", "Second goes on"),
        Passage("Discussion", "Discussion", 2),
        Passage("Quoted\nwords", "Quoted words"),
        Passage("#hash is no heading", "#hash is no heading"),
    ]


def test_what_is_hidden_or_gone_stays_out() -> None:
    text = (
        "---\nauthor: Ana Prieto\ntitle: Notes\n---\nKept<!-- Ana: really? --> here{>>Ana: no<<}.\n\n"
        "Panels {--bore--}{++cost++} {~~much~>less~~} {==now==}. ~~Struck.~~<del>Gone.</del>\n\n"
        "![Ana](data:image/png;base64,AAAA) ![a][image1] [the report][1] [Other] [gone][]\n\n"
        "[ask](mailto:ana@people.example)\n\n"
        "[1]: https://example.org/juries\n[image1]: <data:image/png;base64,AAAA>\n[other]: mailto:ana@people.example\n"
    )
    assert texts(text) == [
        "Kept here.",
        "Panels cost less now.",
        "[the report](https://example.org/juries) [Other] [gone][]",
        "ask",
    ]


def test_code_and_tables_are_kept_together() -> None:
    text = "Before\n```\n- a\n\n# b\n```\nAfter\n\n| Action | When |\n|---|:-:|\n| Share it | March |\n"
    assert texts(text) == ["Before", "```\n- a\n\n# b\n```", "After", "Action | When", "Share it | March"]


def test_marks_of_other_programs_change_nothing() -> None:
    assert texts("One\r\n\r\nTwo\x07\x0b\r") == ["One", "Two"]
    assert texts("") == []
    assert texts("~~not\nclosed") == ["~~not\nclosed"]
    assert texts("```\nnever closed") == ["```\nnever closed"]


@pytest.mark.parametrize(
    "piece",
    [
        *("[", "![", "[a](", "[a][", "~~", "~~\n", "{--", "<!--", "# ", "#" * 7, "- ", "> ", "|-", "|\n", "\n", " "),
        *("*", "_ ", "```\n", "`" * 9, "[a]: ", "---\n", "{~~", "1. "),
    ],
)
def test_a_text_that_was_made_to_take_long_does_not(piece: str) -> None:
    begun = time.process_time()
    for count in (10_000, 1_000_000 // len(piece)):
        with suppress(Unreadable):
            read_marked(piece * count)
    assert time.process_time() - begun < 10


def test_more_lines_than_notes_can_have_are_refused() -> None:
    with pytest.raises(Unreadable):
        read_marked("\n" * 60_000)
    assert texts(">\n> One") == ["One"]
