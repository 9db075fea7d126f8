"""Announcing a meeting, and calling it off. Saving never tells anybody (B74)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from events.actions.green_rooms import bring_entries_up_to_date
from events.actions.notifying import remember_told
from events.actions.registering import locked
from events.actions.scheduling import IN_CALENDARS
from events.actions.standing_places import hold, seat_those_who_always_come
from events.models import Meeting

State = Meeting.State


class CannotPublish(Exception):
    """Only a draft can be published."""


class CannotCancel(Exception):
    """Only a published meeting can be cancelled; a draft is deleted, and what is over has taken place."""


@transaction.atomic
def publish_meeting(meeting: Meeting) -> Meeting:
    """Show a draft to the world, and give those who come to every meeting their place and the letter about it (B30),
    and speakers who have said what they want their entry (B47). Nobody else is written to. Raises `CannotPublish`."""
    if meeting.series:
        hold(meeting.series)
    meeting = locked(meeting)
    if meeting.state != State.DRAFT:
        raise CannotPublish
    meeting.state = State.PUBLISHED
    meeting.save(update_fields=["state"])
    remember_told(meeting)
    seat_those_who_always_come(meeting)
    bring_entries_up_to_date(meeting)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting) -> Meeting:
    """Call a published meeting off. Its page says so at once; nobody is written to. Raises `CannotCancel`."""
    meeting = locked(meeting)
    if meeting.state != State.PUBLISHED or meeting.is_over(timezone.now()):
        raise CannotCancel
    remember_told(meeting)
    meeting.state = State.CANCELLED
    meeting.calendar_sequence += 1
    meeting.save(update_fields=["state", "calendar_sequence"])
    return meeting


def note_changes(meeting: Meeting, changed: Iterable[str]) -> bool:
    """Say that these fields of a meeting were changed; whether the entries in people's calendars are old now.

    A higher sequence is what makes calendars take the new entry for the old one (RFC 5545 §3.8.7.4).
    """
    if IN_CALENDARS.isdisjoint(changed):
        return False
    Meeting.objects.filter(pk=meeting.pk).update(calendar_sequence=F("calendar_sequence") + 1)
    return meeting.state == State.PUBLISHED and meeting.registrations.with_place().exists()
