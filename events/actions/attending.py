"""Who was there: by their own press of "Join the call", or by an organiser's word."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from events.models import Meeting, Registration

State = Registration.State


def mark_joined(registration: Registration) -> bool:
    """Note that somebody with a place pressed the joining button while the doors were open, if the network wants that
    kept (docs/decisions/0036). Returns whether it was.

    Opening a link never counts (R14): mail scanners open links. Their page shows what was written of them beside the
    button, so the press lets it stand.
    """
    if not registration.meeting.doors_open(timezone.now()):
        return False
    pressed = Registration.objects.with_place().filter(pk=registration.pk)
    if not registration.meeting.network.records_joining:
        pressed.update(confirmed=True)
        return False
    return bool(pressed.update(state=State.ATTENDED, confirmed=True))


def mark_attended(meeting: Meeting, registrations: Iterable[Registration]) -> int:
    """Note that these people came, whatever the list said before; returns how many were not marked yet."""
    chosen = meeting.registrations.filter(pk__in=[one.pk for one in registrations])
    return chosen.exclude(state=State.ATTENDED).update(state=State.ATTENDED)


def mark_absent(meeting: Meeting, registrations: Iterable[Registration]) -> int:
    """Take back that these people came: they had a place. Returns how many were changed."""
    chosen = meeting.registrations.filter(pk__in=[one.pk for one in registrations], state=State.ATTENDED)
    return chosen.update(state=State.REGISTERED)


@transaction.atomic
def correct_attendance(meeting: Meeting, *, came: Collection[int], did_not: Collection[int]) -> int:
    """Take over what an organiser changed in the list, by the numbers of the registrations; returns how many were
    changed. Of everybody else it says nothing: they may have pressed the button meanwhile."""
    rows = meeting.registrations
    return mark_attended(meeting, rows.filter(pk__in=came)) + mark_absent(meeting, rows.filter(pk__in=did_not))
