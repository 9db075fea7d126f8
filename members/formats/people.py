"""People out of the rows of a table: which column says what, and what is wrong with a row that says nobody."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cop.lib.spreadsheet import undefused
from cop.lib.text import BIDI_CONTROLS
from members.formats.tables import Row

LONGEST = 200
LONGEST_ADDRESS = 254  # RFC 5321 §4.5.3.1.3, as corrected by erratum 1690


class Field(StrEnum):
    """What a column can say of a person."""

    ADDRESS = "address"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ORGANISATION = "organisation"
    JOB_TITLE = "job_title"
    SECTOR = "sector"
    STATUS = "status"


class Standing(StrEnum):
    """What the list says about mail to somebody."""

    SUBSCRIBED = "subscribed"
    UNSUBSCRIBED = "unsubscribed"
    CLEANED = "cleaned"  # their mail came back
    NEVER = "never"  # on the list, and never asked for letters


class Why(StrEnum):
    """What is wrong with a row."""

    UNREADABLE = "unreadable"
    TOO_MANY_CELLS = "too-many-cells"
    NO_ADDRESS = "no-address"
    BAD_ADDRESS = "bad-address"
    TOO_LONG = "too-long"
    GARBLED = "garbled"
    UNKNOWN_STATUS = "unknown-status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person of a list. `address` is in lower case; `sector` is as it was written."""

    line: int
    address: str
    standing: Standing
    name: str = ""
    organisation: str = ""
    job_title: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that says nobody: its line, and the reason. Nothing of what it holds."""

    line: int
    why: Why


Columns = Mapping[Field, int]

_HEADINGS = {
    Field.ADDRESS: "email address|email|e mail|e mail address|mail|email addresses|address email|work email",
    Field.NAME: "name|full name|your name|contact|contact name|person",
    Field.FIRST_NAME: "first name|firstname|fname|given name|forename",
    Field.LAST_NAME: "last name|lastname|lname|surname|family name",
    Field.ORGANISATION: "organisation|organization|company|company name|employer|affiliation|organisation name|org",
    Field.JOB_TITLE: "job title|role|title|position|role at work|jobtitle",
    Field.SECTOR: "sector|type of organisation|kind of organisation",
    Field.STATUS: "status|email status|subscription status|member status",
}
_MEANINGS = {name: field for field, names in _HEADINGS.items() for name in names.split("|")}

_STATUSES = {
    Standing.SUBSCRIBED: "subscribed|active|yes|subscriber",
    Standing.UNSUBSCRIBED: "unsubscribed|opted out|opt out|no|left|complained|spam|abuse|unsubscribe",
    Standing.CLEANED: "cleaned|bounced|bounce|hard bounce|invalid",
    Standing.NEVER: "non subscribed|nonsubscribed|paused|transactional|archived|pending|waiting for approval",
}
_STANDINGS = {word: standing for standing, words in _STATUSES.items() for word in words.split("|")}

_IN_BRACKETS = re.compile(r".*<([^<>]+)>\s*")
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_LABEL = re.compile(r"[^\W_]([\w-]{0,61}[^\W_])?")


def plain(words: str) -> str:
    """Words of a heading or a status as they are compared: lower case, letters and digits only."""
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def guessed(headings: Sequence[str], first: Sequence[str] = ()) -> dict[Field, int]:
    """Which column most likely says what: for each field the first whose heading is known. Counted from 0.

    Addresses are also known by what stands in the `first` row.
    """
    found: dict[Field, int] = {}
    for position, heading in enumerate(headings):
        field = _MEANINGS.get(plain(heading))
        if field is not None:
            found.setdefault(field, position)
    addresses = [position for position, cell in enumerate(first) if address_in(cell.strip())]
    if addresses:
        found.setdefault(Field.ADDRESS, addresses[0])
    return found


def person_in(row: Row, columns: Columns, width: int, standing: Standing) -> Entry | BadRow:
    """Whom a row of a table with `width` headings is about; `standing` is what the whole file says, its status more."""
    if row.cells is None:
        return BadRow(row.line, Why.UNREADABLE)
    if any(cell.strip() for cell in row.cells[width:]):
        return BadRow(row.line, Why.TOO_MANY_CELLS)
    said = {field: _cleaned(row.cells[at]) for field, at in columns.items() if at < len(row.cells)}
    address = address_in(said.get(Field.ADDRESS, ""))
    means = _standing(said.get(Field.STATUS, ""), standing)
    why = _wrong(said, address, means)
    if why is not None or means is None:
        return BadRow(row.line, why or Why.UNKNOWN_STATUS)
    return Entry(
        line=row.line,
        address=address,
        standing=means,
        name=_name(said),
        organisation=said.get(Field.ORGANISATION, ""),
        job_title=said.get(Field.JOB_TITLE, ""),
        sector=said.get(Field.SECTOR, ""),
    )


def address_in(words: str) -> str:
    """The address that a cell holds, alone or as "Name <address>", in lower case; empty where it holds none."""
    found = _IN_BRACKETS.fullmatch(words)
    address = (found[1] if found else words).strip().removeprefix("mailto:").lower()
    local, at, domain = address.rpartition("@")
    labels = domain.split(".")
    is_one = (
        bool(at)
        and len(address) <= LONGEST_ADDRESS
        and len(local) <= 64
        and _LOCAL.fullmatch(local)
        and len(labels) > 1
        and not labels[-1].isdigit()
        and all(_LABEL.fullmatch(label) for label in labels)
    )
    return address if is_one else ""


def _wrong(said: Mapping[Field, str], address: str, standing: Standing | None) -> Why | None:
    if not said.get(Field.ADDRESS):
        return Why.NO_ADDRESS
    if not address:
        return Why.BAD_ADDRESS
    if any("\ufffd" in words for words in said.values()):
        return Why.GARBLED
    if any(len(words) > LONGEST for words in said.values()) or len(_name(said)) > LONGEST:
        return Why.TOO_LONG
    return Why.UNKNOWN_STATUS if standing is None else None


def _standing(status: str, otherwise: Standing) -> Standing | None:
    """What a status means; an empty one what the file says. Nobody is taken for subscribed by a word we do not know."""
    return _STANDINGS.get(plain(status)) if status else otherwise


def _name(said: Mapping[Field, str]) -> str:
    parts = (said.get(Field.FIRST_NAME, ""), said.get(Field.LAST_NAME, ""))
    return said.get(Field.NAME) or " ".join(part for part in parts if part)


def _cleaned(cell: str) -> str:
    """A cell as a line of text: composed (NFC), without controls, white space folded."""
    if cell.isascii() and cell.isprintable():
        return undefused(" ".join(cell.split()))
    kept = "".join(
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter
        for letter in unicodedata.normalize("NFC", cell)
        if letter not in BIDI_CONTROLS and letter not in "\u200b\ufeff"
    )
    return undefused(" ".join(kept.split()))
