"""What may be seen of answers without a name (B68, B69): proved over any order of answering, looking and closing."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from events.rules.surveys import (
    FEWEST,
    Box,
    Line,
    Sheet,
    best_first,
    closed,
    has_answered,
    lines,
    may_be_seen,
    mean,
    put,
    read,
    takes_feedback,
    without_words,
    written_down,
)

END = datetime(2037, 1, 14, 15, 15, tzinfo=UTC)
SHEETS = st.lists(
    st.builds(
        Sheet,
        chosen=st.dictionaries(st.sampled_from("12"), st.lists(st.sampled_from("012"), max_size=3), max_size=2),
        written=st.dictionaries(st.just("3"), st.sampled_from(["", "a", "b"]), max_size=1),
    ),
    max_size=9,
)
quickly = settings(max_examples=40)


def filled(sheets: list[Sheet], *, seed: int = 0) -> Box:
    box = Box()
    for number, sheet in enumerate(sheets):
        box = put(box, sheet, digest=f"digest {number}", shuffle=random.Random(seed).shuffle)
    return box


def bare(box: Box) -> tuple[object, ...]:
    """All there is in a box but the order of its words."""
    tallies = {key: dict(counts) for key, counts in box.tallies.items() if counts}
    texts = {key: Counter(words) for key, words in box.texts.items() if words}
    return box.people, box.count, tallies, texts


@quickly
@given(SHEETS, st.integers(0, 99))
def test_who_answered_when_makes_no_difference(sheets: list[Sheet], seed: int) -> None:
    """Nothing of the order of answers is in what is kept, so it says of no answer whose it is."""
    other = sheets[:]
    random.Random(seed).shuffle(other)
    assert bare(closed(filled(sheets))) == bare(closed(filled(other, seed=1)))


@quickly
@given(SHEETS)
def test_everybody_counts_once_and_nothing_is_lost(sheets: list[Sheet]) -> None:
    box = filled(sheets)
    assert box.count == len(box.people) == len(sheets)
    for key in "12":
        chosen = Counter(choice for sheet in sheets for choice in set(sheet.chosen.get(key, ())))
        assert dict(box.tallies.get(key, {})) == dict(chosen)
    words = Counter(sheet.written["3"] for sheet in sheets if sheet.written.get("3"))
    assert Counter(box.texts.get("3", ())) == words


@quickly
@given(SHEETS)
def test_two_looks_differ_by_nobody_or_by_five_and_more(sheets: list[Sheet]) -> None:
    """Look after each answer, and after closing: what shows at last has five people more than any look before."""
    looks = [filled(sheets[:number]) for number in range(len(sheets) + 1)]
    assert not any(may_be_seen(box, is_closed=False) for box in looks)
    last = closed(looks[-1])
    assert may_be_seen(last, is_closed=True) == (len(sheets) >= FEWEST)


@quickly
@given(SHEETS)
def test_closed_box_holds_no_digest_and_of_few_nothing(sheets: list[Sheet]) -> None:
    box = closed(filled(sheets))
    assert (box.people, box.count) == (frozenset(), len(sheets))
    if len(sheets) < FEWEST:
        assert box == Box(count=len(sheets))
    assert without_words(box).texts == {}
    assert without_words(box).tallies == box.tallies


@quickly
@given(SHEETS)
def test_what_is_written_down_is_read_again(sheets: list[Sheet]) -> None:
    box = filled(sheets)
    assert bare(read(written_down(box))) == bare(box)
    assert read("") == Box()


def test_person_is_known_by_any_of_their_digests() -> None:
    box = put(Box(), Sheet(), digest="old", shuffle=random.shuffle)
    assert [has_answered(box, one) for one in (["new", "old"], ["new"])] == [True, False]


def test_lines_mean_and_best_times() -> None:
    sheets = [Sheet(chosen={"1": [value], "2": [slot]}) for value, slot in zip("11235", "yyymn", strict=True)]
    box = filled(sheets)
    assert lines(box, "1", {"1": "bad", "5": "good", "4": "fair"}) == (
        Line(name="bad", count=2, percent=40),
        Line(name="good", count=1, percent=20),
        Line(name="fair", count=0, percent=0),
    )
    assert (mean(box, "1"), mean(box, "3")) == (2.4, None)
    tallies = {"a": {"yes": 2, "no": 3}, "b": {"yes": 1, "maybe": 3}, "c": {"yes": 3, "maybe": 1}, "d": {"no": 5}}
    assert best_first(Box(count=5, tallies=tallies), ["a", "b", "c", "d"]) == ["c", "b", "a", "d"]


@pytest.mark.parametrize(("minutes", "open_"), [(-16, False), (-15, True), (0, True), (10079, True), (10080, False)])
def test_feedback_from_a_quarter_before_the_end_for_a_week(minutes: int, open_: bool) -> None:
    assert takes_feedback(ends_at=END, at=END + timedelta(minutes=minutes)) == open_
