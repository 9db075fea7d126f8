"""Markdown read just enough to tell words from links: one line in, its plain text and the places of links and bold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .fences import split_lines

LONGEST_LINE_CHARS = 5_000

_INNER = r"[^\[\]\n]*(?:\[[^\[\]\n]*\][^\[\]\n]*){0,4}"
_TARGET = r"[^()\n]*(?:\([^()\n]*\)[^()\n]*){0,4}"
_LINK = re.compile(rf"(?P<image>!?)\[(?P<text>{_INNER})\](?:\(\((?P<doubled>{_TARGET})\)\)|\((?P<target>{_TARGET})\))")
_IMAGE = re.compile(rf"!\[(?P<text>[^\[\]\n]*)\]\({_TARGET}\)")
_TITLE = re.compile(r"""\s+["'].*$""")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<text>[^*_\n]+)(?P=mark)")
_MARKS = re.compile(r"(?<!\w)[*_]{1,3}|[*_]{1,3}(?!\w)")
_COMMENT = re.compile(r"<!--(?!\s*more\s*-->).*?(?:-->|\Z)", re.DOTALL)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a plain text that was a link (with its `url`) or bold (without)."""

    start: int
    end: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the body: its number in the file, its source, its plain text and what was marked in it."""

    number: int
    source: str
    text: str
    links: tuple[Span, ...] = ()
    bold: tuple[Span, ...] = ()

    def label(self, span: Span) -> str:
        """The words of a link or of a bold part."""
        return self.text[span.start : span.end].strip()

    def cut(self, start: int, end: int | None = None) -> "Line":
        """A part of the line, with the links and bold parts that lie in it."""
        stop = len(self.text) if end is None else end
        return Line(
            self.number,
            self.source,
            self.text[start:stop],
            tuple(_moved(self.links, start, stop)),
            tuple(_moved(self.bold, start, stop)),
        )

    def is_linked(self, offset: int) -> bool:
        """Whether the character at `offset` stands inside a link."""
        return any(span.start <= offset < span.end for span in self.links)


def find_links(source: str) -> Iterator[re.Match[str]]:
    """The links and images of one line as they stand in the source; see `target_of`."""
    return _LINK.finditer(source)


def target_of(link: re.Match[str]) -> str:
    """The address a link leads to, without doubled brackets and without a title."""
    return _TITLE.sub("", (link["doubled"] or link["target"] or "").strip()).strip("<>")


def _moved(spans: tuple[Span, ...], start: int, end: int) -> Iterator[Span]:
    for span in spans:
        if span.start < end and span.end > start:
            yield Span(max(span.start, start) - start, min(span.end, end) - start, span.url)


def read_line(number: int, source: str) -> Line:
    """The plain text of one line of Markdown, with the places of its links and bold parts."""
    text = ""
    links: list[Span] = []
    bold: list[Span] = []
    at = 0
    for match in find_links(source):
        text, bold = _plain(source[at : match.start()], text, bold)
        start = len(text)
        text, bold = _plain(_IMAGE.sub(r"\g<text>", match["text"]), text, bold)
        if not match["image"]:
            links.append(Span(start, len(text), target_of(match)))
        at = match.end()
    text, bold = _plain(source[at:], text, bold)
    return Line(number, source, text, tuple(links), tuple(bold))


def _plain(source: str, before: str, bold: list[Span]) -> tuple[str, list[Span]]:
    """`before` with the words of `source` added, white space run together, and the places of what was bold in it."""
    text, found, at = before, list(bold), 0
    for match in _BOLD.finditer(source):
        text += _words(source[at : match.start()], text)
        start = len(text)
        text += _words(match["text"], text)
        found.append(Span(start, len(text)))
        at = match.end()
    return text + _words(source[at:], text), found


def _words(source: str, before: str) -> str:
    words = _SPACE.sub(" ", _MARKS.sub("", source))
    return words.lstrip() if not before or before.endswith(" ") else words


def read_lines(body: str, first_line: int) -> tuple[Line, ...]:
    """Every line of a body without what HTML comments hide; overlong lines are left empty, being nobody's prose."""
    shown = _COMMENT.sub(lambda comment: re.sub(r"[^\r\n]", " ", comment[0]), body)
    return tuple(
        read_line(first_line + index, source.rstrip("\r\n") if len(source) <= LONGEST_LINE_CHARS else "")
        for index, source in enumerate(split_lines(shown))
    )
