"""The speakers' way into the call, by the link in their calendar (B47). Only a redirect names where it leads (B34)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.green_rooms import entry_by_token, is_open, lets_in_from, way_in


@require_safe
def green_room(request: HttpRequest, token: str) -> HttpResponse:
    """On to the call while it is open to speakers; otherwise a page that says when to come back."""
    meeting = entry_by_token(token).meeting
    link = way_in(meeting) if is_open(meeting) else ""
    if not link:
        page = {
            "network": meeting.network,
            "meeting": meeting,
            "opens_at": lets_in_from(meeting),
            "is_over": meeting.is_over(timezone.now()),
            "is_open": is_open(meeting),
        }
        return render(request, "events/green_room.html", page)
    response = HttpResponseRedirect(link)
    response["Referrer-Policy"] = "no-referrer"
    return response
