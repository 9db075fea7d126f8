"""A year of monthly meetings, its two changes of clocks included: each letter and each entry says two o'clock (B31)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from events.actions.notifying import tell_registered
from events.actions.publishing import publish_meeting
from events.actions.registering import register_member
from events.actions.scheduling import schedule_meeting
from events.models import Series
from events.rules.recurrence import next_dates
from members.models import User
from tests.events.formats.readers import read_with_libical
from tests.events.test_letters import last_letter

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")


@time_machine.travel(datetime(2036, 12, 20, 9, tzinfo=UTC))
def test_every_letter_and_entry_of_a_year_says_two_o_clock_in_london(series: Series, mira: User) -> None:
    second_wednesdays = "FREQ=MONTHLY;BYDAY=2WE"
    days = next_dates(second_wednesdays, date(2036, 12, 31), 12)
    assert [day.month for day in days] == list(range(1, 13))
    told, starts = set(), []
    for day in days:
        meeting = publish_meeting(schedule_meeting(series, on=day, theme=f"Month {day.month}"))
        register_member(meeting, mira)
        first = last_letter()
        tell_registered(meeting)
        for letter in (first, last_letter()):
            (entry,) = read_with_libical(letter.calendar).entries
            assert (entry.start, entry.end) == (meeting.starts_at, meeting.starts_at + timedelta(minutes=75))
            assert "2pm to 3:15pm, UK time" in letter.text
            starts.append(meeting.starts_at)
        told.add(entry.uid)
    assert {(start.astimezone(LONDON).hour, start.astimezone(LONDON).minute) for start in starts} == {(14, 0)}
    assert sorted({start.hour for start in starts}) == [13, 14]
    assert len(told) == 12
