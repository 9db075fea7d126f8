"""What a meeting's page says to search engines and to whoever draws a preview of a link: what everybody may read."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.http import quote_etag
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cop.lib.signing import absolute_url
from events.access import announced_meeting_or_404
from events.entries import meeting_link
from events.formats.picture import Card, draw
from events.formats.schema import Occasion, Presenter, structured
from events.models import Meeting
from events.templatetags.occasions import days, times
from events.views.listing import Row, rows, speakers_of
from members.rules.colours import OURS

KEPT_FOR = timedelta(days=30)


def row_for_everybody(meeting: Meeting, now: datetime) -> Row:
    """The meeting as a stranger finds it in a list, whoever is looking."""
    (row,) = rows(Meeting.objects.filter(pk=meeting.pk), is_member=False, now=now)
    return row


@require_safe
def picture(request: HttpRequest, network: str, meeting: str) -> HttpResponseBase:
    """Drawn here, and drawn anew once it would look different, as when the meeting is cancelled (B13)."""
    announced = announced_meeting_or_404(network, meeting)
    with translation.override(announced.network.language):  # one for everybody
        card = card_of(announced)
    etag = quote_etag(card.digest)
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    drawn = cache.get_or_set(f"picture:{card.digest}", lambda: draw(card), KEPT_FOR.total_seconds())
    response = HttpResponse(drawn, content_type="image/png")
    response["ETag"], response["Cache-Control"] = etag, "public, no-cache"
    # Others show it beside a link to us; that is what it is for.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def picture_address(meeting: Meeting) -> str:
    """Where the picture is, as a path: another once it looks different, for previews are kept by their address."""
    path = reverse("events:picture", args=[meeting.network.slug, meeting.slug])
    return f"{path}?v={card_of(meeting).digest}"


def card_of(meeting: Meeting) -> Card:
    place = capfirst(meeting.get_place_display())
    when = times(meeting) or (days(meeting) if meeting.local_start.date() != meeting.local_end.date() else "")
    return Card(
        network=meeting.network.name,
        title=meeting.shown_title,
        weekday=date_format(meeting.local_start, "l"),
        day=date_format(meeting.local_start, "j"),
        month=date_format(meeting.local_start, "F"),
        year=date_format(meeting.local_start, "Y"),
        facts=" · ".join(filter(None, [when, place])),
        promise=_("Under the Chatham House Rule"),
        language=settings.LANGUAGE_CODE,
        accent=meeting.network.accent or OURS,
        cancelled=_("Cancelled") if meeting.state == Meeting.State.CANCELLED else "",
    )


def structured_data(row: Row) -> SafeString:
    """JSON-LD for a script element: every character that HTML would mind is written in another way."""
    meeting = row.meeting
    presenters = dict.fromkeys(Presenter(name=one.name, organisation=one.organisation) for one in speakers_of(meeting))
    occasion = Occasion(
        name=meeting.shown_title,
        about=row.summary,
        url=meeting_link(meeting),
        picture=absolute_url(picture_address(meeting)),
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
