"""Announcing a meeting, calling it off, and telling those who registered. Saving never tells anybody (B74)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from events.actions.registering import locked, tell
from events.actions.scheduling import IN_CALENDARS
from events.actions.standing_places import hold, seat_those_who_always_come
from events.models import Meeting
from members.models import User

State = Meeting.State


class CannotPublish(Exception):
    """Only a draft can be published."""


class CannotCancel(Exception):
    """Only a published meeting can be cancelled; a draft is deleted, and what is over has taken place."""


@transaction.atomic
def publish_meeting(meeting: Meeting) -> Meeting:
    """Show a draft to the world, and give those who come to every meeting their place and the letter about it (B30).
    Nobody else is written to. Raises `CannotPublish`."""
    if meeting.series:
        hold(meeting.series)
    meeting = locked(meeting)
    if meeting.state != State.DRAFT:
        raise CannotPublish
    meeting.state = State.PUBLISHED
    meeting.save(update_fields=["state"])
    seat_those_who_always_come(meeting)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting) -> Meeting:
    """Call a published meeting off. Its page says so at once; nobody is written to. Raises `CannotCancel`."""
    meeting = locked(meeting)
    if meeting.state != State.PUBLISHED or meeting.is_over(timezone.now()):
        raise CannotCancel
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


@transaction.atomic
def tell_registered(meeting: Meeting, *, by: User | None = None) -> int:
    """Write to all who registered or wait: that the meeting is off, or how it stands now (B32). Returns how many.

    The letter's calendar entry updates the one they have, or takes it out.
    """
    meeting = locked(meeting)
    letter = "events/meeting_cancelled" if meeting.state == State.CANCELLED else "events/meeting_changed"
    registrations = list(meeting.registrations.standing().select_related("user"))
    tell(letter, meeting, registrations, by)
    return len(registrations)
