"""A meeting in the words in which people are told of it."""

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from cop.lib.signing import absolute_url
from events.access import hidden_from, readable
from events.models import Meeting, Speaker
from events.rules.differences import Part
from members.formats.upcoming import Upcoming


def standing_of(meeting: Meeting) -> dict[str, str]:
    """How a meeting stands, part by part (`events.rules.differences.Part`)."""
    with translation.override(meeting.network.language):  # one for all, since it is kept and compared
        return _standing_of(meeting)


def _standing_of(meeting: Meeting) -> dict[str, str]:
    named = Prefetch("speakers", Speaker.objects.named_to(is_member=False))
    items = list(meeting.agenda.prefetch_related(named))
    hidden = hidden_from([meeting], is_member=False)[meeting.pk]
    speakers = "\n".join(
        f"{item.position} {one.name} {one.organisation}" for item in items for one in item.speakers.all()
    )
    return {
        Part.STATE: str(meeting.get_state_display()),
        Part.WHEN: when(meeting),
        Part.PLACE: "; ".join(filter(None, [str(meeting.get_place_display()), meeting.room])),
        Part.LINK: _digest(meeting.video_link),
        Part.TITLE: meeting.shown_title,
        Part.SUMMARY: readable(meeting.summary, meeting, hidden),
        Part.AGENDA: "\n".join(item.title for item in items),
        Part.SPEAKERS: _digest("\n".join(speakers)),
    }


def upcoming(meeting: Meeting) -> Upcoming:
    """A date in a letter to somebody new."""
    entry = reverse("events:meeting_calendar", args=[meeting.network.slug, meeting.slug])
    return Upcoming(meeting.shown_title, when(meeting), absolute_url(meeting.get_absolute_url()), absolute_url(entry))


def when(meeting: Meeting) -> str:
    """Day and times with their zone, in words."""
    return render_to_string("events/_when.txt", {"meeting": meeting}).strip()


def _digest(text: str) -> str:
    return salted_hmac("what people were told", text, algorithm="sha256").hexdigest()[:32] if text else ""
