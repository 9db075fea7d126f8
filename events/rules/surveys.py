"""Answers without a name: how they are put together, and what of them may be seen (docs/decisions/0041).

All answers to a survey lie in one box, added up at once: who has answered, how often each choice was chosen, and the
words in no order. Nothing in it says which of them came together, so nothing says what somebody answered.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

FEWEST = 5
LONGEST_WORDS = 1000
HIGHEST = 5
FEEDBACK_FROM = timedelta(minutes=-15)
FEEDBACK_FOR = timedelta(days=7)
KEEP_WORDS = timedelta(days=365)


class Slot(StrEnum):
    """What somebody says of a time that is proposed."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What was answered: `people` are digests, and gone once it is closed; `tallies` and `texts` go by question."""

    people: frozenset[str] = frozenset()
    count: int = 0
    tallies: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One person's answers: by question, what they chose, and what they wrote."""

    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How many chose one answer, and how many of a hundred of those who answered the survey."""

    name: str
    count: int
    percent: int


def has_answered(box: Box, person: Collection[str]) -> bool:
    """Whether any of these digests, all of one person, has been counted."""
    return not box.people.isdisjoint(person)


def put(box: Box, sheet: Sheet, *, digest: str, shuffle: Callable[[list[str]], None]) -> Box:
    """The box with one more person's answers in it, the words in another order than before."""
    return replace(
        box,
        people=box.people | {digest},
        count=box.count + 1,
        tallies=_added(box.tallies, sheet.chosen),
        texts=_mixed(box.texts, sheet.written, shuffle),
    )


def _added(tallies: Mapping[str, Mapping[str, int]], chosen: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    added = {question: dict(counts) for question, counts in tallies.items()}
    for question, choices in chosen.items():
        counts = added.setdefault(question, {})
        for choice in set(choices):
            counts[choice] = counts.get(choice, 0) + 1
    return added


def _mixed(
    texts: Mapping[str, tuple[str, ...]], written: Mapping[str, str], shuffle: Callable[[list[str]], None]
) -> dict[str, tuple[str, ...]]:
    mixed = {}
    for question in {*texts, *written}:
        words = [*texts.get(question, ()), *filter(None, [written.get(question)])]
        shuffle(words)
        mixed[question] = tuple(words)
    return mixed


def closed(box: Box) -> Box:
    """What is kept once nobody can answer any more: no digest; and of fewer than five people nothing but their count,
    for in so small a group everybody can guess who said what."""
    if box.count < FEWEST:
        return Box(count=box.count)
    return replace(box, people=frozenset())


def without_words(box: Box) -> Box:
    """What is kept in the long run: figures."""
    return replace(box, texts={})


def may_be_seen(box: Box, *, is_closed: bool) -> bool:
    """Whether anybody may see more than how many answered.

    Only once it is closed, which is for good: then all looks show the same. Whoever could look before and after
    somebody answers would see what they said.
    """
    return is_closed and box.count >= FEWEST


def lines(box: Box, question: str, names: Mapping[str, str]) -> tuple[Line, ...]:
    """How often each of the answers was chosen; `names` are their words, in order."""
    counts = box.tallies.get(question, {})
    return tuple(
        Line(name=name, count=counts.get(key, 0), percent=_percent(counts.get(key, 0), box.count))
        for key, name in names.items()
    )


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole) if whole else 0


def mean(box: Box, question: str) -> float | None:
    """The average of a scale, to one figure after the point; None where nobody chose."""
    counts = box.tallies.get(question, {})
    people = sum(counts.values())
    return round(sum(int(value) * count for value, count in counts.items()) / people, 1) if people else None


def best_first(box: Box, times: Collection[str]) -> list[str]:
    """Proposed times, those first that most can come to; among equals, that most like to; then as proposed."""

    def rank(question: str) -> tuple[int, int]:
        counts = box.tallies.get(question, {})
        likes = counts.get(Slot.YES, 0)
        return -(likes + counts.get(Slot.MAYBE, 0)), -likes

    return sorted(times, key=rank)


def takes_feedback(*, ends_at: datetime, at: datetime) -> bool:
    """From a quarter of an hour before a meeting ends, for those who leave early, until a week after."""
    return ends_at + FEEDBACK_FROM <= at < ends_at + FEEDBACK_FOR


def written_down(box: Box) -> str:
    """The box as JSON, all of it in the order of the alphabet but the words, which are in none."""
    texts = {key: list(words) for key, words in box.texts.items()}
    whole = {"people": sorted(box.people), "count": box.count, "tallies": box.tallies, "texts": texts}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"))


def read(text: str) -> Box:
    """The box that `written_down` wrote; an empty one of an empty text."""
    if not text:
        return Box()
    whole = json.loads(text)
    texts = {key: tuple(words) for key, words in whole["texts"].items()}
    return Box(people=frozenset(whole["people"]), count=whole["count"], tallies=whole["tallies"], texts=texts)
