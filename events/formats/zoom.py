"""Zoom's reports of who registered and who was there, as its accounts write them (B78, B82).

There are many kinds: of meetings and of webinars, with a summary of the meeting before the people or in each of their
rows, with one row for each time somebody joined or one for all, from accounts of several years. What they have in
common is a row of headings from which their columns are known, and people below it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_PEOPLE = 20_000
LONGEST_NAME = 200
# RFC 5321 allows no longer ones; all that is asked of an address here is that it can be one.
LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_BESIDE = re.compile(r"^(?P<shown>.*\S)\s*\((?P<original>[^()]+)\)$")
_DIGITS = re.compile(r"\d{1,6}")


class Kind(StrEnum):
    """What a report says of the people in it."""

    ATTENDANCE = "attendance"
    REGISTRATION = "registration"


class Trouble(StrEnum):
    """Why a file is no such report; the value is a key for the sentence shown."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    LARGE = "large"


class NoReport(Exception):
    """The file is none of Zoom's reports."""

    def __init__(self, why: Trouble) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in a report: what they called themselves, one form of name each; an address in lower case, or none.

    `minutes` is the time they were there, over all the times they joined; None where the report does not say.
    """

    names: tuple[str, ...]
    address: str = ""
    minutes: int | None = None
    joins: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a file says: of which kind it is, whom it names, and how many rows said of nobody that they came."""

    kind: Kind
    people: tuple[Person, ...]
    absent: int


# Headings as Zoom has written them, in lower case and without what stands in brackets.
NAME = {"name", "user name", "participant", "participant name", "display name"}
FIRST, LAST = {"first name"}, {"last name", "surname"}
ADDRESS = {"user email", "email", "email address", "e-mail", "registrant email"}
MINUTES = {"duration", "total duration", "time in session"}
REGISTERED = {"registration time", "approval status", "registration date"}
JOINED = {"join time", "guest", "is guest", "recording consent", "recording disclaimer response", "leave time"}
ATTENDED, WAITED, APPROVED = {"attended"}, {"in waiting room"}, {"approval status"}
NOT_APPROVED = {"denied", "cancelled", "canceled", "pending", "declined"}
NO = {"no", "n"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a section holds what; -1 where it has none."""

    name: int
    first: int
    last: int
    address: int
    minutes: int
    attended: int
    waited: int
    approved: int
    kind: Kind


def read_report(rows: Iterable[Sequence[str]]) -> Report:
    """The report in a file's rows (blank ones left out). Raises `NoReport`.

    Somebody who joined several times, or twice at once, is one person with the minutes added up: known by the address,
    or by the name where there is none. People who only waited, were not let in or did not come are counted as absent.
    """
    columns: Columns | None = None
    kinds: list[Kind] = []
    found: dict[tuple[str, str], Person] = {}
    absent, seen = 0, False
    for cells in rows:
        seen = True
        if headings := columns_of(cells):
            columns = headings
            kinds.append(headings.kind)
            continue
        if columns is None:
            continue
        person = _person(cells, columns)
        if person is None:
            continue
        if not _came(cells, columns):
            absent += 1
            continue
        key = (person.address, "" if person.address else person.names[0].casefold())
        found[key] = _together(found[key], person) if key in found else person
        if len(found) > MOST_PEOPLE:
            raise NoReport(Trouble.LARGE)
    if not kinds:
        raise NoReport(Trouble.UNKNOWN if seen else Trouble.EMPTY)
    kind = Kind.ATTENDANCE if Kind.ATTENDANCE in kinds else Kind.REGISTRATION
    return Report(kind=kind, people=tuple(found.values()), absent=absent)


def columns_of(cells: Sequence[str]) -> Columns | None:
    """The columns of a row of headings over people; None for any other row, such as the headings of a summary.

    Where each row has the meeting's own columns before the person's, these come last: so the last of a name counts.
    """
    said = [_heading(cell) for cell in cells]
    name, first = _last(said, NAME), _last(said, FIRST)
    if name < 0 and first < 0:
        return None
    is_attendance = _last(said, JOINED | ATTENDED) >= 0 or (_last(said, MINUTES) >= 0 and _last(said, ADDRESS) >= 0)
    is_registration = _last(said, REGISTERED) >= 0
    if not (is_attendance or is_registration) or (name >= 0 and _last(said, {"participants"}) > name):
        return None
    return Columns(
        name=name,
        first=first,
        last=_last(said, LAST),
        address=_last(said, ADDRESS),
        minutes=_last(said, MINUTES),
        attended=_last(said, ATTENDED),
        waited=_last(said, WAITED),
        approved=_last(said, APPROVED),
        kind=Kind.ATTENDANCE if is_attendance else Kind.REGISTRATION,
    )


def forms_of_name(said: str) -> tuple[str, ...]:
    """A name as somebody showed it, and the one before it where Zoom has put that into brackets, both tidied.

    "Ro (Rosa Lind)" may be a new name with the account's own behind it, or a name with a remark: so the whole is a form
    as well.
    """
    whole = " ".join(said.split())[:LONGEST_NAME]
    beside = _BESIDE.match(whole)
    forms = [beside["shown"].strip(), beside["original"].strip(), whole] if beside else [whole]
    return tuple(dict.fromkeys(form for form in forms if any(one.isalnum() for one in form)))


def _heading(cell: str) -> str:
    return " ".join(re.sub(r"\([^)]*\)", " ", cell.casefold().replace("\ufeff", "")).split())


def _last(said: Sequence[str], names: set[str]) -> int:
    return max((at for at, heading in enumerate(said) if heading in names), default=-1)


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if 0 <= at < len(cells) else ""


def _person(cells: Sequence[str], columns: Columns) -> Person | None:
    """Who a row is about; None where it names nobody, as a heading of a section does."""
    shown = forms_of_name(_cell(cells, columns.name))
    both = forms_of_name(f"{_cell(cells, columns.first)} {_cell(cells, columns.last)}")
    names = tuple(dict.fromkeys([*both, *shown] if columns.kind == Kind.REGISTRATION else [*shown, *both]))
    said = _cell(cells, columns.address).lower()
    address = said if len(said) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(said) else ""
    if (not names and not address) or len(cells) < 2 or not any(cell.strip() for cell in cells[1:]):
        return None
    minutes = _DIGITS.match(_cell(cells, columns.minutes))
    return Person(names=names or (address,), address=address, minutes=int(minutes[0]) if minutes else None)


def _came(cells: Sequence[str], columns: Columns) -> bool:
    """Whether the row says that they were there, or (of a registration) that they were let in."""
    if _cell(cells, columns.attended).casefold() in NO:
        return False
    if columns.waited >= 0 and _cell(cells, columns.waited).casefold() in {"yes", "y"}:
        return False
    return _cell(cells, columns.approved).casefold() not in NOT_APPROVED


def _together(one: Person, again: Person) -> Person:
    known = [minutes for minutes in (one.minutes, again.minutes) if minutes is not None]
    return Person(
        names=tuple(dict.fromkeys([*one.names, *again.names])),
        address=one.address,
        minutes=sum(known) if known else None,
        joins=one.joins + again.joins,
    )
