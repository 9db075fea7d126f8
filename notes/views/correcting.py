"""Suggested corrections, for those who run the network: new words, a second look, or a reason why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from events.access import organised_meeting_or_404, run_meeting_or_404
from events.models import Meeting
from members.access import organises
from members.models import User
from notes.actions import correcting, refusals
from notes.actions.checking import Found
from notes.models.corrections import Correction
from notes.rules.differences import Piece, cut_at
from notes.rules.redaction import text_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One suggestion on the page; `can_be_worded` is whether its point still stands as it was read.

    `new_text` and `reason` are what the two fields begin with: what was typed, where that was refused.
    """

    correction: Correction
    can_be_worded: bool
    new_text: str
    reason: str
    found: tuple[Found, ...]
    waits_for_another: bool

    @property
    def pieces(self) -> list[Piece]:
        marks = [(one.finding.start, one.finding.end, one.finding.severity) for one in self.found if one.is_in_text]
        return cut_at(self.correction.new_text, marks)

    @property
    def seen(self) -> str:
        """Which words were read before they were put in place."""
        return text_hash(self.correction.new_text)

    @property
    def is_blocked(self) -> bool:
        return any(one.finding.severity == "block" for one in self.found)

    @property
    def may_be_confirmed(self) -> bool:
        return not self.is_blocked and not self.waits_for_another


@sensitive_variables()
@require_safe
def corrections(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Every suggestion about the notes of one meeting; whose it is is known to nobody here."""
    return _page(request, run_meeting_or_404(request.user, meeting_id))


@sensitive_variables()
def _page(request: HttpRequest, meeting: Meeting, *, refused: int | None = None) -> HttpResponse:
    """The suggestions; `refused` is the id of the one about which something could not be done."""
    rows = Correction.objects.filter(meeting=meeting).select_related("meeting__network")
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "shown": [_shown(one, request, typed=request.POST if one.pk == refused else {}) for one in rows],
        "may_organise": organises(request.user, meeting.network),
    }
    return render(request, "notes/corrections.html", context, status=422 if refused else 200)


def _shown(correction: Correction, request: HttpRequest, *, typed: Mapping[str, str]) -> Shown:
    return Shown(
        correction=correction,
        can_be_worded=correcting.can_be_worded(correction),
        new_text=typed.get("new_text") or correction.new_text or correction.about,
        reason=typed.get("reason", ""),
        found=correcting.found_in(correction),
        waits_for_another=correction.meeting.network.needs_second_reviewer and correction.worded_by == request.user,
    )


@sensitive_post_parameters()
@require_POST
def word(request: HttpRequest, meeting_id: int, correction_id: int) -> HttpResponse:
    """An organiser says what the point is to read instead, or that it is left out."""
    organised_meeting_or_404(request.user, meeting_id)
    text = "" if "leave_out" in request.POST else request.POST.get("new_text", "").strip()

    def act(correction: Correction, by: User, at: datetime) -> None:
        if not text and "leave_out" not in request.POST:
            raise refusals.NothingWritten
        correcting.word(correction, text, by=by, at=at)

    return _decide(request, meeting_id, correction_id, act, "")


@require_POST
def confirm(request: HttpRequest, meeting_id: int, correction_id: int) -> HttpResponse:
    """Put the new words in place, or set them aside. Where two people are asked for, a note-taker may be the second."""
    run_meeting_or_404(request.user, meeting_id)
    looked = "looked" in request.POST

    def act(correction: Correction, by: User, at: datetime) -> None:
        if "aside" in request.POST:
            correcting.set_aside(correction, at=at)
        else:
            correcting.confirm(correction, by=by, looked=looked, at=at, seen=request.POST.get("seen"))

    done = "" if "aside" in request.POST else _("Corrected. Readers have the new words from now on.")
    return _decide(request, meeting_id, correction_id, act, done)


@sensitive_post_parameters()
@require_POST
def decline(request: HttpRequest, meeting_id: int, correction_id: int) -> HttpResponse:
    """Leave the point as it is, and say why."""
    organised_meeting_or_404(request.user, meeting_id)
    reason = request.POST.get("reason", "")

    def act(correction: Correction, by: User, at: datetime) -> None:
        correcting.decline(correction, reason, at=at)

    return _decide(
        request, meeting_id, correction_id, act, _("Whoever suggested it reads your answer below the notes.")
    )


@sensitive_variables()
def _decide(
    request: HttpRequest,
    meeting_id: int,
    correction_id: int,
    act: Callable[[Correction, User, datetime], None],
    done: str,
) -> HttpResponse:
    rows = Correction.objects.select_related("meeting__network")
    correction = get_object_or_404(rows, pk=correction_id, meeting=meeting_id)
    try:
        act(correction, cast("User", request.user), timezone.now())
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, correction.meeting, refused=correction.pk)
    if done:
        messages.success(request, done)
    return redirect("admin:notes_notebook_corrections", meeting_id)
