"""Calendar entries as programs in other languages read them, which share no line of code with ours (B31, B32)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from events.formats.ical import Entry, cancel, publish, request
from tests.events.formats.readers import Calendar, Read, read_with_libical, read_with_perl
from tests.events.formats.test_ical import ENTRY, at

READERS = [read_with_libical, read_with_perl]
READ = Read(
    uid="1b4e28ba@example.org",
    sequence="3",
    status="CONFIRMED",
    summary="Juries; panels, and “standing” groups",
    description="First line\nJoin: https://example.org/p/12.token/join/",
    organisers=("mailto:notes@example.org",),
    attendees=("mailto:mira@river.example",),
)


def without_times(calendar: Calendar) -> Calendar:
    return replace(calendar, entries=tuple(replace(one, start=None, end=None) for one in calendar.entries))


@pytest.mark.parametrize("read", READERS)
def test_request_and_cancel_say_the_same_elsewhere(read: Callable[[str], Calendar]) -> None:
    """RFC 5546's own rules are among what libical checks: what a REQUEST must have, and what a CANCEL may not."""
    asked = without_times(read(request(ENTRY)))
    assert asked == Calendar(method="REQUEST", errors=0, keeps_itip=True, entries=(READ,))
    off = without_times(read(cancel(replace(ENTRY, sequence=4))))
    gone = replace(READ, sequence="4", status="CANCELLED")
    assert off == Calendar(method="CANCEL", errors=0, keeps_itip=True, entries=(gone,))


@pytest.mark.parametrize("read", READERS)
def test_published_calendar_says_the_same_elsewhere(read: Callable[[str], Calendar]) -> None:
    entries = [replace(ENTRY, attendee=""), replace(ENTRY, attendee="", uid="2@example.org", is_cancelled=True)]
    found = without_times(read(publish(entries, name="Łódź, voices", about="Once a month; or so.")))
    plain = replace(READ, attendees=())
    second = replace(plain, uid="2@example.org", status="CANCELLED")
    assert found == Calendar(method="PUBLISH", errors=0, keeps_itip=True, entries=(plain, second))


def test_libical_minds_what_the_standard_forbids() -> None:
    """That nothing is found wrong above says something: an invitation without its recipient is refused."""
    assert read_with_libical(request(replace(ENTRY, attendee=""))).keeps_itip is False


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Berlin", "America/New_York", "Australia/Sydney", "UTC"])
@pytest.mark.parametrize("month", [1, 7])
def test_two_in_the_afternoon_is_two_in_the_afternoon(zone: str, month: int) -> None:
    """B31, in winter and in summer, by nothing but the VTIMEZONE that comes along: nobody knows a zone of this name."""
    start = datetime(2037, month, 14, 14, tzinfo=UTC)
    text = request(at(start, time_zone=zone)).replace(f"TZID:{zone}", "TZID:Ours").replace(f"TZID={zone}", "TZID=Ours")
    (entry,) = read_with_libical(text).entries
    assert (entry.start, entry.end) == (start, start + timedelta(minutes=75))


def test_london_keeps_its_hour_through_the_year() -> None:
    """Fourteen o'clock on the clock in London, each month of a year: its changes included."""
    months = [datetime(2037, month, 14, 13 if 4 <= month <= 10 else 14, tzinfo=UTC) for month in range(1, 13)]
    entries: list[Entry] = [replace(at(start), attendee="", uid=f"{start.month}@example.org") for start in months]
    text = publish(entries)
    assert text.count("T140000") == 12
    assert [one.start for one in read_with_libical(text).entries] == months


def test_whole_days_stay_whole_days() -> None:
    start = datetime(2037, 6, 7, 23, tzinfo=UTC)
    entry = replace(ENTRY, attendee="", starts_at=start, ends_at=start + timedelta(days=2), is_all_day=True)
    (read,) = read_with_libical(publish([entry])).entries
    assert (read.start, read.end) == (datetime(2037, 6, 8, tzinfo=UTC), datetime(2037, 6, 10, tzinfo=UTC))
