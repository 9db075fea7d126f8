"""The panel's page about the speakers of a meeting: what is missing of each, and one press to ask for it (B46)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from cop.lib.http import number_in
from events.access import meeting_of_duty_or_404
from events.actions.green_rooms import bring_entries_up_to_date, keep_green_room, overdue_entries
from events.actions.speaking import NotAsked, ask_speaker, take_links_back, thank_speakers
from events.forms.speakers import GreenRoomForm
from events.green_rooms import expected_at, green_room_of
from events.models import Meeting, Speaker
from events.talks import WORDS, asked_lately, missing_of, speakers_of, waiting_recordings, wanting_of
from members.models import User
from members.rules.roles import Duty


@dataclass(frozen=True, slots=True)
class Appearance:
    """One speaker as the organisers see them. `may_be_asked` is whether a press would write to them now."""

    speaker: Speaker
    missing: list[Promise]
    may_be_thanked: bool
    was_asked: bool
    asked_lately: bool
    may_be_asked: bool


@require_http_methods(["GET", "HEAD", "POST"])
def speakers(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Who speaks, what is missing, and the recordings that wait for a yes."""
    meeting, user = meeting_of_duty_or_404(request.user, meeting_id, Duty.SPEAKERS)
    room = green_room_of(meeting)
    form = GreenRoomForm(request.POST if "green_room" in request.POST else None, instance=room)
    if request.method == "POST" and ("green_room" not in request.POST or form.is_valid()):
        do_what_was_pressed(request, meeting, user, form)
        return redirect("admin:events_meeting_speakers", meeting.pk)
    known = list(appearances(meeting, at=timezone.now()))
    page = {
        "network": meeting.network,
        "meeting": meeting,
        "without_speaker": wanting_of(meeting).talks,
        "appearances": known,
        "may_ask": sum(one.may_be_asked for one in known),
        "may_thank": meeting.is_over(timezone.now()) and sum(one.may_be_thanked for one in known),
        "recordings": waiting_recordings(meeting),
        "form": form,
        "expected_at": expected_at(meeting),
        "entries": overdue_entries(meeting).count,
    }
    return render(request, "events/speakers.html", page, status=422 if form.errors else 200)


def appearances(meeting: Meeting, *, at: datetime) -> Iterator[Appearance]:
    for speaker in speakers_of(meeting):
        missing, lately = missing_of(speaker), asked_lately(speaker, at=at)
        wanted = bool(missing) or speaker.asked_at is None
        yield Appearance(
            speaker=speaker,
            missing=[WORDS[item] for item in missing],
            may_be_thanked=bool(speaker.address) and speaker.thanked_at is None,
            was_asked=speaker.asked_at is not None,
            asked_lately=lately,
            may_be_asked=bool(speaker.address) and wanted and not lately,
        )


def do_what_was_pressed(request: HttpRequest, meeting: Meeting, user: User, form: GreenRoomForm) -> None:
    """Ask one, ask all, or take one's links back, and say what came of it."""
    if "green_room" in request.POST:
        keep_green_room(meeting, **form.cleaned_data)
        messages.success(request, _("Saved. Nobody has been written to."))
    elif "entries" in request.POST:
        sent = bring_entries_up_to_date(meeting, by=user)
        words = ngettext("An entry is on its way to %d speaker.", "Entries are on their way to %d speakers.", sent)
        messages.success(request, words % sent)
    elif "ask_all" in request.POST:
        asked = sum(ask(one.speaker, user) == "" for one in list(appearances(meeting, at=timezone.now())))
        words = ngettext("A letter is on its way to %d speaker.", "Letters are on their way to %d speakers.", asked)
        messages.success(request, words % asked)
    elif "ask" in request.POST:
        refusal = ask(speaker_in(meeting, request.POST["ask"]), user)
        if refusal:
            messages.warning(request, refusal)
        else:
            messages.success(request, _("A letter is on its way."))
    elif "thank" in request.POST:
        thanked = thank_speakers(meeting, by=user, at=timezone.now())
        words = ngettext("Thanks are on their way to %d speaker.", "Thanks are on their way to %d speakers.", thanked)
        messages.success(request, words % thanked)
    elif "take_back" in request.POST:
        take_links_back(speaker_in(meeting, request.POST["take_back"]))
        messages.success(request, _("The links that are out lead nowhere now. Write again to send a new one."))


def speaker_in(meeting: Meeting, said: str) -> Speaker:
    return get_object_or_404(Speaker, pk=number_in(said), agenda_item__meeting=meeting)


def ask(speaker: Speaker, user: User) -> str:
    """Write to them; why not, where that is not to be."""
    try:
        ask_speaker(speaker, by=user, at=timezone.now())
    except NotAsked as refusal:
        return str(refusal)
    return ""
