"""The words the rules are written in: plain frozen values, usable without the rest of the project."""

from dataclasses import dataclass
from enum import IntEnum


class Attribution(IntEnum):
    """How much of a contributor may be shown beside a point; a lower level always wins."""

    NONE = 0
    SECTOR = 1
    ORGANISATION = 2
    NAME = 3


class Audience(IntEnum):
    """Who an edition is for. A consent for PUBLIC includes NETWORK, never the other way round."""

    NETWORK = 0
    PUBLIC = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody connected to a meeting, with every form of name that could give them away.

    Where they are not `confirmed`, anybody may have typed what is said here: forms to look for, never to show.
    """

    key: str
    name: str
    organisation: str = ""
    role: str = ""
    sector: str = ""
    email: str = ""
    aliases: tuple[str, ...] = ()
    attended: bool = True
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A contributor's word on one item, given to the text whose `text_hash` it carries (R2)."""

    level: Attribution
    audience: Audience
    text_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One point of the draft: Markdown under a section's title; `contributor` is a `Participant.key`."""

    section: str
    text: str
    contributor: str | None = None
    confidential: bool = False
    consent: Consent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything an edition is made from.

    `sections` are the titles of the published agenda, in order; `items` are in editorial order; `k` is the
    smallest number of people a sector may stand for (R4); `cap` is the highest level this meeting allows (R3).
    `openings` are titles, not on the agenda, that come first if anything is left under them (take-aways, actions).
    `named_elsewhere` are the keys of people whom another edition shows, for those who read both (R4).
    """

    title: str
    sections: tuple[str, ...]
    items: tuple[Item, ...]
    participants: tuple[Participant, ...]
    k: int = 3
    cap: Attribution = Attribution.NAME
    openings: tuple[str, ...] = ()
    named_elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One point as readers see it; `attribution` is the phrase shown, "" where nothing is attributed."""

    text: str
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of the edition and the points under it."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is circulated: no keys, no ids, no times (R7)."""

    title: str
    audience: Audience
    sections: tuple[Section, ...]
