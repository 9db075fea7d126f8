"""Letters to organisers: what wants a hand. Whom it is about stands in the panel, behind sign-in."""

from django.urls import reverse

from cop.lib.mail import Letter, render_letter
from cop.lib.signing import absolute_url
from events.letters.about import about
from events.models import Meeting
from members.models import Delivery
from members.writing import letter


@letter("events/speakers_wanted")
def speakers_wanted(delivery: Delivery) -> Letter:
    """To an organiser, a fortnight before: a talk has no speaker, or a speaker has not told us all (B85)."""
    return _to_organiser("events/speakers_wanted", delivery, "admin:events_meeting_speakers")


@letter("events/notes_wanted")
def notes_wanted(delivery: Delivery) -> Letter:
    """To an organiser, five working days after: the notes have not gone round yet (B85)."""
    return _to_organiser("events/notes_wanted", delivery, "admin:notes_notebook_desk")


def _to_organiser(name: str, delivery: Delivery, page: str) -> Letter:
    """A letter with the link to a page of the panel; whom it is about stands there, behind sign-in."""
    known = Meeting.objects.published().select_related("network", "series")
    meeting = known.get(pk=delivery.mailing.about_id or 0)
    words = {"meeting": meeting, "network": meeting.network, "link": absolute_url(reverse(page, args=[meeting.pk]))}
    return about(meeting, render_letter(name, words))
