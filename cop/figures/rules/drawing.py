"""Where the marks of a picture stand: across in per cent of its width, down in pixels.

So a picture is as wide as there is room for it, its words stay as large as those around it, and it needs no style of
its own. Numbers are strings as SVG reads them, in every language alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

PLOT = 168
HEAD = 20  # room for a number above the highest column
FOOT = 58  # three short lines below
FEWEST_SLOTS = 6  # one meeting alone is a column, not a wall
MOST_LABELS = 13  # more do not stand beside one another on a phone
GUTTER = 8.0  # per cent, for the numbers of the scale
READABLE = 18
ROW = 46


@dataclass(frozen=True, slots=True)
class Under:
    """What stands below a column: none, one or two short lines, and the year where it is another than before."""

    lines: tuple[str, ...]
    year: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One column: `whole` as an outline, `part` of it filled (None where it is not known)."""

    under: Under
    whole: int
    part: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a line; None where its value is not known."""

    under: Under
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One bar: its name, what is said of it, its whole and the part of that; None where that is not shown."""

    name: str
    said: str
    whole: int | None
    part: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the scale: how far down, and the number that stands at it."""

    y: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column as it is drawn; numbers that have no room are empty and stand in the table alone."""

    middle: str
    left: str
    width: str
    whole_y: str
    whole_height: str
    part_y: str
    part_height: str
    whole_label: str
    part_label: str
    part_label_y: str
    name: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    columns: list[Column]
    scale: list[Line]
    foot: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A point of a line; `label` is empty where numbers have no room."""

    x: str
    y: str
    label: str
    name: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From one point of a line to the next."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    dots: list[Dot]
    stretches: list[Stretch]
    scale: list[Line]
    foot: str
    height: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of words with its bar; no bar where the number is hidden."""

    name: str
    said: str
    y: str
    bar_y: str
    whole: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    bars: list[Bar]
    height: str


def round_top(highest: float) -> int:
    """The round number at or above `highest` that a scale ends at: 1, 2, 4, 6 or 8 and noughts; at least 2."""
    size = 1
    while True:
        for step in (1, 2, 4, 6, 8):
            if step * size >= max(highest, 2):
                return step * size
        size *= 10


def named(columns: Sequence[Under]) -> list[tuple[str, ...]]:
    """What is written below each: of many only every second, third ..., and each year once, beside no other."""
    every = -(-len(columns) // MOST_LABELS)
    shown = columns[::every]
    years = [one.year for one in shown]
    found: list[tuple[str, ...]] = [()] * len(columns)
    for at, one in enumerate(shown):
        is_new = one.year not in years[:at]
        is_alone = years[at + 1 : at + 2] in ([], [one.year]) or not one.lines
        found[at * every] = (*one.lines, one.year) if is_new and is_alone else one.lines
    return found


def columns(values: Sequence[Value]) -> Columns:
    """Columns beside one another. Few have their numbers on them; many have a scale beside them."""
    few = len(values) <= MOST_LABELS
    highest = max((one.whole for one in values), default=0)
    top = max(highest, 1) if few else round_top(highest)
    start, slots = 0.0 if few else GUTTER, max(len(values), FEWEST_SLOTS)
    slot = (100 - start) / slots
    names = named([one.under for one in values])
    return Columns(
        columns=[_column(one, names[at], start + slot * at, slot, top, few=few) for at, one in enumerate(values)],
        scale=[] if few else _scale(top),
        foot=str(HEAD + PLOT),
        height=str(HEAD + PLOT + FOOT),
    )


def _column(value: Value, name: tuple[str, ...], left: float, slot: float, top: int, *, few: bool) -> Column:
    whole, part = _tall(value.whole, top), _tall(value.part or 0, top)
    fits = few and part >= READABLE
    return Column(
        middle=_per_cent(left + slot / 2),
        left=_per_cent(left + slot * 0.2),
        width=_per_cent(slot * 0.6),
        whole_y=_down(HEAD + PLOT - whole),
        whole_height=_down(whole),
        part_y=_down(HEAD + PLOT - part),
        part_height=_down(part),
        whole_label=str(value.whole) if few else "",
        part_label=str(value.part) if fits else "",
        part_label_y=_down(HEAD + PLOT - 6),
        name=name,
    )


def curve(values: Sequence[Point], *, bottom: float, top: float, steps: int) -> Curve:
    """A line through `values`; where one is not known the line is broken. All numbers stand at their points where these
    are few, else the last alone."""
    few, names = len(values) <= MOST_LABELS, named([one.under for one in values])
    slot = (100 - GUTTER) / max(len(values), FEWEST_SLOTS)
    last = max((at for at, one in enumerate(values) if one.value is not None), default=-1)
    dots = [
        Dot(
            x=_per_cent(GUTTER + slot * (at + 0.5)),
            y="" if one.value is None else _down(HEAD + PLOT - (one.value - bottom) / (top - bottom) * PLOT),
            label="" if one.value is None or not (few or at == last) else f"{one.value:g}",
            name=names[at],
        )
        for at, one in enumerate(values)
    ]
    pairs = pairwise(dots)
    ticks = [bottom + (top - bottom) * at / steps for at in range(steps + 1)]
    return Curve(
        dots=dots,
        stretches=[Stretch(x1=one.x, y1=one.y, x2=two.x, y2=two.y) for one, two in pairs if one.y and two.y],
        scale=[Line(_down(HEAD + PLOT - PLOT * at / steps), f"{tick:g}") for at, tick in enumerate(ticks)],
        foot=str(HEAD + PLOT),
        height=str(HEAD + PLOT + FOOT),
    )


def bars(groups: Sequence[Group]) -> Bars:
    """One line of words each, and its bar below."""
    top = max((one.whole or 0 for one in groups), default=0) or 1
    return Bars(
        bars=[
            Bar(
                name=one.name,
                said=one.said,
                y=str(at * ROW + 16),
                bar_y=str(at * ROW + 24),
                whole=_per_cent(100 * one.whole / top) if one.whole else "",
                part=_per_cent(100 * one.part / top) if one.part else "",
            )
            for at, one in enumerate(groups)
        ],
        height=str(len(groups) * ROW),
    )


def _scale(top: int) -> list[Line]:
    return [Line(_down(HEAD + PLOT - PLOT * at / 2), f"{top * at / 2:g}") for at in range(3)]


def _tall(number: int, top: int) -> float:
    return PLOT * number / top


def _per_cent(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".") + "%"


def _down(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
