"""The note desk: for those who run the network, in the panel."""

from collections.abc import Callable
from typing import NoReturn

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from cop.lib.http import number_in
from events.access import organised_meeting_or_404, run_meeting_or_404
from events.models import AgendaItem, Meeting
from members.access import organises
from members.models import User
from notes.actions import refusals
from notes.actions.arranging import move_note, settle_order, shuffle
from notes.actions.asking import ask_contributors, unanswered, unasked
from notes.actions.jotting import jottings_of, words_of
from notes.actions.noting import add_note, delete_note, edit_note, open_notebook
from notes.drafting import UNNOTED_KINDS
from notes.forms import NoteForm
from notes.models.drafts import Jotting, Note, Notebook
from notes.views.noted import parts_of, unnoted_names


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Everything noted so far, and the composer."""
    meeting = run_meeting_or_404(request.user, meeting_id)
    notebook = open_notebook(meeting)
    kept = _kept_for(request, notebook)
    form = NoteForm(request.POST or None, meeting=meeting, initial=_next_of(request, meeting, kept))
    if request.method == "POST" and form.is_valid():
        try:
            note = add_note(notebook, **form.written())
        except refusals.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            part = note.agenda_item_id or ""
            return redirect(f"{_desk(meeting)}?part={part}#item-{note.pk}")
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "notebook": notebook,
        "parts": parts_of(notebook),
        "unnoted": unnoted_names(notebook),
        "form": form,
        "kept": [(jotting, words_of(jotting)) for jotting in kept if str(jotting.token) != str(form["token"].value())],
        "may_organise": organises(request.user, meeting.network),
        "unasked": len(unasked(notebook)),
        "unanswered": len(list(unanswered(notebook))),
    }
    return render(request, "notes/desk.html", context)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, meeting_id: int, note_id: int) -> HttpResponse:
    """Change one item. Where somebody else was faster, both texts are shown and neither is lost."""
    meeting = run_meeting_or_404(request.user, meeting_id)
    note = _notes(meeting).filter(pk=note_id).first()
    kept = words_of(found) if (found := _kept_change(request, meeting, note_id)) else {}
    if note is None and request.method != "POST" and not kept:
        raise Http404
    initial = {**(NoteForm.initial_of(note) if note else {}), **kept}
    if found:
        initial["token"] = found.token
    stands_in = note.agenda_item_id if note else None
    form = NoteForm(
        request.POST or None, meeting=meeting, stands_in=stands_in, initial=initial, auto_id=f"id_{note_id}_%s"
    )
    other: Note | None = None
    if request.method == "POST" and form.is_valid():
        try:
            edit_note(
                note or _gone(),
                revision=form.cleaned_data["revision"] or 0,
                may_lift=organises(request.user, meeting.network),
                **form.written(),
            )
        except refusals.SomebodyElseWrote as refusal:
            other = refusal.note
            form = _over(request, other, meeting)
            form.add_error(None, str(refusal))
        except refusals.ItemIsGone as refusal:
            note = None
            form.add_error(None, str(refusal))
        except refusals.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{_desk(meeting)}#item-{note_id}")
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "note": note,
        "note_id": note_id,
        "form": form,
        "other": other,
        "unnoted": unnoted_names(open_notebook(meeting)),
    }
    return render(request, "notes/item.html", context)


@require_POST
def strike(request: HttpRequest, meeting_id: int, note_id: int) -> HttpResponse:
    """Strike an item out for good."""
    meeting = run_meeting_or_404(request.user, meeting_id)
    _try(request, lambda: delete_note(_note_or_404(meeting, note_id)), _("The item is gone."))
    return redirect(_desk(meeting))


@require_POST
def move(request: HttpRequest, meeting_id: int, note_id: int) -> HttpResponse:
    meeting = run_meeting_or_404(request.user, meeting_id)
    up = request.POST.get("to") == "up"
    _try(request, lambda: move_note(_note_or_404(meeting, note_id), up=up), "")
    return redirect(f"{_desk(meeting)}#item-{note_id}")


@sensitive_post_parameters()
@require_POST
def arrange(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Shuffle the items of one part, or of all, or let their order stand; asked for at the desk or in the review."""
    meeting = run_meeting_or_404(request.user, meeting_id)
    section = request.POST.get("section") or None
    act = shuffle if request.POST.get("to") == "shuffle" else settle_order
    _try(request, lambda: act(open_notebook(meeting), section=section), "")
    page = "review" if request.POST.get("from") == "review" else "desk"
    return redirect(f"admin:notes_notebook_{page}", meeting.pk)


@require_POST
def ask(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """End the drafting and ask contributors."""
    meeting, organiser = organised_meeting_or_404(request.user, meeting_id)
    try:
        asked = ask_contributors(open_notebook(meeting), by=organiser, at=timezone.now())
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = ngettext("%(count)d contributor is asked.", "%(count)d contributors are asked.", asked)
        messages.success(request, sentence % {"count": asked})
    if request.POST.get("from") == "review":
        return redirect("admin:notes_notebook_review", meeting.pk)
    return redirect(_desk(meeting))


def _notes(meeting: Meeting) -> QuerySet[Note]:
    return Note.objects.filter(notebook__meeting=meeting).select_related("agenda_item", "notebook__meeting__network")


def _note_or_404(meeting: Meeting, note_id: int) -> Note:
    return get_object_or_404(_notes(meeting), pk=note_id)


def _gone() -> NoReturn:
    raise refusals.ItemIsGone


def _kept_for(request: HttpRequest, notebook: Notebook) -> list[Jotting]:
    """What this very person typed and has not noted: nobody else's is ever shown."""
    return jottings_of(notebook, request.user) if isinstance(request.user, User) else []


def _kept_change(request: HttpRequest, meeting: Meeting, note_id: int) -> Jotting | None:
    token = request.GET.get("go-on", "")
    kept = _kept_for(request, open_notebook(meeting))
    return next((one for one in kept if str(one.token) == token and one.changes == note_id), None)


def _over(request: HttpRequest, other: Note, meeting: Meeting) -> NoteForm:
    """The same form with what was typed, now standing on the other's revision: saving again is a decision."""
    posted = request.POST.copy()
    posted["revision"] = str(other.revision)
    fresh = NoteForm(posted, meeting=meeting, stands_in=other.agenda_item_id, auto_id=f"id_{other.pk}_%s")
    fresh.is_valid()
    return fresh


def _try(request: HttpRequest, act: Callable[[], None], done: str) -> None:
    try:
        act()
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)


def _desk(meeting: Meeting) -> str:
    return reverse("admin:notes_notebook_desk", args=[meeting.pk])


def _next_of(request: HttpRequest, meeting: Meeting, kept: list[Jotting]) -> dict[str, object]:
    """The composer stays at the part of the meeting that was written last, or goes on with words that were kept."""
    token = request.GET.get("go-on", "")
    for jotting in kept:
        if str(jotting.token) == token:
            return {**words_of(jotting), "token": jotting.token}
    if "part" not in request.GET:
        return {"agenda_item": _latest_part(meeting)}
    return {"agenda_item": meeting.agenda.filter(pk=number_in(request.GET["part"]) or 0).first()}


def _latest_part(meeting: Meeting) -> AgendaItem | None:
    """Where the talk is, as far as the notes tell: the part that was written in last, or the first."""
    newest = _notes(meeting).order_by("-pk").first()
    if newest is not None:
        return newest.agenda_item
    return meeting.agenda.exclude(kind__in=UNNOTED_KINDS).exclude(basis=AgendaItem.Basis.CONFIDENTIAL).first()
