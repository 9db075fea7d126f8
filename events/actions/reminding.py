"""Reminding people of a meeting: each step once a person, by how they and the meeting stand then (B37, B38)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from events.actions.registering import locked, tell
from events.models import Meeting, Registration, Reminded, ReminderPlan, Series
from events.models.registrations import HAVE_A_PLACE, RegistrationQuerySet
from events.models.reminding import steps_for
from events.rules.reminding import (
    FURTHEST,
    LATE_AFTER_THE_END,
    Step,
    due_at,
    in_order,
    is_time,
    leeway,
    registered_by,
)
from members.models import Network

State = Registration.State
# A plan of reminders is of one of these; the narrower goes before the wider.
Whose = Network | Series | Meeting
# As many as one transaction holds a meeting's row for: whoever registers waits for no more.
AT_ONCE = 500
KEEP_REMINDED = timedelta(days=7)


def remind_due(now: datetime) -> int:
    """Send every reminder whose time has come; how many people it is for. Safe to call at any time, by any worker."""
    return sum(_remind(meeting, step, now) for meeting, step in list(_due(now)))


def _due(now: datetime) -> Iterator[tuple[Meeting, Step]]:
    near = Meeting.objects.published().filter(
        has_times=True, starts_at__lte=now + FURTHEST + timedelta(days=1), ends_at__gt=now - LATE_AFTER_THE_END
    )
    for meeting in near.order_by("starts_at", "pk"):
        yield from ((meeting, step) for step in steps_for(meeting) if is_time(step_at(meeting, step), step, now=now))


def step_at(meeting: Meeting, step: Step) -> datetime:
    """When a step of a meeting is due."""
    return due_at(step, starts_at=meeting.starts_at, ends_at=meeting.ends_at, time_zone=meeting.time_zone)


def _remind(meeting: Meeting, step: Step, now: datetime) -> int:
    """Everybody at one step, some at a time."""
    count = 0
    while some := _remind_some(meeting, step, now):
        count += some
    return count


@transaction.atomic
def _remind_some(meeting: Meeting, step: Step, now: datetime) -> int:
    """The meeting's row is held meanwhile: nobody cancels, moves up or is reminded by another worker."""
    if not _left(meeting, step).exists():
        return 0
    meeting = locked(meeting)
    if meeting.state != Meeting.State.PUBLISHED or not is_time(step_at(meeting, step), step, now=now):
        return 0
    rows = list(_left(meeting, step).select_related("user")[:AT_ONCE])
    Reminded.objects.bulk_create(Reminded(registration=row, step=step) for row in rows)
    waiting = [row for row in rows if row.state == State.WAITING]
    coming = [row for row in rows if row.state != State.WAITING]
    tell("events/afterwards" if step is Step.AFTER else "events/reminder", meeting, coming)
    tell("events/reminder_waiting", meeting, waiting)
    return len(rows)


def _left(meeting: Meeting, step: Step) -> RegistrationQuerySet:
    """Those a step is for and who have not had it, first come first."""
    known = meeting.registrations.filter(queued_at__lte=registered_by(step_at(meeting, step), step))
    whom = known.with_place() if step is Step.AFTER else known.standing()
    return whom.exclude(reminded__step=step).order_by("queued_at", "pk")


@dataclass(frozen=True, slots=True)
class Planned:
    """One step of a meeting: when, and how many had it, or would have it as things stand."""

    step: Step
    at: datetime
    had: int
    would: int
    is_over: bool


def planned(meeting: Meeting, now: datetime) -> list[Planned]:
    """The steps of a meeting's plan, in the order of time, as they stand now."""
    had = Counter(Reminded.objects.filter(registration__meeting=meeting).values_list("step", flat=True))
    counts = meeting.registrations.aggregate(
        place=Count("pk", filter=Q(state__in=HAVE_A_PLACE)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
    )
    found = []
    for step in steps_for(meeting):
        at = step_at(meeting, step)
        would = counts["place"] + (0 if step is Step.AFTER else counts["waiting"])
        found.append(Planned(step, at.astimezone(meeting.zone), had[step.value], would, at + leeway(step) <= now))
    return found


def keep_plan(whose: Whose, steps: list[str]) -> ReminderPlan:
    """Remind people of one meeting, of those of a series or of all of a network's, at these steps only."""
    kept = ",".join(in_order(steps))
    return ReminderPlan.objects.update_or_create(**_of(whose), defaults={"kept": kept})[0]


def drop_plan(whose: Whose) -> None:
    """Have no plan of its own: what holds for the series, the network, or usually, holds again."""
    ReminderPlan.objects.filter(**_of(whose)).delete()


def own_plan(whose: Whose) -> ReminderPlan | None:
    return ReminderPlan.objects.filter(**_of(whose)).first()


def _of(whose: Whose) -> dict[str, Any]:
    return {type(whose).__name__.lower(): whose}


def forget_reminded(now: datetime) -> int:
    """Delete who was reminded of meetings that ended a week ago; how many rows."""
    old = Reminded.objects.filter(registration__meeting__ends_at__lt=now - KEEP_REMINDED)
    return old.delete()[0]
