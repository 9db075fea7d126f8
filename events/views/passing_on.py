"""What a member puts on an intranet about a meeting: a short text, a link, a calendar file. Everybody may have it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop.lib.signing import absolute_url
from events.access import announced_meeting_or_404, hidden_from, readable
from events.entries import meeting_link
from events.models import Meeting

# About how many letters stand in a line on a narrow page, so that all of the text shows.
SHORTEST_LINE = 45


@require_safe
def pass_on(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """Nothing in it is more than what the meeting's page says; nothing leads into the call."""
    found = announced_meeting_or_404(network, meeting)
    is_ahead = found.state == Meeting.State.PUBLISHED and not found.is_over(timezone.now())
    words = {
        "meeting": found,
        "network": found.network,
        "summary": readable(found.summary, found, hidden_from([found], is_member=False)[found.pk]),
        "link": meeting_link(found),
        "calendar": absolute_url(reverse("events:meeting_calendar", args=[found.network.slug, found.slug])),
    }
    text = render_to_string("events/pass_on.txt", words).strip()
    lines = sum(1 + len(line) // SHORTEST_LINE for line in text.splitlines())
    page = {**words, "is_ahead": is_ahead, "text": text, "rows": lines}
    return render(request, "events/pass_on.html", page)
