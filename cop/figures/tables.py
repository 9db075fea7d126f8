"""A figure: its picture, and the table that says the same in numbers."""

from dataclasses import dataclass

from cop.figures.rules.drawing import Bars, Columns, Curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The first head and the first cell of each row say what the row is; the others are numbers."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`key` is its place on the page, `said` the picture in a sentence, `whole` and `part` what its marks stand for.

    Where there is nothing to draw, or too little, `nothing` says why; a `note` stands below it.
    """

    key: str
    title: str
    said: str = ""
    whole: str = ""
    part: str = ""
    columns: Columns | None = None
    bars: Bars | None = None
    curve: Curve | None = None
    table: Table | None = None
    nothing: str = ""
    note: str = ""
