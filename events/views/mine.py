"""Where I come: my places at what is ahead, and the series I come to every meeting of (B30)."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cop.lib.http import number_in
from events.access import registration_by_token
from events.actions.colleagues import let_colleagues_know
from events.actions.standing_places import (
    NotInTheirOwnWords,
    end_standing_place,
    end_standing_place_in,
    take_standing_place_by_link,
)
from events.models import Meeting, OpenToColleagues, Registration, StandingPlace
from members.models import Membership, User

STOPPED = gettext_lazy(
    "From now on you are registered only where you register. Places at meetings that are announced already stay yours."
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def my_meetings(request: HttpRequest) -> HttpResponse:
    """What I am registered for, and the way out of what registers me by itself."""
    user = cast("User", request.user)
    if request.method == "POST":
        do_what_was_pressed(request, user)
        return redirect("events:my_meetings")
    ahead = Meeting.objects.public().upcoming(timezone.now())
    rows = Registration.objects.standing().of(user).filter(meeting__in=ahead.order_by())
    known = rows.select_related("meeting__network", "meeting__series").order_by("meeting__starts_at", "pk")
    always = StandingPlace.objects.filter(user=user).select_related("series__network")
    named = OpenToColleagues.objects.filter(membership=OuterRef("pk"))
    mine = Membership.objects.active().filter(user=user).select_related("network").annotate(is_open=Exists(named))
    page = {
        "registrations": known,
        "always": always.order_by("series__title"),
        "memberships": mine.order_by("network__name", "pk"),
        "organisation": user.organisation,
    }
    return render(request, "events/my_meetings.html", page)


def do_what_was_pressed(request: HttpRequest, user: User) -> None:
    """Stop coming always, or say whether colleagues may know that one comes."""
    if end_standing_place_in(number_in(request.POST.get("stop", "")) or 0, user):
        messages.success(request, STOPPED)
    elif let_colleagues_know(number_in(request.POST.get("name_me", "")) or 0, user, may=True):
        messages.success(request, _("From now on your colleagues may be told in their reminders that you come too."))
    elif let_colleagues_know(number_in(request.POST.get("name_me_not", "")) or 0, user, may=False):
        messages.success(request, _("From now on nobody is told that you come."))


@require_POST
def every_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from the letter, without an account: one button to come always, one to stop."""
    registration = registration_by_token(token, "registration")
    if "stop" in request.POST:
        end_standing_place(registration)
        messages.success(request, STOPPED)
    else:
        come_always(request, registration)
    return redirect("events:my_registration", token)


def come_always(request: HttpRequest, registration: Registration) -> None:
    """Take the standing place, and say how that went."""
    try:
        take_standing_place_by_link(registration)
    except NotInTheirOwnWords:
        messages.error(request, _("Say first, below, that what was typed into the form is right."))
    else:
        messages.success(request, _("You come to every meeting. We write to you as each is announced."))
