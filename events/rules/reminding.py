"""When people are reminded of a meeting, and when it is too late to."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Step(StrEnum):
    """One reminder of a plan; the value is what is kept of it."""

    TWO_WEEKS = "14d"
    WEEK = "7d"
    THREE_DAYS = "3d"
    DAY = "1d"
    THREE_HOURS = "3h"
    HOUR = "1h"
    QUARTER = "15m"
    AFTER = "after"


BEFORE = {
    Step.TWO_WEEKS: timedelta(days=14),
    Step.WEEK: timedelta(days=7),
    Step.THREE_DAYS: timedelta(days=3),
    Step.DAY: timedelta(days=1),
    Step.THREE_HOURS: timedelta(hours=3),
    Step.HOUR: timedelta(hours=1),
    Step.QUARTER: timedelta(minutes=15),
}
USUAL = (Step.WEEK, Step.DAY, Step.HOUR, Step.AFTER)
LATE_AFTER_THE_END = timedelta(days=1)
FURTHEST = max(BEFORE.values())


def read_steps(kept: str) -> tuple[Step, ...]:
    """The steps of a plan as it is kept ("7d,1d"), in the order of time; what is none is left out."""
    return in_order(kept.split(","))


def in_order(values: Iterable[str]) -> tuple[Step, ...]:
    chosen = set(values)
    return tuple(step for step in Step if step.value in chosen)


def leeway(step: Step) -> timedelta:
    """How late a reminder may be, and how long before it somebody must have registered: a quarter of its time.

    Somebody who registered a moment ago has just had a letter; a reminder of an hour before is of no use at the end.
    """
    return LATE_AFTER_THE_END if step is Step.AFTER else BEFORE[step] / 4


def due_at(step: Step, *, starts_at: datetime, ends_at: datetime, time_zone: str) -> datetime:
    """When a step is due, in UTC. Days are days of the wall clock, also where clocks change; hours are hours."""
    if step is Step.AFTER:
        return ends_at.astimezone(UTC)
    ahead = BEFORE[step]
    if ahead < timedelta(days=1):
        return starts_at.astimezone(UTC) - ahead
    return (starts_at.astimezone(ZoneInfo(time_zone)) - ahead).astimezone(UTC)


def is_time(due: datetime, step: Step, *, now: datetime) -> bool:
    """Whether a step that is due then is to be done now: not before, and not once its leeway has passed."""
    return due <= now < due + leeway(step)


def registered_by(due: datetime, step: Step) -> datetime:
    """Until when somebody has to have registered for a step to be for them (B38)."""
    return due if step is Step.AFTER else due - leeway(step)
