"""Where the front matter of a file begins and ends, however the dashes were typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .vocabulary import Oddity, UnreadableEventFile

LONGEST_FILE_BYTES = 2_000_000

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FENCE = re.compile(r"[ \t]*(?:-{3,}|[–—]-?)[ \t]*")
_CLOSING = re.compile(r"[ \t]*(?:-{3,}|[–—]-?|\.\.\.)[ \t]*")
_KEY = re.compile(r"""["']?[A-Za-z_][\w.-]*["']?[ \t]*:(?=\s|$)""")
_YAML_LIKE = re.compile(r"[ \t]|#|-[ \t]|-$|[\]}]|\{[{%]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A file cut in four, so that `opening + yaml + closing + body` is the file again."""

    opening: str
    yaml: str
    closing: str
    body: str
    oddities: tuple[Oddity, ...] = ()

    @property
    def head(self) -> str:
        """Everything before the body."""
        return self.opening + self.yaml + self.closing

    @property
    def yaml_line(self) -> int:
        """The number of the first line of the YAML."""
        return 1 + len(split_lines(self.opening))

    @property
    def body_line(self) -> int:
        """The number of the first line of the body."""
        return 1 + len(split_lines(self.head))


def split_lines(text: str) -> list[str]:
    """The lines of a text with their ends: LF, CRLF or CR as an editor counts them, and no other character."""
    return _LINES.findall(text)


def line_at(text: str, offset: int) -> int:
    """The number of the line, from 1, in which the character at `offset` stands."""
    before = text[:offset]
    return 1 + before.count("\n") + before.count("\r") - before.count("\r\n")


def is_key_line(line: str) -> bool:
    """Whether a line opens a key of the front matter."""
    return _KEY.match(line) is not None


def decode(name: str, data: bytes) -> str:
    """The text of a file. Raises UnreadableEventFile, with the line, for what is not UTF-8 text."""
    if len(data) > LONGEST_FILE_BYTES:
        raise UnreadableEventFile(name, 1, f"The file is larger than {LONGEST_FILE_BYTES // 1_000_000} MB.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableEventFile(name, 1, "The file is UTF-16; please save it as UTF-8.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = line_at(data[: error.start].decode("latin-1"), error.start)
        sentence = f"The byte 0x{data[error.start]:02X} is not UTF-8; please save the file as UTF-8."
        raise UnreadableEventFile(name, line, sentence) from None
    if "\0" in text:
        raise UnreadableEventFile(name, line_at(text, text.index("\0")), "There is a NUL character: this is not text.")
    if not text.strip("\ufeff \t\r\n"):
        raise UnreadableEventFile(name, 1, "The file is empty.")
    return text


def split(text: str) -> Parts:
    """Cut a file at its fences. A missing or mistyped fence is guessed from what looks like YAML, and reported."""
    lines = split_lines(text)
    first = next(number for number, line in enumerate(lines) if line.strip("\ufeff \t\r\n"))
    opening = lines[first].lstrip("\ufeff").rstrip("\r\n")
    if _FENCE.fullmatch(opening):
        return _cut(lines, first + 1, _odd_opening(first, opening))
    if is_key_line(opening) and _fence_after(lines, first) is not None:
        return _cut(lines, first, [_oddity(first, "The --- that opens the front matter is missing.")])
    missing = Oddity(line=1, sentence="The file has no front matter.")
    return Parts(opening="", yaml="", closing="", body=text, oddities=(missing,))


def _oddity(index: int, sentence: str) -> Oddity:
    return Oddity(line=index + 1, sentence=sentence)


def _odd_opening(index: int, opening: str) -> list[Oddity]:
    found = []
    if index:
        found.append(_oddity(index, "There are empty lines before the front matter."))
    if opening.rstrip() != "---":
        found.append(_oddity(index, "The front matter is opened by something else than ---."))
    return found


def _cut(lines: Sequence[str], start: int, oddities: list[Oddity]) -> Parts:
    end, has_fence = _end_of_yaml(lines, start)
    if not has_fence:
        oddities.append(_oddity(min(end, len(lines) - 1), "The --- that closes the front matter is missing."))
    elif lines[end].rstrip() != "---":
        oddities.append(_oddity(end, "The front matter is closed by something else than ---."))
    after = end + 1 if has_fence else end
    return Parts(
        opening="".join(lines[:start]),
        yaml="".join(lines[start:end]),
        closing="".join(lines[end:after]),
        body="".join(lines[after:]),
        oddities=tuple(oddities),
    )


def _fence_after(lines: Sequence[str], start: int) -> int | None:
    """The first fence below `start` that only lines like YAML separate from it."""
    end, has_fence = _end_of_yaml(lines, start)
    return end if has_fence else None


def _end_of_yaml(lines: Sequence[str], start: int) -> tuple[int, bool]:
    """Where the YAML stops, and whether a fence stands there.

    Prose after an empty line ends it too: a rule (---) further down the page is then no fence.
    """
    prose: int | None = None
    for index in range(start, len(lines)):
        line = lines[index].rstrip("\r\n")
        if _CLOSING.fullmatch(line):
            return index, True
        if prose is None and line.strip() and not is_key_line(line) and not _YAML_LIKE.match(line):
            if index > start and not lines[index - 1].strip():
                return index, False
            prose = index
    return (len(lines) if prose is None else prose), False
