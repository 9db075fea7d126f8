"""When a reminder is due, for whom, and when it is too late (B38)."""

from datetime import UTC, datetime, timedelta

import pytest

from events.rules.reminding import Step, due_at, in_order, is_time, leeway, read_steps, registered_by


def due(step: Step, starts_at: datetime, zone: str = "Europe/London") -> datetime:
    return due_at(step, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=75), time_zone=zone)


@pytest.mark.parametrize(
    ("step", "starts_at", "expected"),
    [
        (Step.WEEK, datetime(2027, 1, 13, 14, tzinfo=UTC), datetime(2027, 1, 6, 14, tzinfo=UTC)),
        (Step.HOUR, datetime(2027, 7, 14, 13, tzinfo=UTC), datetime(2027, 7, 14, 12, tzinfo=UTC)),
        (Step.QUARTER, datetime(2027, 7, 14, 13, tzinfo=UTC), datetime(2027, 7, 14, 12, 45, tzinfo=UTC)),
        (Step.AFTER, datetime(2027, 7, 14, 13, tzinfo=UTC), datetime(2027, 7, 14, 14, 15, tzinfo=UTC)),
        # Clocks go forward on 28 March and back on 31 October 2027: two o'clock stays two o'clock.
        (Step.WEEK, datetime(2027, 3, 31, 13, tzinfo=UTC), datetime(2027, 3, 24, 14, tzinfo=UTC)),
        (Step.DAY, datetime(2027, 3, 28, 13, tzinfo=UTC), datetime(2027, 3, 27, 14, tzinfo=UTC)),
        (Step.WEEK, datetime(2027, 11, 3, 14, tzinfo=UTC), datetime(2027, 10, 27, 13, tzinfo=UTC)),
        (Step.THREE_HOURS, datetime(2027, 3, 28, 2, tzinfo=UTC), datetime(2027, 3, 27, 23, tzinfo=UTC)),
    ],
)
def test_days_are_of_the_wall_clock_and_hours_are_hours(step: Step, starts_at: datetime, expected: datetime) -> None:
    assert due(step, starts_at) == expected


@pytest.mark.parametrize(
    ("step", "late"),
    [
        (Step.WEEK, timedelta(hours=42)),
        (Step.DAY, timedelta(hours=6)),
        (Step.HOUR, timedelta(minutes=15)),
        (Step.QUARTER, timedelta(minutes=3, seconds=45)),
        (Step.AFTER, timedelta(days=1)),
    ],
)
def test_reminder_is_a_quarter_of_its_time_late_at_most(step: Step, late: timedelta) -> None:
    at, moment = datetime(2027, 1, 6, 14, tzinfo=UTC), timedelta(microseconds=1)
    assert leeway(step) == late
    assert [is_time(at, step, now=now) for now in (at - moment, at, at + late - moment, at + late)] == [
        False,
        True,
        True,
        False,
    ]


def test_whoever_registered_a_moment_ago_is_not_reminded_of_it() -> None:
    at = datetime(2027, 1, 6, 14, tzinfo=UTC)
    assert registered_by(at, Step.HOUR) == datetime(2027, 1, 6, 13, 45, tzinfo=UTC)
    assert registered_by(at, Step.AFTER) == at


def test_no_leeway_reaches_into_the_next_step() -> None:
    """So that nobody gets two at once, whatever a plan holds."""
    start = datetime(2027, 1, 13, 14, tzinfo=UTC)
    steps = [step for step in Step if step is not Step.AFTER]
    ends = [due(step, start) + leeway(step) for step in steps]
    assert all(end <= due(step, start) for end, step in zip(ends, steps[1:], strict=False))
    assert ends[-1] < start


def test_plan_is_kept_in_the_order_of_time_and_holds_nothing_unknown() -> None:
    assert in_order(["after", "1h", "7d", "9y"]) == (Step.WEEK, Step.HOUR, Step.AFTER)
    assert read_steps("") == ()
    assert read_steps("1d,7d") == (Step.WEEK, Step.DAY)
