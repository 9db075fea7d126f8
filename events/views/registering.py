"""Registering, and one's own registration."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop.lib.http import network_address
from cop.lib.signing import personal_token
from events.access import announced_meeting_or_404, registration_by_token, registration_of, standing
from events.actions.access_needs import note_access_need
from events.actions.answering import takes_feedback
from events.actions.asking import why_shut
from events.actions.registering import (
    MeetingHasBegun,
    RegistrationIsClosed,
    cancel_registration,
    register_guest,
    register_member,
    speak_for_oneself,
)
from events.actions.standing_places import take_standing_place
from events.forms.participants import GuestForm, OwnRegistrationForm
from events.models import Meeting, Registration
from events.models.registrations import HAVE_A_PLACE
from events.views.listing import noted_meetings
from members.actions.limiting import is_within
from members.models import User

HOUR = timedelta(hours=1)
State = Registration.State


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """One press for those who are signed in, a short form for guests (B29)."""
    found = announced_meeting_or_404(network, meeting)
    if request.method == "POST" and isinstance(request.user, User):
        return register_signed_in(request, found, request.user)
    form = GuestForm(request.POST or None)
    if form.is_valid() and is_within_limits(request, form, found):
        try:
            note_access_need(register_guest(found, form.guest()), form.cleaned_data["access_need"])
            return redirect("events:registered", found.network.slug, found.slug)
        except RegistrationIsClosed as closed:
            form.add_error(None, str(closed))
    status = 429 if form.has_error("__all__", "too_many") else 422 if request.method == "POST" else 200
    own = registration_of(request.user, found)
    page = {"network": found.network, "meeting": found, "form": form}
    page["standing"] = standing(found, own, at=timezone.now())
    return render(request, "events/register.html", page, status=status)


def register_signed_in(request: HttpRequest, meeting: Meeting, user: User) -> HttpResponse:
    """Back to the meeting, which now says so. Whoever was on the list already gets no letter, nor word of one."""
    before = registration_of(user, meeting)
    is_new = before is None or before.state == State.CANCELLED
    every = meeting.series if "every" in request.POST else None
    try:
        registration = register_member(meeting, user)
        if every:
            take_standing_place(every, user)
    except RegistrationIsClosed as closed:
        messages.error(request, str(closed))
    else:
        said = [said_of(registration)] if is_new else [] if every else [_("You are on the list already.")]
        always = [_("You come to every meeting. We write to you as each is announced.")] if every else []
        messages.success(request, " ".join([*said, *always]))
    return redirect(meeting)


def said_of(registration: Registration) -> str:
    if registration.state == State.WAITING:
        return _("You are on the waiting list. We write to you as soon as a place is yours.")
    return _("You have a place. The letter with the entry for your calendar is on its way.")


def is_within_limits(request: HttpRequest, form: GuestForm, meeting: Meeting) -> bool:
    """Whether a letter may go out: four an hour to one address for a meeting, sixty from one place (an office)."""
    to = f"{meeting.pk} {form.cleaned_data['email'].lower()}"
    if not is_within("register from", network_address(request), most=60, every=HOUR):
        form.add_error(
            None, ValidationError(_("Too many people registered from here. Try again in an hour."), "too_many")
        )
    elif not is_within("register to", to, most=4, every=HOUR):
        words = _("We have written to this address several times just now. Look into the mailbox, and its junk folder.")
        form.add_error(None, ValidationError(words, "too_many"))
    return form.is_valid()


@require_safe
def registered(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """What a guest is told, whoever they are and whatever came of it: the letter says the rest."""
    found = announced_meeting_or_404(network, meeting)
    return render(request, "events/registered.html", {"network": found.network, "meeting": found})


@require_http_methods(["GET", "HEAD", "POST"])
def my_registration(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's own registration, without an account. Opening it changes nothing; the buttons do (B36, R14)."""
    registration = registration_by_token(token, "registration")
    form = OwnRegistrationForm(request.POST or None, instance=registration)
    if form.is_valid():
        said = form.cleaned_data
        speak_for_oneself(
            registration, form.guest(), do_not_note=said["do_not_note"], also_known_as=said["also_known_as"]
        )
        messages.success(request, _("Saved."))
        return redirect("events:my_registration", token)
    page = {
        "network": registration.meeting.network,
        "meeting": registration.meeting,
        "registration": registration,
        "standing": standing(registration.meeting, registration, at=timezone.now()),
        "form": form,
        "token": token,
        "takes_feedback": registration.state in HAVE_A_PLACE
        and takes_feedback(registration.meeting, at=timezone.now()),
        "may_ask": registration.state in HAVE_A_PLACE and not why_shut(registration.meeting, at=timezone.now()),
        "join_token": personal_token("join", registration.pk),
        "may_read_notes": may_read_notes(registration),
    }
    return render(request, "events/my_registration.html", page, status=422 if form.errors else 200)


def may_read_notes(registration: Registration) -> bool:
    """Whether there are notes that this guest may read by this link (R12)."""
    meeting = registration.meeting
    allowed = meeting.network.guests_may_read and registration.is_guest_who_came
    return allowed and meeting.pk in noted_meetings([meeting])


@require_POST
def cancel_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The button on that page; a letter confirms it."""
    give_back(request, registration_by_token(token, "registration"))
    return redirect("events:my_registration", token)


@require_POST
@login_required
def cancel(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """The same for those who are signed in, from the meeting's page."""
    found = announced_meeting_or_404(network, meeting)
    own = registration_of(request.user, found)
    if own is not None:
        give_back(request, own)
    return redirect(found)


def give_back(request: HttpRequest, registration: Registration) -> None:
    """Cancel, and say how that went."""
    try:
        cancel_registration(registration)
    except MeetingHasBegun:
        messages.error(request, _("The meeting has begun, so there is nothing to cancel any more."))
    else:
        messages.success(request, _("You are no longer on the list. We have written you a receipt."))
