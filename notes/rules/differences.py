"""How two texts differ, for eyes that compare them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text; `kind` says what is special about it, "" where nothing is."""

    text: str
    kind: str = ""


def unread(typed: str, read: str) -> list[Piece]:
    """`typed`, cut so that whatever of it is not in `read` is of kind "gone": marks of formatting, comments, code.

    White space is no difference. Quadratic in the number of words at worst: both are one item of the notes.
    """
    one, two = _words(typed), _words(read)
    if [word for word in one if not word.isspace()] == [word for word in two if not word.isspace()]:
        return [Piece(typed)] if typed else []
    kept: set[int] = set()
    for block in SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks():
        kept.update(range(block.a, block.a + block.size))
    return _joined(Piece(word, "" if place in kept or word.isspace() else "gone") for place, word in enumerate(one))


def cut_at(text: str, marks: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """`text` cut at `marks` (start, end, kind, in code points); of two that overlap the first stays."""
    end, pieces = 0, []
    for start, stop, kind in sorted(marks):
        if start >= end:
            pieces += [Piece(text[end:start]), Piece(text[start:stop], kind)]
            end = stop
    return [piece for piece in [*pieces, Piece(text[end:])] if piece.text]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.kind)
        else:
            joined.append(piece)
    return joined
