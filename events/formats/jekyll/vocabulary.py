"""What an event file says, in plain frozen values that need neither Django nor a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = "str | tuple[Value, ...] | Mapping[str, Value] | None"


class UnreadableEventFile(Exception):
    """A file in which no event can be found, said as a sentence with the line where it shows."""

    def __init__(self, name: str, line: int, sentence: str) -> None:
        super().__init__(f"{name}:{line}: {sentence}")
        self.name, self.line, self.sentence = name, line, sentence


class Category(StrEnum):
    """What the organisation did at the event, in the site's five words."""

    ORGANISING = "organising"
    SPEAKING = "speaking"
    PRESENTING = "presenting"
    ATTENDING = "attending"
    PARTICIPATING = "participating"


class DocumentKind(StrEnum):
    """What a linked document is to the event."""

    SLIDES = "slides"
    WRITE_UP = "write-up"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Oddity:
    """Something in a file that a person may want to look at; nothing was lost by it."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Presenter:
    """A person who speaks, with role and organisation as at that event."""

    name: str
    role: str = ""
    organisation: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One entry of a list of speakers; `title` only where the file sets one apart (quoted, or a link of its own)."""

    presenters: tuple[Presenter, ...]
    title: str = ""
    about: str = ""
    url: str = ""
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A film of the event or of one talk; `minutes` is 0 where the file does not say."""

    title: str
    url: str
    presenters: tuple[str, ...] = ()
    minutes: int = 0
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Slides or a write-up. `is_open` means that whoever holds the address can read it, so it is for members only."""

    kind: DocumentKind
    title: str
    url: str
    is_open: bool = False
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """One file: its source text (`head` with the fences, then `body`) and what was understood of it.

    `starts` and `ends` are clock times in `zone`, None where the file does not say one clearly. `ordinal` is the
    number the prose gives a meeting of the community of practice. `future_line` is the line that speaks of the
    event as still to come, 0 where none does. Lines count from 1 in the whole file.
    """

    name: str
    head: str
    front_matter: Mapping[str, Value]
    body: str
    title: str
    starts_on: date
    ends_on: date
    starts: time | None = None
    ends: time | None = None
    zone: str = "Europe/London"
    clock_line: int = 0
    category: Category | None = None
    topics: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    author: str = ""
    link: str = ""
    is_community_of_practice: bool = False
    ordinal: int | None = None
    ordinal_line: int = 0
    theme: str = ""
    talks: tuple[Talk, ...] = ()
    recordings: tuple[Recording, ...] = ()
    documents: tuple[Document, ...] = ()
    future_line: int = 0
    oddities: tuple[Oddity, ...] = ()
