"""Adding points of one's own during and after a meeting: signed in, or by the personal link (R12: one's own only)."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cop.lib.http import number_in
from cop.lib.markdown import render_markdown
from events.access import announced_meeting_or_404, registration_by_token, registration_of
from events.models import Registration
from events.models.registrations import HAVE_A_PLACE
from notes.actions.adding import (
    add_own_point,
    change_own_point,
    delete_own_point,
    may_add,
    own_points,
    person_adding,
)
from notes.actions.refusals import Refused, SomebodyElseWrote
from notes.drafting import place_hash, standing_consent
from notes.forms import OwnPointForm
from notes.models.drafts import Note
from notes.rules.vocabulary import Attribution
from notes.views.choices import Option, level_from, options_for


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPoint:
    """One point, as members would read it, and what its writer agreed to; `is_void` where its words changed since."""

    note: Note
    html: SafeString
    text: str
    seen: str
    options: list[Option]
    is_void: bool


@login_required
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """For whoever is registered and signed in."""
    own = registration_of(request.user, announced_meeting_or_404(network, meeting))
    if own is None:
        raise Http404
    return _page(request, own, reverse("notes:points", args=[network, meeting]))


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def points_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever holds the personal link of a registration."""
    return _page(request, registration_by_token(token, "registration"), reverse("notes:points_by_link", args=[token]))


def _page(request: HttpRequest, registration: Registration, address: str) -> HttpResponse:
    if registration.state not in HAVE_A_PLACE:
        raise Http404
    form = OwnPointForm(request.POST if "add" in request.POST else None, meeting=registration.meeting)
    status = 200
    if request.method == "POST":
        try:
            if _act(request, registration, form):
                return redirect(address)
        except SomebodyElseWrote:
            messages.error(request, _("This point was changed while you wrote. Both texts are below."))
        except Refused as refusal:
            messages.error(request, str(refusal))
        status = 422
    return render(request, "notes/points.html", _context(request, registration, form), status=status)


def _act(request: HttpRequest, registration: Registration, form: OwnPointForm) -> bool:
    """Do what was pressed; whether it was done."""
    now, level = timezone.now(), level_from(request.POST.get("level", ""))
    if "add" in request.POST:
        if not form.is_valid():
            return False
        add_own_point(registration, level=level, at=now, **form.written())
        messages.success(request, _("Your point is noted."))
        return True
    point = number_in(request.POST.get("point", "")) or 0
    if "delete" in request.POST:
        delete_own_point(registration, point)
        messages.success(request, _("Your point is gone."))
    else:
        revision = number_in(request.POST.get("revision", "")) or 0
        text, seen = request.POST.get("text", "").replace("\r\n", "\n"), request.POST.get("seen")
        change_own_point(registration, point, revision=revision, text=text, level=level, at=now, seen=seen)
        messages.success(request, _("Saved."))
    return True


def _context(request: HttpRequest, registration: Registration, form: OwnPointForm) -> dict[str, object]:
    person, meeting = person_adding(registration), registration.meeting
    cap = Attribution(meeting.attribution_cap)
    chosen = request.POST.get("level", "0") if "add" in request.POST else "0"
    return {
        "network": meeting.network,
        "meeting": meeting,
        "form": form,
        "options": options_for(person.participant, cap, chosen),
        "may_add": may_add(registration, at=timezone.now()) and not person.do_not_note,
        "asked_not_to_be_noted": person.do_not_note,
        "points": [_point(request, note, registration) for note in own_points(registration)],
    }


def _point(request: HttpRequest, note: Note, registration: Registration) -> OwnPoint:
    person, cap = person_adding(registration), Attribution(note.notebook.meeting.attribution_cap)
    standing = standing_consent(note, person.participant)
    typed = request.POST.get("point") == str(note.pk)
    chosen = request.POST.get("level", "0") if typed else str(int(standing.level if standing else Attribution.NONE))
    return OwnPoint(
        note=note,
        html=render_markdown(note.text),
        text=request.POST.get("text", note.text) if typed else note.text,
        seen=place_hash(note, person.participant),
        options=options_for(person.participant, cap, chosen),
        is_void=standing is None,
    )
