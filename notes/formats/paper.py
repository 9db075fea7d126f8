"""What stands on a copy of an edition, whatever it is written as."""

import re
from dataclasses import dataclass

from members.rules.colours import OURS

# Characters that no document holds: controls, halves of surrogate pairs, and what is no character at all.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words in one manner; `link` is an address, "" where it leads nowhere."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    struck: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph ("paragraph", "heading", "code"), which has runs, or what holds others ("bullets", "numbers", whose
    children are "item"s, and "quote"). `start` is the first number of a numbered list."""

    kind: str
    runs: tuple[Run, ...] = ()
    children: tuple["Block", ...] = ()
    start: int = 1

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the edition; `attribution` is the phrase shown, "" where nothing is attributed."""

    blocks: tuple[Block, ...]
    attribution: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the points under it."""

    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole copy, in words that are ready to print.

    `facts` are the meeting's date, the edition's number and for whom it is; `foot` says the same on every page, with
    the Rule by its name. `nothing` stands under a heading without points, `incomplete` where a copy cannot show every
    letter. `language` is a code such as "en-gb", `accent` a colour (#rrggbb).
    """

    over: str
    title: str
    facts: tuple[str, ...]
    rule: str
    parts: tuple[Part, ...]
    nothing: str
    incomplete: str
    foot: str
    language: str = "en-gb"
    accent: str = OURS


def plain(text: str) -> str:
    """`text` without what cannot be written in XML or set in type; line ends are all alike."""
    return _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
