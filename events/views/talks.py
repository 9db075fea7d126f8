"""Short talks: members offer one for a meeting, organisers call for them and answer (B70)."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from cop.lib.http import number_in
from events.access import announced_meeting_or_404, member_of_network_or_404, organised_meeting_or_404
from events.actions.offering import (
    OfferingRefused,
    accept_talk,
    call_for_talks,
    decline_talk,
    end_call,
    offer_talk,
    open_call,
    take_offer_back,
)
from events.forms.speakers import WHO
from events.models import Meeting, TalkCall, TalkOffer
from events.rules.talks import LONGEST_TEXT, LONGEST_TITLE
from members.models import User

METHODS = ["GET", "HEAD", "POST"]


class OfferForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Title of your talk"),
        widget=forms.TextInput(attrs={"maxlength": LONGEST_TITLE, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Give the talk a title.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What it is about, in two sentences"),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT}),
        error_messages={"required": gettext_lazy("Say in a sentence or two what it is about.")},
        help_text=gettext_lazy("If it is taken, this stands on the meeting’s page, for everybody."),
    )
    name_seen_by = forms.ChoiceField(
        label=gettext_lazy("If it is taken, your name and organisation are seen by"),
        choices=WHO,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who may see your name. You can change it later.")},
    )


class CallForm(forms.Form):
    closes_on = forms.DateField(
        label=gettext_lazy("Offers until the end of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose the last day.")},
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes each"), min_value=1, max_value=60, initial=5)


@login_required
@require_http_methods(METHODS)
def offer(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """For members: offer a talk, see what became of it, take it back."""
    _where, user = member_of_network_or_404(request.user, network)
    found, now = announced_meeting_or_404(network, meeting), timezone.now()
    own = found.talk_offers.filter(user=user).first()
    call = open_call(found, at=now)
    if own is None and call is None:
        raise Http404
    form = OfferForm(request.POST if request.method == "POST" and "take_back" not in request.POST else None)
    try:
        if "take_back" in request.POST:
            take_offer_back(found, user)
            messages.success(request, _("Your offer is taken back."))
            return redirect(request.path if call else found)
        if form.is_valid():
            offer_talk(found, user, **form.cleaned_data, at=now)
            messages.success(request, _("Thank you. The organisers see your offer, and you hear from them."))
            return redirect(request.path)
    except OfferingRefused as refused:
        if not form.is_bound:
            messages.error(request, str(refused))
            return redirect(request.path)
        form.add_error(None, str(refused))
    page = {"network": found.network, "meeting": found, "offer": own, "call": call, "form": form}
    return render(request, "events/talks.html", page, status=422 if form.errors else 200)


@require_http_methods(METHODS)
def calling(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """In the panel, for organisers: the call, and the offers."""
    meeting, user = organised_meeting_or_404(request.user, meeting_id)
    call = TalkCall.objects.filter(meeting=meeting).first()
    kept = {"closes_on": call.closes_at.astimezone(meeting.zone).date(), "minutes": call.minutes} if call else None
    form = CallForm(request.POST if "call" in request.POST else None, initial=kept)
    if request.method == "POST" and ("call" not in request.POST or form.is_valid()):
        messages.success(request, do_what_was_pressed(request, meeting, user, form))
        return redirect(request.path)
    page = {
        "network": meeting.network,
        "meeting": meeting,
        "call": call,
        "form": form,
        "is_open": open_call(meeting, at=timezone.now()) is not None,
        "offers": meeting.talk_offers.select_related("user"),
    }
    return render(request, "events/calling.html", page, status=422 if form.errors else 200)


def do_what_was_pressed(request: HttpRequest, meeting: Meeting, user: User, form: CallForm) -> str:
    """Call, end the call, or answer the offer whose button it was; what to say of it."""
    if "call" in request.POST:
        said = form.cleaned_data
        call_for_talks(meeting, closes_at=end_of(said["closes_on"], meeting.zone), minutes=said["minutes"])
        return _("Members find the call on the meeting’s page. Nobody is written to.")
    if "end" in request.POST:
        end_call(meeting)
        return _("No more offers are taken.")
    pressed = next((one for one in ("accept", "decline") if one in request.POST), "")
    if (number := number_in(request.POST.get(pressed, ""))) is None:
        raise Http404
    found = get_object_or_404(TalkOffer, meeting=meeting, pk=number)
    if pressed == "accept":
        taken = accept_talk(found, by=user)
        return _("It is in the agenda, and they are told.") if taken else _("It has been answered already.")
    declined = decline_talk(found, words=request.POST.get(f"words-{found.pk}", "")[:1000], by=user)
    return _("They are told, kindly.") if declined else _("It has been answered already.")


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last minute of a day where the meeting is."""
    return datetime.combine(day, time(23, 59), zone)
