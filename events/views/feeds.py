"""The programme for programs: a calendar, Atom and JSON Feed. No way into a call, nobody but who speaks (B10)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cop.lib.signing import absolute_url
from events.actions.dating import date_stories
from events.entries import meeting_link, public_entries
from events.formats import ical
from events.formats.feeds import Channel, Dated, Story, json_feed
from events.models import Meeting
from events.views.listing import Row, rows
from members.access import network_or_404
from members.models import Network

# A calendar keeps what was there for two years; news are of the latest meetings.
LOOKS_BACK = timedelta(days=731)
MOST_NEWS = 40
SEEN_FOR = timedelta(days=90)
# What an empty feed says of its age.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Atom(Atom1Feed):
    """Django's, whose empty feed would be another each second."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=LONG_AGO)


@require_safe
def calendar(request: HttpRequest, network: str) -> HttpResponseBase:
    home, now = home_of(network), timezone.now()
    meetings = Meeting.objects.of(home).public().filter(ends_at__gt=now - LOOKS_BACK).order_by("starts_at", "pk")
    found = rows(meetings, is_member=False, now=now)
    dated = date_stories({row.meeting: story_of(row) for row in found}, at=now)
    entries = [
        replace(entry, stamped_at=one.changed_at)
        for entry, one in zip(public_entries([row.meeting for row in found]), dated, strict=True)
    ]
    text = ical.publish(entries, name=home.name, about=home.tagline)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = f'inline; filename="{home.slug}.ics"'
    return kept_by_programs(request, response)


@require_safe
def atom(request: HttpRequest, network: str) -> HttpResponseBase:
    home = home_of(network)
    channel = channel_of(home, "events:atom")
    feed = Atom(
        title=channel.title,
        link=channel.home,
        description=None,
        subtitle=channel.about or None,
        language=channel.language,
        author_name=channel.title,
        author_link=channel.home,
        feed_url=channel.address,
        feed_guid=channel.address,
    )
    for one in news(home):
        feed.add_item(
            title=one.story.title,
            link=one.story.url,
            description=one.story.html,
            unique_id=one.story.key,
            pubdate=one.first_at,
            updateddate=one.changed_at,
            categories=one.story.topics,
        )
    return kept_by_programs(request, HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))


@require_safe
def json(request: HttpRequest, network: str) -> HttpResponseBase:
    home = home_of(network)
    text = json_feed(channel_of(home, "events:json_feed"), news(home))
    return kept_by_programs(request, HttpResponse(text, content_type="application/feed+json; charset=utf-8"))


def home_of(slug: str) -> Network:
    """The network, in whose language all is said from here on: what changes is found by comparing."""
    home = network_or_404(slug)
    translation.activate(home.language)
    return home


def channel_of(network: Network, view: str) -> Channel:
    return Channel(
        title=network.name,
        about=network.tagline,
        home=absolute_url(network.get_absolute_url()),
        address=absolute_url(reverse(view, args=[network.slug])),
        language=network.language,
    )


def news(network: Network) -> Sequence[Dated]:
    """What there is to tell of the latest meetings, what has changed last first."""
    now = timezone.now()
    found = rows(Meeting.objects.of(network).public()[:MOST_NEWS], is_member=False, now=now)
    dated = date_stories({row.meeting: story_of(row) for row in found}, at=now)
    return sorted(dated, key=lambda one: one.changed_at, reverse=True)


def story_of(row: Row) -> Story:
    """A meeting as a stranger reads of it on our pages; the same tomorrow, if nobody changes it."""
    meeting = row.meeting
    is_off = meeting.state == Meeting.State.CANCELLED
    return Story(
        key=f"urn:uuid:{meeting.calendar_uid}",
        url=meeting_link(meeting),
        title=_("Cancelled: %s") % meeting.shown_title if is_off else meeting.shown_title,
        html=" ".join(render_to_string("events/story.html", {"row": row, "meeting": meeting}).split()),
        topics=tuple(topic.name for topic in meeting.topics.all()),
        edition=meeting.calendar_sequence,
    )


def kept_by_programs(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """The answer, or that nothing has changed (RFC 9110 §13). Programs ask each time: what is withdrawn is gone."""
    etag = quote_etag(sha256(response.content).hexdigest()[:32])
    since = _since(request.path, etag)
    response["ETag"], response["Last-Modified"] = etag, http_date(since)
    response["Cache-Control"] = "public, no-cache"
    return get_conditional_response(request, etag, since, response) or response


def _since(path: str, etag: str) -> int:
    """When this was first seen at this address, in seconds; a cache that forgets makes it newer, never older."""
    key, now = f"told:{sha256(path.encode()).hexdigest()}", int(timezone.now().timestamp())
    known, since = cache.get(key, ("", now))
    if known == etag:
        return int(since)
    cache.set(key, (etag, now), SEEN_FOR.total_seconds())
    return now
