"""What the notes answer when the programme asks, and what they do when a minute has passed."""

from datetime import datetime

from django.dispatch import receiver

from events.signals import gathering_noted_meetings
from members.signals import ticked
from notes.actions.forgetting import forget_due
from notes.models.editions import Edition


@receiver(gathering_noted_meetings)
def circulated_notes(meeting_ids: set[int], **_: object) -> set[int]:
    """Which of these meetings have notes that members can read."""
    editions = Edition.objects.circulated().filter(audience=0, meeting__in=meeting_ids)
    return set(editions.values_list("meeting_id", flat=True))


@receiver(ticked)
def forget_drafts(now: datetime, **_: object) -> None:
    forget_due(now)
