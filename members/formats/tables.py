"""CSV files as people have them: whatever program wrote them, row by row, so that memory stays flat.

What cannot be read is told by its line number, and the rows after it are read all the same.
"""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SEPARATORS = ",;\t"
MOST_CELLS = 500
LONGEST_LINE = 500_000
HEAD_BYTES = 65_536

# Excel's own first line, which says how the rest is separated.
_SEP_LINE = re.compile(r'"?sep=(.)"?')
_QUOTED = re.compile(r'"[^"]*"?')


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is written: a codec's name, and what stands between cells."""

    encoding: str
    separator: str


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one record, and the line it begins on (the first of the file is 1); none where it is unreadable."""

    line: int
    cells: tuple[str, ...] | None


def shape_of(chunks: Iterable[bytes]) -> Shape:
    """The encoding and separator of a file, of which `chunks` are the pieces in order; looked at to the end.

    UTF-8 and UTF-16, with a mark or without; what is neither is taken for Windows-1252, in which any byte is something.
    """
    pieces = iter(chunks)
    head = next(pieces, b"")
    encoding = _encoding(head, pieces)
    return Shape(encoding, _separator(_first_lines(head, encoding)))


def rows_of(chunks: Iterable[bytes], shape: Shape) -> Iterator[Row]:
    """The records of a file that are not blank, its headings first (RFC 4180, read leniently)."""
    reader = csv.reader(_lines(chunks, shape.encoding), delimiter=shape.separator)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A field longer than any can be, most often because a quotation mark is never closed.
            yield Row(begins, None)
            continue
        if begins == 1 and _SEP_LINE.fullmatch(shape.separator.join(cells).strip()):
            continue
        if any(cell.strip() for cell in cells):
            yield Row(begins, tuple(cells) if len(cells) <= MOST_CELLS else None)


def _encoding(head: bytes, rest: Iterator[bytes]) -> str:
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(BOM_UTF8):
        return "utf-8-sig"
    pairs = head[: len(head) // 2 * 2][:2_000]
    for encoding, nothing in (("utf-16-le", pairs[1::2]), ("utf-16-be", pairs[::2])):
        # European letters have nothing in one of their two bytes; CSV has nothing in hardly any.
        if pairs and nothing.count(0) * 2 > len(nothing):
            return encoding
    return "utf-8" if _is_utf_8(head, rest) else "cp1252"


def _is_utf_8(head: bytes, rest: Iterator[bytes]) -> bool:
    decoder = getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
        for chunk in rest:
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _first_lines(head: bytes, encoding: str) -> list[str]:
    lines = io.StringIO(head[:HEAD_BYTES].decode(encoding, "replace"), newline=None)
    return [line for line in islice(lines, 20) if line.strip()]


def _separator(lines: list[str]) -> str:
    """What the first line that has any has most of, outside quotation marks; the comma where none has."""
    divided = (line for line in lines if any(one in _QUOTED.sub("", line) for one in SEPARATORS))
    first = next(divided, "").strip()
    said = _SEP_LINE.fullmatch(first)
    if said and said[1] in SEPARATORS:
        return said[1]
    bare = _QUOTED.sub("", first)
    return max(SEPARATORS, key=bare.count)


def _lines(chunks: Iterable[bytes], encoding: str) -> Iterator[str]:
    """Lines with their ends, in pieces of a bounded length: a file without any must not fill the memory."""
    text = io.TextIOWrapper(io.BufferedReader(_Stream(chunks)), encoding, errors="replace", newline="")
    while line := text.readline(LONGEST_LINE):
        yield line.replace("\0", "")  # no database keeps it, and no name has it


class _Stream(io.RawIOBase):
    """Pieces of bytes, read as a file."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = chunk
        size = min(len(view), len(self._left))
        view[:size], self._left = self._left[:size], self._left[size:]
        return size
