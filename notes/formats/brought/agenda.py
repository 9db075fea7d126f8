"""Under which part of the meeting each passage stands, told by the document's headings."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from notes.formats.brought.passages import Passage

# How alike two headings have to be, of 100: a typing error or a plural, not another word.
ALIKE = 88
SHORTEST_PART = 8
_BEFORE = re.compile(
    r"(?:(?:agenda )?(?:item|part|session|topic) )?(?:\d{1,2}(?:\.\d{1,2})*|[a-h]|[ivx]{1,4})[.):]+ "
    r"|(?:agenda )?(?:item|part|session|topic) \d{1,2}(?: [-–—:] |[.):]* |$)"
    r"|\d{1,2}[.:]\d{2}(?: ?[ap]m)?(?: ?[-–—] ?\d{1,2}[.:]\d{2}(?: ?[ap]m)?)?[ :–—-]*|\d{1,2} "
)
_AFTER = re.compile(r" ?\(?\b\d{1,3} ?(?:min|mins|minutes)\b\.?\)?$")
_TAKEAWAYS = re.compile(r"(?:key |main )?(?:take ?aways?|take aways?|learnings|lessons learned|key points)")
_ACTIONS = re.compile(
    r"(?:agreed )?(?:actions?|action points?|action items?|next steps|to ?dos?)(?: agreed)?(?: and next steps)?"
)
_PRESENT = re.compile(
    r"(?:in )?attendance|attendees?(?: list)?|present|participants?|who was (?:here|there)|apologies|invitees"
)
_PRESENT_LINE = re.compile(
    r"(?:in attendance|attendees|present|participants|apologies|attending)\s*[:–—-]", re.IGNORECASE
)


class Kind(StrEnum):
    """What a passage would become."""

    POINT = "point"
    TAKEAWAY = "takeaway"
    ACTION = "action"
    HEADING = "heading"  # a heading that no part of the meeting has: kept in sight, not noted
    PRESENCE = "presence"  # who was there: not noted (R13)


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage in its place: `part` is an index into the agenda's titles, `under` the heading it stood under."""

    passage: Passage
    kind: Kind
    part: int | None
    under: str


@dataclass(frozen=True, slots=True)
class _Under:
    """The heading that counts now."""

    kind: Kind = Kind.POINT
    part: int | None = None
    words: str = ""
    level: int = 0


def place(passages: Sequence[Passage], titles: Sequence[str]) -> list[Placed]:
    """Every passage but the headings that are an agenda's title or a word for actions or take-aways, in order.

    A heading that is neither ends the part before it, unless it is a smaller heading within that part.
    """
    folded = [fold(title) for title in titles]
    placed: list[Placed] = []
    seen: set[int] = set()
    under = _Under()
    for passage in passages:
        now = _of_heading(passage, folded, seen)
        if now is not None:
            under = now
            seen.update(() if now.part is None else (now.part,))
        elif passage.heading:
            if passage.heading <= under.level or not under.level:
                under = _Under(words=passage.words, level=passage.heading)
            placed.append(Placed(passage, Kind.HEADING, under.part, under.words))
        else:
            kind = Kind.PRESENCE if _PRESENT_LINE.match(passage.words) else under.kind
            placed.append(Placed(passage, kind, under.part, under.words))
    return placed


def fold(heading: str) -> str:
    """A heading without what people write differently: numbers, times, marks, accents, capitals."""
    text = unicodedata.normalize("NFKD", heading).casefold().strip()[:300]
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    for _step in range(3):
        text = _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text
    text = _AFTER.sub("", text)
    return " ".join(re.sub(r"[^\w]+|_", " ", text.replace("&", " and ")).split())


def _of_heading(passage: Passage, titles: Sequence[str], seen: set[int]) -> _Under | None:
    """What begins with this passage; a paragraph that is not styled as a heading has to be one word for word."""
    folded = fold(passage.words)
    if not folded or (not passage.heading and len(passage.words) > 300):
        return None
    level = passage.heading or 9
    part = _part(folded, titles, seen, is_heading=bool(passage.heading))
    if part is not None:
        return _Under(Kind.POINT, part, passage.words, level)
    for pattern, kind in ((_TAKEAWAYS, Kind.TAKEAWAY), (_ACTIONS, Kind.ACTION), (_PRESENT, Kind.PRESENCE)):
        if pattern.fullmatch(folded):
            return _Under(kind, None, passage.words, level)
    return None


def _part(folded: str, titles: Sequence[str], seen: set[int], *, is_heading: bool) -> int | None:
    """The agenda's item that this is the heading of: the same, or one within the other, or nearly the same."""
    same = [place for place, title in enumerate(titles) if title == folded]
    if same or not is_heading:
        return next((place for place in same if place not in seen), same[0] if same else None)
    within = [place for place, title in enumerate(titles) if _is_within(title, folded) or _is_within(folded, title)]
    if len(within) == 1:
        return within[0]
    alike = [(fuzz.ratio(title, folded), -place) for place, title in enumerate(titles)]
    best, place = max(alike, default=(0.0, 0))
    return -place if best >= ALIKE else None


def _is_within(small: str, large: str) -> bool:
    return len(small) >= SHORTEST_PART and f" {small} " in f" {large} "
