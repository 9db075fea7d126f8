"""What a meeting's page says to search engines and to whoever draws a preview of a link: what everybody may read."""

from datetime import datetime

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from cop.lib.signing import absolute_url
from events.entries import meeting_link
from events.formats.schema import Occasion, Presenter, structured
from events.models import Meeting
from events.views.listing import Row, rows, speakers_of


def row_for_everybody(meeting: Meeting, now: datetime) -> Row:
    """The meeting as a stranger finds it in a list, whoever is looking."""
    (row,) = rows(Meeting.objects.filter(pk=meeting.pk), is_member=False, now=now)
    return row


def structured_data(row: Row) -> SafeString:
    """JSON-LD for a script element: every character that HTML would mind is written in another way."""
    meeting = row.meeting
    presenters = dict.fromkeys(Presenter(name=one.name, organisation=one.organisation) for one in speakers_of(meeting))
    occasion = Occasion(
        name=meeting.shown_title,
        about=row.summary,
        url=meeting_link(meeting),
        picture="",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        time_zone=meeting.time_zone,
        has_times=meeting.has_times,
        is_online=meeting.place != Meeting.Place.ROOM,
        room=meeting.room if meeting.place != Meeting.Place.ONLINE else "",
        is_cancelled=meeting.state == Meeting.State.CANCELLED,
        network=meeting.network.name,
        network_url=absolute_url(meeting.network.get_absolute_url()),
        language=settings.LANGUAGE_CODE,
        presenters=tuple(presenters),
    )
    return mark_safe(structured(occasion))
