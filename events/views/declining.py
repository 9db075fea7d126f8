"""“I can’t come”: one press, on the meeting's page or from a letter. Opening the link changes nothing (B41, R14)."""

from contextlib import suppress

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cop.lib.signing import read_personal_token
from events.access import announced_meeting_or_404
from events.actions.declining import say_cannot_come
from events.actions.registering import MeetingHasBegun, RegistrationIsClosed
from events.entries import cannot_come_purpose
from events.models import Meeting, Registration
from members.access import Visitor, is_member
from members.models import Kind, User
from members.subscriptions import unwilling


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cannot_come(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """Signed in."""
    return answer(request, announced_meeting_or_404(network, meeting), request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def cannot_come_by_link(request: HttpRequest, token: str, meeting_id: int) -> HttpResponse:
    """From a letter, without signing in."""
    user = get_object_or_404(User, pk=read_personal_token(token, cannot_come_purpose(meeting_id), None), is_active=True)
    announced = Meeting.objects.public().select_related("network", "series")
    return answer(request, get_object_or_404(announced, pk=meeting_id), user)


def answer(request: HttpRequest, meeting: Meeting, user: Visitor) -> HttpResponse:
    """The button, or what came of it; `Http404` for whom the meeting does not expect."""
    own = meeting.registrations.of(user).first() if isinstance(user, User) else None
    if not isinstance(user, User) or not (own or is_member(user, meeting.network)):
        raise Http404
    if request.method == "POST":
        # Where it is too late the page says so, pressed or not.
        with suppress(RegistrationIsClosed, MeetingHasBegun):
            say_cannot_come(meeting, user)
        return redirect(request.path)
    page = {
        "network": meeting.network,
        "meeting": meeting,
        "has_said_so": own is not None and own.state == Registration.State.CANCELLED,
        "has_place": own is not None and own.state == Registration.State.REGISTERED,
        "closed": meeting.why_closed(timezone.now()),
        "has_begun": meeting.starts_at <= timezone.now(),
        "gets_notes": notes_reach(user, meeting),
    }
    return render(request, "events/cannot_come.html", page)


def notes_reach(user: User, meeting: Meeting) -> bool:
    """Whether they are written to when there are notes: not coming ends none of their letters."""
    address = user.email.lower()
    refused = unwilling(meeting.network, Kind.NOTES, [address], at=timezone.now())
    return is_member(user, meeting.network) and address not in refused
