"""Which of a file's values go into the rows: those that nobody has touched since the last import.

Three states are compared: what the last import wrote, what the rows say now, and what the file says now. Where a
person changed a value here, theirs stays.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from events.actions.importing.shapes import Piece, Shape, comparable

FIELDS = ("title", "theme", "category", "body", "when", "topics", "agenda")
# What is found in the text: nobody knows any more what it was, once the text was changed here and in the file.
FOUND_IN_TEXT = frozenset({"theme", "body", "when", "agenda", "materials"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What to write. `kept` are fields changed here only, `contested` those changed here and in the file as well."""

    shape: Shape
    kept: tuple[str, ...] = ()
    contested: tuple[str, ...] = ()


def merge(*, before: Shape, now: Shape, wanted: Shape, forgotten: frozenset[str] = frozenset()) -> Merge:
    """Lay `wanted` over `now`, field by field; of `forgotten` fields nobody knows what they were before."""
    taken: dict[str, Any] = {}  # each field has a type of its own
    kept: list[str] = []
    contested: list[str] = []
    for field in FIELDS:
        was, mine, theirs = (getattr(shape, field) for shape in (before, now, wanted))
        if _same(mine, theirs):
            continue
        if field in forgotten or not _same(mine, was):
            (kept if field not in forgotten and _same(was, theirs) else contested).append(field)
        else:
            taken[field] = theirs
    if "materials" not in forgotten:
        taken["materials"] = tuple(_merged_materials(before, now, wanted))
    shape = dataclasses.replace(now, **taken)
    if {piece.url for piece in wanted.materials} - {piece.url for piece in shape.materials}:
        kept.append("materials")
    return Merge(shape=shape, kept=tuple(kept), contested=tuple(contested))


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return comparable(one) == comparable(other)
    return one == other


def _merged_materials(before: Shape, now: Shape, wanted: Shape) -> Iterator[Piece]:
    """Each material by its address. Who may see it is never touched again, and what was taken away stays away."""
    was = {piece.url: piece for piece in before.materials}
    file = {piece.url: piece for piece in wanted.materials}
    for piece in now.materials:
        new = file.get(piece.url)
        if not _untouched(piece, was.get(piece.url)):
            yield piece
        elif new is not None:
            yield dataclasses.replace(new, visibility=piece.visibility)
    here = {piece.url for piece in now.materials}
    yield from (piece for url, piece in file.items() if url not in here and url not in was)


def _untouched(piece: Piece, old: Piece | None) -> bool:
    if old is None:
        return False
    return (piece.kind, piece.title, piece.minutes) == (old.kind, old.title, old.minutes)
