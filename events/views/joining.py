"""The way into the call, and entries for calendars. The video link is in no page: only a redirect names it (B34)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.access import announced_meeting_or_404, registration_by_token, registration_of, standing
from events.actions.attending import mark_joined
from events.actions.registering import speak_as_account
from events.entries import own_entry, public_entries
from events.formats import ical
from events.models import Registration
from members.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """Our own address of the call, the same whatever the video link is (B35)."""
    found = announced_meeting_or_404(network, meeting)
    own = registration_of(request.user, found)
    if own is None:
        messages.info(request, _("Register first: then this button brings you into the call."))
        return redirect(found)
    if request.method == "POST" and isinstance(request.user, User):
        own = speak_as_account(own, request.user)
    return let_in(request, own)


@require_http_methods(["GET", "HEAD", "POST"])
def join_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from the letter, without signing in."""
    return let_in(request, registration_by_token(token, "join"))


def let_in(request: HttpRequest, registration: Registration) -> HttpResponse:
    """On to the call while the doors are open; otherwise a page that says when to come back.

    Only a press on the button counts as having come: letters are opened by mail scanners too (R14).
    """
    meeting = registration.meeting
    stands = standing(meeting, registration, at=timezone.now())
    page = {"network": meeting.network, "meeting": meeting, "registration": registration, "standing": stands}
    if not (stands.may_join and meeting.video_link):
        return render(request, "events/join.html", page)
    if request.method == "POST":
        mark_joined(registration)
        # Not a redirect: browsers follow the answer to a form to our own pages only (form-action in our policy).
        return render(request, "events/joining.html", page)
    response = HttpResponseRedirect(meeting.video_link)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def meeting_calendar(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """The entry for anybody's calendar: no attendee, and nothing that leads into the call (B10)."""
    found = announced_meeting_or_404(network, meeting)
    return calendar_file(ical.publish(public_entries([found])), "PUBLISH", name=found.slug)


@require_safe
def my_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The entry that came with the letter, once more."""
    registration = registration_by_token(token, "registration")
    is_off = registration.state == Registration.State.CANCELLED
    write, method = (ical.cancel, "CANCEL") if is_off else (ical.request, "REQUEST")
    return calendar_file(write(own_entry(registration)), method, name=registration.meeting.slug)


def calendar_file(text: str, method: str, *, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"text/calendar; charset=utf-8; method={method}")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
