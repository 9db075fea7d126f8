"""Calendar entries, read back by programs that are not the one that wrote them: vobject, and dateutil's VTIMEZONE."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from dateutil.tz import tzical

from events.formats.ical import Entry, cancel, publish, request

START = datetime(2037, 7, 15, 13, tzinfo=UTC)
ENTRY = Entry(
    uid="1b4e28ba@example.org",
    sequence=3,
    starts_at=START,
    ends_at=START + timedelta(minutes=75),
    time_zone="Europe/London",
    summary="Juries; panels, and “standing” groups",
    organiser="notes@example.org",
    stamped_at=datetime(2037, 7, 1, 9, 30, 15, 123456, tzinfo=UTC),
    description="First line\nJoin: https://example.org/p/12.token/join/",
    location="https://example.org/p/12.token/join/",
    url="https://example.org/p/12.token/join/",
    attendee="mira@river.example",
)


def at(moment: datetime, **changes: object) -> Entry:
    return replace(ENTRY, starts_at=moment, ends_at=moment + timedelta(minutes=75), **changes)  # type: ignore[arg-type]  # fields by name


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").rstrip("\r\n").split("\r\n")


@pytest.mark.parametrize("month", [1, 7])
def test_two_in_london_lands_at_two_in_london(month: int) -> None:
    """B31: by the reader's own knowledge of the VTIMEZONE that comes with the entry."""
    start = datetime(2037, month, 14, 14 if month == 1 else 13, tzinfo=UTC)
    event = vobject.readOne(request(at(start))).vevent
    assert event.dtstart.value.astimezone(UTC) == start
    assert event.dtend.value.astimezone(UTC) == start + timedelta(minutes=75)
    assert (event.dtstart.value.hour, event.dtstart.value.minute) == (14, 0)


@pytest.mark.parametrize(
    ("moment", "offset"),
    [
        ("2027-03-28T00:59", 0),
        ("2027-03-28T02:00", 1),
        ("2027-10-31T00:59", 1),
        ("2027-10-31T02:00", 0),
        ("2040-07-01T12:00", 1),
        ("2040-12-01T12:00", 0),
    ],
)
def test_our_london_changes_its_clocks_when_london_does(moment: str, offset: int) -> None:
    text = request(ENTRY)
    block = text[text.index("BEGIN:VTIMEZONE") : text.index("BEGIN:VEVENT")]
    london = tzical(io.StringIO(block.replace("\r\n", "\n"))).get("Europe/London")
    assert london is not None
    assert datetime.fromisoformat(moment).replace(tzinfo=london).utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"])
@pytest.mark.parametrize("month", [1, 7])
def test_other_zones_land_where_they_should(zone: str, month: int) -> None:
    start = datetime(2045, month, 14, 13, tzinfo=UTC)
    event = vobject.readOne(request(at(start, time_zone=zone))).vevent
    assert event.dtstart.value.astimezone(UTC) == start


def test_request_names_its_recipient_and_nobody_else() -> None:
    """B33, R13, and complaint 3: a bare organiser."""
    lines = unfolded(request(ENTRY))
    assert [line for line in lines if line.startswith("METHOD")] == ["METHOD:REQUEST"]
    assert [line for line in lines if line.startswith("ORGANIZER")] == ["ORGANIZER:mailto:notes@example.org"]
    assert [line for line in lines if line.startswith("ATTENDEE")] == [
        "ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:mira@river.example"
    ]


def test_everything_an_entry_says_is_read_back() -> None:
    event = vobject.readOne(request(ENTRY)).vevent
    assert event.uid.value == "1b4e28ba@example.org"
    assert event.sequence.value == "3"
    assert event.summary.value == "Juries; panels, and “standing” groups"
    assert event.description.value == "First line\nJoin: https://example.org/p/12.token/join/"
    assert event.location.value == event.url.value == "https://example.org/p/12.token/join/"
    assert event.status.value == "CONFIRMED"
    assert event.dtstamp.value == datetime(2037, 7, 1, 9, 30, 15, tzinfo=UTC)


def test_cancelling_keeps_the_uid_and_says_cancelled() -> None:
    calendar = vobject.readOne(cancel(replace(ENTRY, sequence=4)))
    assert (calendar.method.value, calendar.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert (calendar.vevent.uid.value, calendar.vevent.sequence.value) == ("1b4e28ba@example.org", "4")


def test_public_entries_have_no_attendee() -> None:
    entries = [replace(ENTRY, attendee=""), replace(ENTRY, attendee="", uid="2@example.org", is_cancelled=True)]
    text = publish(entries)
    calendar = vobject.readOne(text)
    assert calendar.method.value == "PUBLISH"
    assert [event.status.value for event in calendar.vevent_list] == ["CONFIRMED", "CANCELLED"]
    assert "ATTENDEE" not in text
    assert text.count("BEGIN:VTIMEZONE") == 1


def test_meeting_without_a_time_of_day_takes_whole_days() -> None:
    entry = replace(
        ENTRY,
        starts_at=datetime(2037, 6, 7, 23, tzinfo=UTC),
        ends_at=datetime(2037, 6, 9, 23, tzinfo=UTC),
        is_all_day=True,
    )
    event = vobject.readOne(publish([entry])).vevent
    assert (event.dtstart.value, event.dtend.value) == (date(2037, 6, 8), date(2037, 6, 10))
    assert "VTIMEZONE" not in publish([entry])


def test_lines_are_folded_and_end_as_they_should() -> None:
    """RFC 5545 §3.1: CRLF, at most 75 octets, and no letter cut in two."""
    raw = request(replace(ENTRY, summary="Łódź – " * 40)).encode()
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert all(line.decode() for line in lines[:-1])
    assert vobject.readOne(raw.decode()).vevent.summary.value == ("Łódź – " * 40).strip()


def test_no_line_break_in_a_title_starts_a_property() -> None:
    text = request(replace(ENTRY, summary="Hello\r\nATTENDEE:mailto:eve@evil.example"))
    assert [line for line in unfolded(text) if line.startswith("ATTENDEE:")] == []
    text = request(replace(ENTRY, location="Room 1\r\nATTENDEE:mailto:eve@evil.example"))
    assert [line for line in unfolded(text) if line.startswith("ATTENDEE:")] == []


def test_entry_of_the_bare_minimum_has_no_empty_properties() -> None:
    bare = replace(ENTRY, description="", location="", url="", attendee="")
    names = {line.partition(":")[0].partition(";")[0] for line in unfolded(publish([bare]))}
    assert names.isdisjoint({"DESCRIPTION", "LOCATION", "URL", "ATTENDEE"})
