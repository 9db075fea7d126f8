"""A person's own calendar of meetings, for their calendar program: an address that only they know (B39)."""

from typing import cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop.lib.signing import absolute_url
from events.access import own_calendar_or_404, registration_of
from events.actions.own_calendars import end_own_calendar, make_own_calendar
from events.entries import calendar_entries
from events.formats import ical
from events.models import Meeting, OwnCalendar, Registration
from events.views.joining import calendar_file, let_in
from members.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def own_calendar(request: HttpRequest) -> HttpResponse:
    """Whether there is an address; a press makes one, which is shown in the answer and never again."""
    user, address = cast("User", request.user), ""
    if request.method == "POST":
        token = make_own_calendar(user, on=timezone.localdate())
        address = absolute_url(reverse("events:own_calendar_feed", args=[token]))
    page = {
        "calendar": OwnCalendar.objects.filter(user=user).first(),
        "address": address,
        "opens_program": urlsplit(address)._replace(scheme="webcal").geturl() if address else "",
    }
    return render(request, "events/own_calendar.html", page)


@require_POST
@login_required
def end(request: HttpRequest) -> HttpResponse:
    end_own_calendar(cast("User", request.user))
    messages.success(request, _("The address leads nowhere now. Your calendar program will say so."))
    return redirect("events:own_calendar")


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """All meetings at which its owner has a place, or had one when they were cancelled."""
    user = own_calendar_or_404(token).user
    places = Registration.objects.of(user).with_place().filter(meeting__in=Meeting.objects.public())
    rows = places.select_related("meeting__network").order_by("meeting__starts_at", "pk")
    entries = calendar_entries(rows, token=token)
    return calendar_file(ical.publish(entries, name=_("My meetings")), "PUBLISH", name="my-meetings")


@require_http_methods(["GET", "HEAD", "POST"])
def join_from_calendar(request: HttpRequest, token: str, meeting_id: int) -> HttpResponse:
    """Into the call from an entry of that calendar, as long as the calendar's address is good (B34)."""
    user = own_calendar_or_404(token).user
    announced = Meeting.objects.public().select_related("network", "series")
    own = registration_of(user, get_object_or_404(announced, pk=meeting_id))
    if own is None:
        raise Http404
    return let_in(request, own)
