"""Words in their context: a line, or the best part of a long one, with what was looked for marked in it."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cop.search.rules.asking import Term, places

Place = tuple[int, int, Term]
LONGEST_EXTRACT = 240
BEFORE = 70


def marked(text: str, terms: Sequence[Term]) -> SafeString:
    """`text` with the terms in `<mark>`; everything else in it is escaped."""
    return _marked(text, 0, len(text), places(text, terms))


def extracts(text: str, terms: Sequence[Term], *, most: int) -> list[SafeString]:
    """The lines of a text in which most of the terms stand, in its order, cut where they are long."""
    found = [(line, at) for line, at in ((line, places(line, terms)) for line in text.split("\n")) if at]
    best = sorted(found, key=lambda one: -_variety(one[1]))[:most]
    return [_extract(line, at) for line, at in found if (line, at) in best][:most]


def _extract(line: str, found: list[Place]) -> SafeString:
    start, end = _window(line, found)
    before, after = "… " if start else "", " …" if end < len(line) else ""
    return format_html("{}{}{}", before, _marked(line, start, end, found), after)


def _window(line: str, found: list[Place]) -> tuple[int, int]:
    """From where to where of a line: the part with the most terms, from word to word."""
    if len(line) <= LONGEST_EXTRACT:
        return 0, len(line)
    span = LONGEST_EXTRACT - BEFORE
    begins = [begin for begin, *_ in found]
    first = max(begins, key=lambda at: (_variety([one for one in found if at <= one[0] < at + span]), -at))
    start = max(0, min(first - BEFORE, len(line) - LONGEST_EXTRACT))
    start = line.rfind(" ", 0, start) + 1 if start else 0
    end = line.find(" ", start + LONGEST_EXTRACT)
    return start, len(line) if end < 0 else end


def _variety(found: list[Place]) -> int:
    return len({term for *_span, term in found})


def _marked(text: str, start: int, end: int, found: list[Place]) -> SafeString:
    """The part of `text` from `start` to `end`, with a mark around each place; places that overlap share one."""
    pieces: list[tuple[int, int]] = []
    for begin, stop, _term in found:
        if pieces and begin < pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(stop, pieces[-1][1]))
        elif start <= begin:
            pieces.append((begin, stop))
    at, parts = start, []
    for begin, stop in pieces:
        if stop <= end:
            parts.append((text[at:begin], text[begin:stop]))
            at = stop
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), text[at:end])
