"""Calendar entries (RFC 5545) and the messages that carry them (iTIP, RFC 5546).

The traps that other systems fell into: calendars ignore an entry without a full VTIMEZONE, show every ATTENDEE to
everybody, keep what was cancelled unless METHOD:CANCEL comes with a higher SEQUENCE, and break on unfolded lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, Timezone, vCalAddress, vDatetime, vDuration, vText

PRODUCT = "-//Community of practice//Meetings//EN"

# How often a program may look for changes, and what programs older than RFC 7986 call a calendar's name and text.
FETCH_AGAIN_AFTER = timedelta(hours=1)
NAMES_BEFORE_7986 = {"name": "x-wr-calname", "description": "x-wr-caldesc"}

# Written by hand: icalendar makes a list of changes that ends in 2038 and puts the spring one an hour off. The United
# Kingdom has changed its clocks at 01:00 UTC on these Sundays since 1996.
LONDON = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One meeting in a calendar. `attendee` is the address of the one recipient, "" in a public entry (R13)."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    summary: str
    organiser: str
    stamped_at: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    attendee: str = ""
    is_cancelled: bool = False
    is_all_day: bool = False


def request(entry: Entry) -> str:
    """The message that puts `entry` into its attendee's calendar, or updates what is there (RFC 5546 §3.2.2)."""
    return _calendar("REQUEST", [entry])


def cancel(entry: Entry) -> str:
    """The message that takes `entry` out again (RFC 5546 §3.2.5); its sequence has to be higher than before."""
    return _calendar("CANCEL", [entry])


def publish(entries: Sequence[Entry], *, name: str = "", about: str = "") -> str:
    """A file or feed of entries that asks nothing of anybody (RFC 5546 §3.2.1).

    `name` and `about` are what programs call a calendar that they fetch again and again (RFC 7986 §5.1, §5.2).
    """
    return _calendar("PUBLISH", entries, {"name": name, "description": about})


def _calendar(method: str, entries: Sequence[Entry], words: Mapping[str, str] = MappingProxyType({})) -> str:
    """Lines end in CRLF and are folded at 75 octets (RFC 5545 §3.1)."""
    calendar = Calendar()
    for name, value in (("version", "2.0"), ("prodid", PRODUCT), ("calscale", "GREGORIAN"), ("method", method)):
        calendar.add(name, value)
    if words.get("name"):
        for name, value in filter(all, words.items()):
            calendar.add(name, vText(_plain(value)))
            calendar.add(NAMES_BEFORE_7986[name], vText(_plain(value)))
        calendar.add("refresh-interval", vDuration(FETCH_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(FETCH_AGAIN_AFTER))
    for zone in sorted({entry.time_zone for entry in entries if not entry.is_all_day} - {"UTC"}):
        calendar.add_component(_time_zone(zone, [entry.starts_at.year for entry in entries]))
    for entry in entries:
        calendar.add_component(_event(entry, is_off=method == "CANCEL" or entry.is_cancelled))
    return str(calendar.to_ical(), "utf-8")


def _time_zone(name: str, years: Sequence[int]) -> Component:
    """The changes of clocks in `name`: as a rule for London, elsewhere as dates around the years that matter."""
    if name == "Europe/London":
        return Timezone.from_ical(LONDON)
    return Timezone.from_tzid(name, first_date=date(min(years) - 1, 1, 1), last_date=date(max(years) + 2, 1, 1))


def _event(entry: Entry, *, is_off: bool) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", vDatetime(entry.stamped_at.astimezone(UTC).replace(microsecond=0)))
    start, end = _span(entry)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", vText(_plain(entry.summary)))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    for name, text in (("description", entry.description), ("location", entry.location), ("url", entry.url)):
        if text:
            event.add(name, text)
    # Outlook shows no sender for an organiser with parameters, and Gmail wants the address the letter came from.
    event.add("organizer", vCalAddress(f"mailto:{entry.organiser}"))
    if entry.attendee:
        event.add("attendee", _attendee(entry.attendee))
    return event


def _span(entry: Entry) -> tuple[date, date]:
    """Start and end on the wall clock of its zone; as days, the end is the day after the last (RFC 5545 §3.6.1)."""
    start, end = (moment.astimezone(ZoneInfo(entry.time_zone)) for moment in (entry.starts_at, entry.ends_at))
    if not entry.is_all_day:
        return start, end
    return start.date(), (end - timedelta(microseconds=1)).date() + timedelta(days=1)


def _attendee(email: str) -> vCalAddress:
    """Somebody who has said yes on our page already: no answer is wanted from their calendar."""
    attendee = vCalAddress(f"mailto:{email}")
    for name, value in (("CUTYPE", "INDIVIDUAL"), ("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "ACCEPTED")):
        attendee.params[name] = vText(value)
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _plain(text: str) -> str:
    """One line: a title is never more."""
    return " ".join(text.split())
