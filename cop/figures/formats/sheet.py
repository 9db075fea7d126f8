"""A report on one side of A4, as a tagged PDF that a screen reader reads (PDF/UA-1) (B86)."""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import typst

from cop.figures.tables import Table

_PAGE = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A table with a bar beside each row: its whole and the part of that, between 0 and 1; None where there is none."""

    table: Table
    bars: tuple[tuple[float, float] | None, ...]

    @property
    def rows(self) -> list[tuple[tuple[str, ...], tuple[str, str] | None]]:
        """The cells of each row, and its bar in per cent, as SVG reads them."""
        shares = [bar and (f"{bar[0]:.1%}", f"{bar[1]:.1%}") for bar in self.bars]
        return list(zip(self.table.rows, shares, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, what is said below it in a sentence or none, and its numbers; `note` stands in small print."""

    title: str
    said: str = ""
    drawn: Drawn | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The whole report in words that are ready to print; `numbers` are the large ones with what they count.

    `language` is a code such as "en-gb".
    """

    network: str
    title: str
    sentence: str
    numbers: tuple[tuple[str, str], ...]
    attendance: Section
    sectors: Section
    topics: Section
    feedback: Section
    foot: str
    language: str = "en-gb"

    @property
    def sections(self) -> tuple[Section, ...]:
        return (self.attendance, self.sectors, self.topics, self.feedback)


def write_sheet(sheet: Sheet) -> bytes:
    """`sheet` as one page. The words go in as data, so none is read as Typst's code; the type is as large as fits.

    A letter that the fonts within Typst do not have is looked for in the machine's own; where it is not there either,
    the page does not claim the standard, which asks for a picture of every letter.
    """
    language, _, region = sheet.language.partition("-")
    data = {"sheet": json.dumps({**asdict(sheet), "language": language, "region": region or None})}
    for alone in (True, False):
        try:
            return typst.compile(
                _source(), sys_inputs=data, format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=alone
            )
        except typst.TypstError:
            continue
    return typst.compile(_source(), sys_inputs=data, format="pdf", ignore_system_fonts=False)


@lru_cache(maxsize=1)
def _source() -> bytes:
    return _PAGE.read_bytes()
