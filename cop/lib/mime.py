"""A letter as the bytes a mail server takes: written once for many recipients, filled in for each.

What differs between recipients stands in a letter as a *mark*, a word nobody can guess; each mark is replaced by what
it stands for, escaped and encoded as its place asks. Bodies are quoted-printable, because it can be pieced together
line by line, and because no server on the way has a reason to write it anew.
"""

import re
import secrets
from binascii import b2a_qp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email.header import Header
from email.utils import formatdate
from html import escape
from uuid import UUID

from django.conf import settings
from django.core.mail.message import sanitize_address

from cop.lib.mail import Letter, headers_for_programs, message_id

SOFT_BREAK = b"=\r\n"
# What needs neither quoting nor encoding: nearly all addresses there are. The rest is Django's to judge.
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a mark stood in a body, and whether what replaces it is escaped for HTML."""

    mark: str
    in_html: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A letter of which all is ready but what differs between its recipients; `body` is encoded, with gaps.

    `head` holds the headers but those that say to whom and when; it is empty where a mark stands in the subject, which
    is encoded as a whole.
    """

    letter: Letter
    marks: tuple[str, ...]
    sender: str
    boundary: str
    head: str
    body: tuple[bytes | Slot, ...]

    def filled(self, values: Mapping[str, str]) -> Letter:
        """The letter to one recipient, its marks replaced by `values`; a value is one line."""
        if not self.marks:
            return self.letter
        lines = {mark: one_line(values[mark]) for mark in self.marks}
        escaped = {mark: escape(line) for mark, line in lines.items()}
        return replace(
            self.letter,
            subject=_replaced(self.letter.subject, lines),
            text=_replaced(self.letter.text, lines),
            html=_replaced(self.letter.html, escaped),
            stop_url=_replaced(self.letter.stop_url, lines),
        )

    def to_bytes(self, *, to: str, key: UUID, values: Mapping[str, str]) -> bytes:
        """The whole message to one recipient, lines ending in CRLF, seven bits wide, as RFC 5321 §4.5.3.1.6 has it.

        `to` is as `mailbox` answers it, and `key` makes the Message-ID.
        """
        lines = {mark: one_line(values[mark]) for mark in self.marks}
        filled = {
            slot: _unended(escape(lines[slot.mark]) if slot.in_html else lines[slot.mark])
            for slot in self.body
            if isinstance(slot, Slot)
        }
        rest = b"".join([filled[piece] if isinstance(piece, Slot) else piece for piece in self.body])
        return self._head(to, key, lines) + rest

    def _head(self, to: str, key: UUID, lines: Mapping[str, str]) -> bytes:
        subject = _replaced(self.letter.subject, lines)
        head = self.head or _head(replace(self.letter, subject=subject), self.sender, self.boundary)
        own = f"To: {to}\r\nDate: {formatdate()}\r\nMessage-ID: {message_id(key)}\r\n"
        return (own + _replaced(head, lines)).encode("ascii")


def _head(letter: Letter, sender: str, boundary: str) -> str:
    """The headers that are the same for all but for marks in addresses."""
    headers = {
        "Subject": _header("Subject", letter.subject),
        "From": sender,
        **headers_for_programs(letter),
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
    }
    return "".join([f"{name}: {value}\r\n" for name, value in headers.items()])


def new_mark() -> str:
    """A word that occurs nowhere else, and that neither escaping nor a style sheet changes."""
    return f"mark{secrets.token_hex(12)}mark"


def form(letter: Letter, marks: Sequence[str] = ()) -> Form:
    """`letter` with everything encoded that is the same for all; `marks` are those that may stand in it."""
    boundary = f"part-{secrets.token_hex(8)}"
    parts: list[tuple[str, str, bool]] = [("text/plain", letter.text, False), ("text/html", letter.html, True)]
    if letter.calendar:
        parts.append((f"text/calendar; method={letter.calendar_method}", letter.calendar, False))
    body: list[bytes | Slot] = []
    for type_, text, in_html in parts:
        body.append(
            f'\r\n--{boundary}\r\nContent-Type: {type_}; charset="utf-8"\r\n'
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode("ascii")
        )
        body.extend(_pieces(text, marks, in_html=in_html))
    body.append(f"\r\n--{boundary}--\r\n".encode("ascii"))
    sender = sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8")
    differs = any(mark in letter.subject for mark in marks)
    return Form(
        letter=letter,
        marks=tuple(marks),
        sender=sender,
        boundary=boundary,
        head="" if differs else _head(letter, sender, boundary),
        body=tuple(_joined(body)),
    )


def mailbox(address: str) -> str:
    """`address` as the envelope and the header may carry it; `ValueError` where no mail server would take it."""
    if PLAIN_ADDRESS.fullmatch(address):
        return address
    return str(sanitize_address(address, "utf-8"))


def one_line(value: str) -> str:
    """`value` with every run of white space made one space: what goes into a header must not end it."""
    return " ".join(value.split())


def _pieces(text: str, marks: Sequence[str], *, in_html: bool) -> list[bytes | Slot]:
    """`text` encoded, with a slot where each mark stood."""
    if not marks:
        return [_quoted(text)]
    *words, last = re.split("(" + "|".join(re.escape(mark) for mark in marks) + ")", text)
    pieces = [Slot(word, in_html) if place % 2 else _unended(word) for place, word in enumerate(words)]
    return [*pieces, _quoted(last)]


def _joined(pieces: Sequence[bytes | Slot]) -> list[bytes | Slot]:
    """The same with neighbouring bytes made one piece."""
    made: list[bytes | Slot] = []
    for piece in pieces:
        if made and isinstance(piece, bytes) and isinstance(last := made[-1], bytes):
            made[-1] = last + piece
        else:
            made.append(piece)
    return made


def _quoted(text: str) -> bytes:
    """`text` in quoted-printable (RFC 2045 §6.7), no line longer than 76."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return b2a_qp(lines.encode(), istext=True).replace(b"\n", b"\r\n")


def _unended(text: str) -> bytes:
    """The same where more follows: it ends in a line break that is none to the reader, so that no line grows too long.

    A letter is put after `text` while it is encoded, so that room is kept for the break, and taken away again.
    """
    return _quoted(text + "x")[:-1] + SOFT_BREAK if text else b""


def _header(name: str, value: str) -> str:
    if value.isascii() and len(name) + len(value) < 76:
        return value
    return Header(value, "us-ascii" if value.isascii() else "utf-8", header_name=name).encode(linesep="\r\n")


def _replaced(text: str, values: Mapping[str, str]) -> str:
    for mark, value in values.items():
        text = text.replace(mark, value)
    return text
