"""One event file, read: everything that is clear, and a list of what is odd."""

import re

from . import clocks, material, prose, talks
from .fences import decode
from .fields import read_category, read_clock, read_dates, read_names, read_theme, read_title
from .findings import find_oddities
from .source import open_source
from .vocabulary import EventFile, Oddity


def read(name: str, data: bytes) -> EventFile:
    """Understand one file. Raises UnreadableEventFile where it is no text or no day can be found for it."""
    return read_text(name, decode(name, data))


def read_text(name: str, text: str) -> EventFile:
    """The same from text, such as a head and a body that were stored."""
    source, broken = open_source(name, text)
    odd = [*broken]
    title = read_title(source, odd)
    starts_on, ends_on = read_dates(source, odd)
    clock = read_clock(source, starts_on)
    if clock is None and (line := clocks.find_unclear_clock(source.lines, starts_on)):
        odd.append(Oddity(line=line, sentence="The time of day is not clear here, and is left in the text."))
    found, unclear = talks.find_talks(source.lines)
    ordinal, ordinal_line, misspelt = prose.find_ordinal(source.lines)
    if misspelt:
        odd.append(Oddity(line=ordinal_line, sentence=f"“{misspelt}” is read as {prose.ordinal_word(ordinal or 0)}."))
    odd.extend(Oddity(line=line, sentence="This entry of a list of speakers is left in the text.") for line in unclear)
    odd.extend(find_oddities(source, starts_on))
    return EventFile(
        name=source.name,
        head=source.parts.head,
        front_matter=source.front_matter,
        body=source.parts.body,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        starts=clock.starts if clock else None,
        ends=clock.ends if clock else None,
        zone=clock.zone if clock else clocks.LONDON,
        clock_line=clock.line if clock else 0,
        category=read_category(source, odd),
        topics=read_names(source, odd, "topic", "topics", "tags", by_commas=True),
        projects=read_names(source, odd, "project", "projects", by_commas=False),
        link=next((text for text, _ in source.texts("link") if re.match(r"https?://", text)), ""),
        author=", ".join(dict.fromkeys(text for text, _ in source.texts("author", "authors") if text)),
        is_community_of_practice=prose.is_community_of_practice(source.stem, title, source.lines),
        ordinal=ordinal,
        ordinal_line=ordinal_line,
        theme=read_theme(source),
        talks=found,
        recordings=material.find_recordings(source.lines, source.front_matter, source.line_of),
        documents=material.find_documents(source.lines, source.front_matter, source.line_of),
        future_line=prose.find_future(source.lines),
        oddities=tuple(sorted(set(odd))),
    )
