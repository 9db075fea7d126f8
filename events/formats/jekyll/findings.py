"""What a person may want to look at in the text of a page, said in a sentence for each line."""

import re
from collections.abc import Iterator
from datetime import date

from . import days, material, talks
from .fences import split_lines
from .markup import LONGEST_LINE_CHARS, Line, find_links, target_of
from .source import Source
from .vocabulary import DocumentKind, Oddity

_LIQUID = re.compile(r"\{\{|\{%")
_RAW = re.compile(
    r"<(?P<tag>iframe|script|style|object|embed|form|blockquote|table|div|span|a|p|small|img|video)\b", re.IGNORECASE
)
_REVERSED = re.compile(r"\[(?:https?://|mailto:)[^\[\]\s]+\]\([^()]+\)")


def find_oddities(source: Source, starts_on: date) -> Iterator[Oddity]:
    for line in source.lines:
        for sentence in (*_line_oddities(line), *_weekday_oddities(line, starts_on)):
            yield Oddity(line=line.number, sentence=sentence)
    for number in material.find_promises(source.lines):
        yield Oddity(line=number, sentence="A write-up is said to be there for members, without an address.")
    for document in material.find_documents(source.lines, source.front_matter, source.line_of):
        if document.is_open and document.kind is DocumentKind.WRITE_UP:
            sentence = "The write-up is open to everybody who has its address; it is shown to members only."
            yield Oddity(line=document.line, sentence=sentence)
    for index, text in enumerate(split_lines(source.parts.body)):
        if len(text) > LONGEST_LINE_CHARS:
            sentence = f"The line is longer than {LONGEST_LINE_CHARS} characters and is not searched."
            yield Oddity(line=source.parts.body_line + index, sentence=sentence)


def _line_oddities(line: Line) -> Iterator[str]:
    if _LIQUID.search(line.source):
        yield "Liquid is kept in the source and not carried out."
    raw = _RAW.search(line.source)
    if raw:
        yield f"Raw HTML (<{raw['tag'].lower()}>) is kept in the source; the page shows what is safe of it."
    if any(link["doubled"] is not None for link in find_links(line.source)):
        yield "A link has doubled brackets; they are taken as one."
    if _REVERSED.search(line.source):
        yield "A link has its address and its words the wrong way round."
    addresses = [*(target_of(link) for link in find_links(line.source)), *material.bare_addresses(line.source)]
    if any(material.leads_to_call(url) for url in addresses):
        yield "A link to a video call or its registration is not shown on the page."
    if talks.is_unnamed(line):
        yield "Something is still to be confirmed here."


def _weekday_oddities(line: Line, starts_on: date) -> Iterator[str]:
    for mention in days.find_mentions(line.text):
        if mention.is_on(starts_on) and mention.weekday not in (None, starts_on.weekday()):
            yield f"{starts_on} is a {days.weekday_name(starts_on.weekday())}, which the text says otherwise."
