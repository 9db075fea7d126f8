"""Registering by the link in an invitation: one press, and no account to sign in to (B29)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from cop.lib.signing import personal_token
from events.access import invited_by_token, registration_of, standing
from events.actions.registering import RegistrationIsClosed, register_member
from events.actions.standing_places import take_standing_place
from events.entries import cannot_come_token


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def register_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, for mail scanners open every link; the button registers."""
    meeting, user = invited_by_token(token)
    own = registration_of(user, meeting)
    if request.method == "POST" and own is None:
        try:
            own = register_member(meeting, user)
            if meeting.series and "every" in request.POST:
                take_standing_place(meeting.series, user)
        except RegistrationIsClosed:
            own = None
    if own is not None:
        return redirect("events:my_registration", personal_token("registration", own.pk))
    stands = standing(meeting, None, at=timezone.now())
    page = {
        "network": meeting.network,
        "meeting": meeting,
        "invited": user,
        "standing": stands,
        "may_decline": stands.closed is None and timezone.now() < meeting.starts_at,
        "decline_token": cannot_come_token(meeting.pk, user.pk),
    }
    return render(request, "events/invited.html", page)
