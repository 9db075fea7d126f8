"""Headings of a document, and the parts of the meeting they mean."""

import pytest

from notes.formats.brought.agenda import Kind, fold, place
from notes.formats.brought.passages import Passage

TITLES = ["Welcome", "A jury on data & AI", "Panels: what do they cost?", "Discussion"]


def heading(words: str, level: int = 1) -> Passage:
    return Passage(words, words, level)


def said(words: str) -> Passage:
    return Passage(words, words)


def part_of(words: str, *, level: int = 1, titles: list[str] = TITLES) -> int | None:
    (*_, placed) = place([heading(words, level), said("Words.")], titles)
    return placed.part


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("Discussion", 3),
        ("4. DISCUSSION:", 3),
        ("4) Discussion (20 mins)", 3),
        ("14:40 – 15:05 Discussion", 3),
        ("2.40pm Discussion", 3),
        ("Item 4: Discussion", 3),
        ("Agenda item 4 - Discussion", 3),
        ("d) discussion", 3),
        ("Disccusion", 3),
        ("A Jury on Data and AI", 1),
        ("A jury on data & AI – Tove Berg, Fjord Forum", 1),
        ("Session 2. A jury on dáta & AI", 1),
        ("Panels — what do they cost", 2),
        ("What do they cost?", 2),
        ("Any other business", None),
        ("Data", None),
        ("4.", None),
        ("", None),
    ],
)
def test_a_heading_is_matched_forgivingly(words: str, part: int | None) -> None:
    assert part_of(words) == part


def test_a_paragraph_is_a_heading_only_word_for_word() -> None:
    assert place([said("4. Discussion:"), said("Words.")], TITLES)[0].part == 3
    assert [one.part for one in place([said("Disccusion"), said("Words.")], TITLES)] == [None, None]
    assert [one.part for one in place([said("A jury on data & AI is dear"), said("Words.")], TITLES)] == [None, None]


def test_titles_that_stand_twice_are_taken_in_turn() -> None:
    passages = [heading("Talk"), said("One."), heading("Talk"), said("Two."), heading("Talk"), said("Three.")]
    assert [one.part for one in place(passages, ["Talk", "Break", "Talk"])] == [0, 2, 0]


def test_actions_takeaways_and_who_was_there_are_told_apart() -> None:
    passages = [
        *(heading("Attendees"), said("Ana Prieto"), heading("Key take-aways"), said("Start early.")),
        *(heading("Action points"), said("Share it."), heading("By March", 2), said("Print it.")),
        *(heading("Next steps:"), said("Meet."), said("Present: Ana, Bola"), heading("Discussion"), said("Words.")),
    ]
    assert [(one.passage.words, one.kind, one.part) for one in place(passages, TITLES)] == [
        ("Ana Prieto", Kind.PRESENCE, None),
        ("Start early.", Kind.TAKEAWAY, None),
        ("Share it.", Kind.ACTION, None),
        ("By March", Kind.HEADING, None),
        ("Print it.", Kind.ACTION, None),
        ("Meet.", Kind.ACTION, None),
        ("Present: Ana, Bola", Kind.PRESENCE, None),
        ("Words.", Kind.POINT, 3),
    ]


def test_an_agenda_that_says_actions_itself_has_its_part() -> None:
    (placed,) = place([heading("Actions"), said("Share it.")], ["Actions"])
    assert (placed.kind, placed.part) == (Kind.POINT, 0)


def test_smaller_headings_stay_within_their_part_and_others_end_it() -> None:
    passages = [
        *(said("Early."), heading("Discussion", 2), said("One."), heading("Costs", 3), said("Two.")),
        *(heading("Parking lot", 2), said("Three.")),
    ]
    assert [(one.passage.words, one.kind, one.part, one.under) for one in place(passages, TITLES)] == [
        ("Early.", Kind.POINT, None, ""),
        ("One.", Kind.POINT, 3, "Discussion"),
        ("Costs", Kind.HEADING, 3, "Discussion"),
        ("Two.", Kind.POINT, 3, "Discussion"),
        ("Parking lot", Kind.HEADING, None, "Parking lot"),
        ("Three.", Kind.POINT, None, "Parking lot"),
    ]


def test_no_passage_is_lost() -> None:
    passages = [said(f"Words {number}.") for number in range(50)]
    assert [one.passage for one in place(passages, [])] == passages


def test_folding_leaves_words_only() -> None:
    assert fold("  3.1) Être & AVOIR — “why”? (10 min)") == "etre and avoir why"
