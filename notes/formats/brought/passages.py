"""What a document that is brought in comes to: passages in order, each a heading or what will be one point."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from notes.formats.markdown import markdown_of
from notes.formats.paper import Run, plain

LARGEST_FILE = 10_000_000  # bytes
LARGEST_TEXT = 5_000_000  # bytes of one unpacked part; an hour's notes have a fiftieth of it
LONGEST_ADDRESS = 2_000  # characters
LONGEST_PASSAGE = 20_000  # characters
MOST_PASSAGES = 400
MOST_PIECES = 50_000  # tags of a page, lines of a text: what they are read from
_SPACES = re.compile(r"[^\S\n]+")


class Why(StrEnum):
    """Why a file gives no notes."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    TOO_LONG = "too long"
    BROKEN = "broken"
    MACROS = "macros"
    OLD_WORD = "old word"
    OTHER_KIND = "other kind"


class Unreadable(Exception):
    """A file that cannot be read as notes. It says nothing of what is in the file."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a list's item or a table's row as Markdown; `heading` is 1 to 9 for a heading, else 0.

    `words` are the same without Markdown's marks, on one line.
    """

    text: str
    words: str
    heading: int = 0


@dataclass(slots=True)
class Passages:
    """What was found so far; raises `Unreadable` where it is more than notes of a meeting can be."""

    found: list[Passage] = field(default_factory=list)
    _cells: list[list[Passage]] | None = None
    _count: int = 0

    def add(self, passage: Passage | None) -> None:
        if passage is None:
            return
        self._count += 1
        if self._count > MOST_PASSAGES:
            raise Unreadable(Why.TOO_LONG)
        (self._cells[-1] if self._cells else self.found).append(passage)

    def open_row(self) -> None:
        self.close_row()
        self._cells = []

    def open_cell(self) -> None:
        if self._cells is not None:
            self._cells.append([])

    def close_row(self) -> None:
        """A row of single lines is one passage; where people wrote whole notes into cells, each paragraph is."""
        cells = [cell for cell in self._cells or [] if cell]
        self._cells = None
        if len(cells) > 1 and all(len(cell) == 1 for cell in cells):
            only = [cell[0] for cell in cells]
            self.found.append(Passage(" | ".join(one.text for one in only), " | ".join(one.words for one in only)))
        else:
            self.found.extend(passage for cell in cells for passage in cell)


@dataclass(slots=True)
class Words:
    """Runs of words as they are read, put together where their manner is the same."""

    runs: list[Run] = field(default_factory=list)
    length: int = 0

    def write(self, text: str, manner: Run) -> None:
        """`text` in the manner of `manner`, whose own words do not count; line ends stay, other spaces are one."""
        text = _SPACES.sub(" ", plain(text))
        self.length += len(text)
        if self.length > LONGEST_PASSAGE:
            raise Unreadable(Why.TOO_LONG)
        before = self.runs[-1].text if self.runs else "\n"
        if before.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if text and self.runs and replace(self.runs[-1], text="") == replace(manner, text=""):
            self.runs[-1] = replace(manner, text=before + text)
        elif text:
            self.runs.append(replace(manner, text=text))

    def passage(self, heading: int = 0) -> Passage | None:
        """What was written, or None if it was nothing."""
        words = " ".join("".join(run.text for run in self.runs).split())
        if not words:
            return None
        return Passage(text=markdown_of(_trimmed(self.runs)), words=words, heading=heading)


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """The runs without white space at either end; a run of white space alone carries no manner."""
    kept = [run if run.text.strip() else Run(run.text) for run in runs]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def web_address(address: str) -> str:
    """An address of the web as it is; "" for any other, such as a mail address, which would name somebody."""
    return address if address.lower().startswith(("https://", "http://")) and len(address) < LONGEST_ADDRESS else ""
