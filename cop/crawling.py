"""What search engines are told: which pages there are for everybody, and where not to look."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cop.lib.signing import absolute_url
from cop.search.finding import announced_topics
from events.models import Meeting
from events.views.listing import written_up_meetings
from members.models import Network

# Personal links, one's own pages, and the work behind; nothing there is for everybody.
NOT_FOR_EVERYBODY = ("/p/", "/me/", "/accounts/", "/admin/", "/mail/")
# More than a sitemap may hold (https://www.sitemaps.org/protocol.html) is more than any community meets.
MOST_ADDRESSES = 50_000


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_EVERYBODY)]
    lines += ["", f"Sitemap: {absolute_url(reverse('sitemap'))}", ""]
    return for_all(HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages of networks that are listed on the front page."""
    page = {"addresses": [absolute_url(path) for path in list(public_pages())[:MOST_ADDRESSES]]}
    return for_all(render(request, "sitemap.xml", page, content_type="application/xml"))


def public_pages() -> Iterator[str]:
    networks = list(Network.objects.public().order_by("pk"))
    for network in networks:
        yield network.get_absolute_url()
        yield reverse("events:archive", args=[network.slug])
        yield from (reverse("topic", args=[network.slug, topic.slug]) for topic in announced_topics(network))
        if network.publishes_write_ups:
            yield reverse("notes:write_ups", args=[network.slug])
    meetings = list(Meeting.objects.public().filter(network__in=networks).select_related("network"))
    written_up = written_up_meetings(meetings)
    for meeting in meetings:
        yield meeting.get_absolute_url()
        if meeting.pk in written_up:
            yield reverse("notes:write_up", args=[meeting.network.slug, meeting.slug])


def for_all(response: HttpResponse) -> HttpResponse:
    """The same for everybody, for an hour."""
    response["Cache-Control"] = "public, max-age=3600"
    return response
