"""When whoever has not answered is reminded: once, with some time left to choose in."""

from datetime import datetime, timedelta

AT_MOST_BEFORE = timedelta(days=2)


def remind_at(*, asked_at: datetime, due_at: datetime) -> datetime:
    """Two days before the deadline, or half-way to it where there are fewer than four."""
    return due_at - min(AT_MOST_BEFORE, (due_at - asked_at) / 2)


def is_time_to_remind(*, asked_at: datetime, due_at: datetime, at: datetime) -> bool:
    """Whether a reminder is due and still of use."""
    return remind_at(asked_at=asked_at, due_at=due_at) <= at < due_at
