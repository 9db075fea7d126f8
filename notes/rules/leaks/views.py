"""The ways a reader, a browser or a search engine may read one Markdown text, each mapped back to the text as typed."""

import html
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import regex

from notes.rules.leaks.folding import Mapped, Piece

_ENTITY = r"&(?:amp;){0,3}(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
_PERCENT = r"(?:%(?:25){0,3}[0-9A-Fa-f]{2})+"
_CODED = regex.compile(rf"{_ENTITY}|{_PERCENT}")
_MARKUP = regex.compile(
    rf"""
      (?P<comment> <!-- )
    | (?P<tag> </?[A-Za-z](?![A-Za-z0-9+.-]{{0,20}}[:@])[^<>]{{0,2000}}> )
    | (?P<target> \]\((?:[^()\[\]\n]|\([^()\[\]\n]{{0,200}}\)){{0,800}}\) )
    | (?P<code> {_ENTITY} | {_PERCENT} )
    | (?P<escape> \\[^\s\w] )
    | (?P<mark> [*`~\[\]\\]+ | !(?=\[) | (?<=\w)_+(?=\w)|_+ )
    """,
    regex.VERBOSE,
)
_BREAKING_TAG = regex.compile(
    r"</?(?:br|p|div|li|ul|ol|td|th|tr|table|h[1-6]|dd|dt|dl|summary|details|section|hr)\b", regex.I
)
_OVERRIDE = regex.compile(r"\u202e([^\u202c\n]{1,2000})")


def decode(coded: str) -> str:
    """Entities and percent signs resolved, also where they were written twice over."""
    for _ in range(4):
        plain = unquote(html.unescape(coded), errors="replace")
        if plain == coded:
            break
        coded = plain
    return coded


def source(text: str) -> Mapped:
    """The text as typed."""
    return Mapped([(text, 0, len(text), True)])


def decoded(text: str) -> Mapped:
    """The text as typed, with entities and percent signs resolved: what a browser makes of attributes and addresses."""
    return Mapped(_replaced(text, ((found.span(), decode(found.group())) for found in _CODED.finditer(text))))


def rendered(text: str) -> Mapped:
    """Roughly what a reader of the page sees: no markup, comments, tags or link targets, escapes resolved."""
    return Mapped(_replaced(text, _markup(text)))


def reversed_runs(text: str) -> Mapped:
    """What stands between a right-to-left override and its end, as the page would show it."""
    return Mapped(_turned(text))


def _turned(text: str) -> Iterator[Piece]:
    for found in _OVERRIDE.finditer(text):
        start, end = found.span(1)
        yield from ((text[at], at, at + 1, True) for at in range(end - 1, start - 1, -1))
        yield "\n", start, end, False


def views(text: str) -> Iterator[Mapped]:
    """Every view that differs from the ones before it."""
    yield source(text)
    if _CODED.search(text):
        yield decoded(text)
    if _MARKUP.search(text):
        yield rendered(text)
    if "\u202e" in text:
        yield reversed_runs(text)


def _replaced(text: str, replacements: Iterable[tuple[tuple[int, int], str]]) -> Iterator[Piece]:
    """The lines in which something is replaced; the others read as typed, which is a view of its own."""
    done = 0
    for (start, end), put in replacements:
        if start < done:
            continue
        yield from _kept(text, done, start)
        yield put, start, end, False
        done = end
    stop = text.find("\n", done)
    yield text[done : stop if stop >= 0 else len(text)], done, stop if stop >= 0 else len(text), True


def _kept(text: str, done: int, start: int) -> Iterator[Piece]:
    first, last = text.find("\n", done, start), text.rfind("\n", done, start)
    if first == last:
        yield text[done:start], done, start, True
        return
    yield text[done:first], done, first, True
    yield "\n\n", first, last + 1, False
    yield text[last + 1 : start], last + 1, start, True


def _markup(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    no_more_comments = len(text)
    for found in _MARKUP.finditer(text):
        start, end = found.span()
        if found.lastgroup == "comment":
            if start >= no_more_comments:
                continue
            close = text.find("-->", end)
            if close < 0:
                no_more_comments = start
                continue
            yield (start, close + 3), ""
        elif found.lastgroup == "tag":
            yield (start, end), " " if _BREAKING_TAG.match(found.group()) else ""
        elif found.lastgroup == "code":
            yield (start, end), decode(found.group())
        elif found.lastgroup == "escape":
            yield (start, end), found.group()[1]
        else:
            yield (start, end), ""
