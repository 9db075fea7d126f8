"""Changing the link to a meeting's call: our own joining address leads there, so nobody needs a new letter (B35)."""

from django.db import transaction

from events.actions.notifying import remember_told
from events.actions.registering import locked
from events.models import Meeting


@transaction.atomic
def set_link(meeting: Meeting, link: str) -> Meeting:
    """Lead whoever joins to `link` from now on, or nowhere where it is empty. Nobody is written to (B74)."""
    meeting = locked(meeting)
    remember_told(meeting)
    meeting.video_link = link
    meeting.save(update_fields=["video_link"])
    return meeting
