"""All that is known of one person, to take along: for machines as JSON, for people as a page, in one file."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

Value = str | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One thing that is known: its name for machines, its name for people, and what it is."""

    key: str
    label: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is known of one kind ("members.Membership"), a row each; `about` says in a sentence what that is."""

    kind: str
    title: str
    rows: tuple[tuple[Cell, ...], ...]
    about: str = ""


def as_json(parts: Sequence[Part], *, made_at: datetime) -> str:
    """Every kind with all its rows, empty ones too, under names that do not change with the language."""
    whole = {part.kind: [{cell.key: cell.value for cell in row} for row in part.rows] for part in parts}
    return json.dumps({"made_at": made_at.isoformat(), "data": whole}, ensure_ascii=False, indent=2)


def zipped(files: dict[str, str]) -> bytes:
    """Texts by file name as one zip file."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()
