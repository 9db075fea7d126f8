"""When a reminder goes out: with some time left to choose in, and not before it is due."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from notes.rules.reminding import is_time_to_remind, remind_at

ASKED = datetime(2037, 1, 1, 12, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2030, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # Hypothesis wants them without


@given(asked=MOMENTS, days=st.floats(0.01, 60))
def test_there_is_always_time_left_to_choose_after_a_reminder(asked: datetime, days: float) -> None:
    due = asked + timedelta(days=days)
    when = remind_at(asked_at=asked, due_at=due)
    assert asked < when < due
    assert due - when <= timedelta(days=2)
    assert is_time_to_remind(asked_at=asked, due_at=due, at=when)
    assert not is_time_to_remind(asked_at=asked, due_at=due, at=due)


@pytest.mark.parametrize(
    ("given", "before"),
    [
        (timedelta(days=7), timedelta(days=2)),
        (timedelta(days=4), timedelta(days=2)),
        (timedelta(days=3), timedelta(hours=36)),
        (timedelta(hours=1), timedelta(minutes=30)),
    ],
)
def test_the_reminder_goes_two_days_before_or_half_way(given: timedelta, before: timedelta) -> None:
    due = ASKED + given
    when = remind_at(asked_at=ASKED, due_at=due)
    assert due - when == before
    moment = timedelta(microseconds=1)
    answers = [is_time_to_remind(asked_at=ASKED, due_at=due, at=at) for at in (when - moment, when, due - moment, due)]
    assert answers == [False, True, True, False]
