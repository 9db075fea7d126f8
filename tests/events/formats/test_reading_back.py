"""A calendar entry of our own, written and read again (B83)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from events.formats.ical import Entry
from events.formats.reading_back import reads_back

START = datetime(2037, 7, 15, 13, tzinfo=UTC)
ENTRY = Entry(
    uid="1@voices.example",
    sequence=3,
    starts_at=START,
    ends_at=START + timedelta(minutes=75),
    time_zone="Europe/London",
    summary="Monthly meeting: juries, panels; and “who asks”",
    organiser="voices@voices.example",
    stamped_at=START,
    description="A\nlong one, " + "ü" * 200,
)


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,
        replace(ENTRY, time_zone="America/New_York"),
        replace(ENTRY, time_zone="UTC"),
        replace(ENTRY, is_all_day=True),
        replace(ENTRY, is_cancelled=True),
        replace(ENTRY, summary="Two\nlines  of it"),
    ],
)
def test_what_we_write_reads_as_the_same_meeting(entry: Entry) -> None:
    assert reads_back(entry)


def test_entry_that_says_something_else_does_not_read_back() -> None:
    """A second is the finest a calendar keeps: what is finer has become something else on the way."""
    assert not reads_back(replace(ENTRY, starts_at=START + timedelta(microseconds=5)))
