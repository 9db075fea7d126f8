"""Announcing a meeting, calling it off, and telling those who registered. Saving never tells anybody (B74)."""

from django.db import transaction

from events.actions.registering import locked, tell
from events.models import Meeting
from members.models import User

State = Meeting.State


class CannotPublish(Exception):
    """Only a draft can be published."""


class CannotCancel(Exception):
    """Only a published meeting can be cancelled; a draft is deleted, and what is over has taken place."""


@transaction.atomic
def publish_meeting(meeting: Meeting) -> Meeting:
    """Show a draft to the world. Nobody is written to. Raises `CannotPublish`."""
    meeting = locked(meeting)
    if meeting.state != State.DRAFT:
        raise CannotPublish
    meeting.state = State.PUBLISHED
    meeting.save(update_fields=["state"])
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting) -> Meeting:
    """Call a published meeting off. Its page says so at once; nobody is written to. Raises `CannotCancel`."""
    meeting = locked(meeting)
    if meeting.state != State.PUBLISHED:
        raise CannotCancel
    meeting.state = State.CANCELLED
    meeting.calendar_sequence += 1
    meeting.save(update_fields=["state", "calendar_sequence"])
    return meeting


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
