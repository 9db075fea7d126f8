"""What the keys of the front matter mean: title, days, time, category and names, with what is odd about each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from zoneinfo import available_timezones

from . import clocks, days, prose
from .source import Source, same_key, texts_in
from .vocabulary import Category, Oddity, UnreadableEventFile

_DATE_KEYS = (
    "date",
    "dates",
    "start",
    "start_date",
    "startdate",
    "starts",
    "end",
    "end_date",
    "enddate",
    "ends",
    "date_end",
    "date_to",
)
_TIME_KEYS = ("time", "times", "start_time", "hours")
_SAME_CATEGORY = {
    "organizing": Category.ORGANISING,
    "organised": Category.ORGANISING,
    "hosting": Category.ORGANISING,
    "speaker": Category.SPEAKING,
    "talk": Category.SPEAKING,
    "presentation": Category.PRESENTING,
    "attendee": Category.ATTENDING,
    "participant": Category.PARTICIPATING,
}
_NAMED_DAY = re.compile(r"^(?P<day>\d{4}-\d{1,2}-\d{1,2})(?=\D|$)")


def read_title(source: Source, odd: list[Oddity]) -> str:
    title, _ = source.first("title")
    if isinstance(title, str):
        return " ".join(title.split())
    if title is not None:
        return ", ".join(texts_in(title))
    for line in source.lines:
        heading = re.match(r"#{1,6}\s+(?P<words>.+)", line.text)
        if heading:
            odd.append(Oddity(line=line.number, sentence="There is no title; the first heading is taken."))
            return heading["words"].strip(" #")
    odd.append(Oddity(line=1, sentence="There is no title; it is made from the file's name."))
    slug = source.stem
    words = re.split(r"[-_\s]+", _NAMED_DAY.sub("", slug).strip("-_ "))
    return " ".join(words).strip().capitalize() or slug


def read_dates(source: Source, odd: list[Oddity]) -> tuple[date, date]:
    """First and last day, from the front matter or else from the file's name."""
    written = list(source.texts(*_DATE_KEYS))
    found = sorted({day for text, _ in written for day in days.find_days(text)})
    match = _NAMED_DAY.match(source.stem)
    named = days.find_days(match["day"]) if match else ()
    for text, line in written:
        if not days.find_days(text) or days.has_impossible_day(text):
            odd.append(Oddity(line=line, sentence="This date cannot be read in whole or in part."))
    if not found and not named:
        sentence = "There is no date, neither in the front matter nor in the file's name."
        raise UnreadableEventFile(source.name, written[0][1] if written else 1, sentence)
    odd.extend(_date_oddities(source, found, named, written[0][1] if written else 1))
    known = found or list(named)
    return known[0], known[-1]


def _date_oddities(source: Source, found: Sequence[date], named: Sequence[date], line: int) -> Iterator[Oddity]:
    if not found:
        yield Oddity(line=line, sentence=f"The date {named[0]} is taken from the file's name.")
        return
    if not any(same_key(key) == "date" for key in source.front_matter):
        yield Oddity(line=line, sentence="The date is not under “date”.")
    if len(found) > 1:
        yield Oddity(line=line, sentence=f"Several dates become one range, {found[0]} to {found[-1]}.")
    if named and not found[0] <= named[0] <= found[-1]:
        yield Oddity(line=line, sentence=f"The date {found[0]} is kept, though the file's name says {named[0]}.")


def read_clock(source: Source, day: date) -> clocks.Clock | None:
    """The time of day: under a key of its own, within the date, or in the sentence that names the day."""
    clock = _written_clock(source) or clocks.find_clock(source.lines, day)
    zone = next((text for text, _ in source.texts("time_zone", "timezone")), "")
    return replace(clock, zone=zone) if clock and zone and zone in available_timezones() else clock


def read_theme(source: Source) -> str:
    """The theme, under a key of its own or where a sentence says it."""
    written = next((text for text, _ in source.texts("theme") if text), "")
    return written or prose.find_theme(source.lines)


def _written_clock(source: Source) -> clocks.Clock | None:
    for text, _ in source.texts(*_TIME_KEYS):
        found = tuple(clocks.find_clocks(text))
        if len(found) == 1:
            return found[0]
    for text, _ in source.texts(*_DATE_KEYS):
        stamped = clocks.stamped_clock(text)
        if stamped:
            return stamped
    return None


def read_category(source: Source, odd: list[Oddity]) -> Category | None:
    value, line = source.first("category", "categories")
    written = next(iter(texts_in(value)), "").lower()
    if not written or written in list(Category):
        return Category(written) if written else None
    close = get_close_matches(written, list(Category), n=1, cutoff=0.7)
    known = _SAME_CATEGORY.get(written) or (Category(close[0]) if close else None)
    told = f"is read as “{known}”" if known else "is none of the site's, and kept only in the source"
    odd.append(Oddity(line=line, sentence=f"The category “{written[:40]}” {told}."))
    return known


def read_names(source: Source, odd: list[Oddity], *keys: str, by_commas: bool) -> tuple[str, ...]:
    """The entries of a list such as the topics, each once, however the list was written."""
    for own, value in source.front_matter.items():
        if same_key(own) in keys and isinstance(value, tuple) and any(item in (None, "") for item in value):
            odd.append(Oddity(line=source.line_of[own], sentence=f"An entry of “{own}” is empty."))
    found = [text for text, _ in source.texts(*keys)]
    parts = [part.strip() for text in found for part in (text.split(",") if by_commas else [text])]
    return tuple(dict.fromkeys(part for part in parts if part))
