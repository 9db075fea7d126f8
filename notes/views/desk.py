"""The note desk: for those who run the network, in the panel."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from cop.lib.markdown import render_markdown
from events.models import AgendaItem, Meeting
from members.access import organises, runs
from members.models import User
from notes.actions import refusals
from notes.actions.arranging import move_note, settle_order, shuffle
from notes.actions.asking import ask_contributors, unanswered, unasked
from notes.actions.noting import add_note, delete_note, edit_note, open_notebook
from notes.drafting import ordered_notes, roster, section_of, section_titles
from notes.forms import NoteForm
from notes.models.drafts import Note, Notebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One item on the desk."""

    note: Note
    html: SafeString
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the meeting on the desk."""

    title: str
    anchor: str
    basis: str
    items: list[Shown]


def run_meeting_or_404(request: HttpRequest, meeting_id: int) -> Meeting:
    """The meeting, for those who run its network; drafts of notes are nobody else's (R12)."""
    meeting = get_object_or_404(Meeting.objects.select_related("network", "series"), pk=meeting_id)
    if not runs(request.user, meeting.network):
        raise Http404
    return meeting


def organised_meeting_or_404(request: HttpRequest, meeting_id: int) -> tuple[Meeting, User]:
    """The meeting and the person, for organisers of its network."""
    meeting = get_object_or_404(Meeting.objects.select_related("network", "series"), pk=meeting_id)
    if not isinstance(request.user, User) or not organises(request.user, meeting.network):
        raise Http404
    return meeting, request.user


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Everything noted so far, and the composer."""
    meeting = run_meeting_or_404(request, meeting_id)
    notebook = open_notebook(meeting)
    form = NoteForm(request.POST or None, meeting=meeting, initial=_next_of(request, meeting))
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
        "parts": _parts(notebook),
        "form": form,
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
    meeting = run_meeting_or_404(request, meeting_id)
    note = _note_or_404(meeting, note_id)
    form = NoteForm(request.POST or None, meeting=meeting, initial=NoteForm.initial_of(note))
    other: Note | None = None
    if request.method == "POST" and form.is_valid():
        try:
            edit_note(
                note,
                revision=form.cleaned_data["revision"] or 0,
                may_lift=organises(request.user, meeting.network),
                **form.written(),
            )
        except refusals.SomebodyElseWrote as refusal:
            other = refusal.note
            form = _over(request, other, meeting)
            form.add_error(None, str(refusal))
        except refusals.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{_desk(meeting)}#item-{note.pk}")
    context = {"network": meeting.network, "meeting": meeting, "note": note, "form": form, "other": other}
    return render(request, "notes/item.html", context)


@require_POST
def strike(request: HttpRequest, meeting_id: int, note_id: int) -> HttpResponse:
    """Strike an item out for good."""
    meeting = run_meeting_or_404(request, meeting_id)
    _try(request, lambda: delete_note(_note_or_404(meeting, note_id)), _("The item is gone."))
    return redirect(_desk(meeting))


@require_POST
def move(request: HttpRequest, meeting_id: int, note_id: int) -> HttpResponse:
    meeting = run_meeting_or_404(request, meeting_id)
    up = request.POST.get("to") == "up"
    _try(request, lambda: move_note(_note_or_404(meeting, note_id), up=up), "")
    return redirect(f"{_desk(meeting)}#item-{note_id}")


@sensitive_post_parameters()
@require_POST
def arrange(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Shuffle the items of one part, or of all, or let their order stand; asked for at the desk or in the review."""
    meeting = run_meeting_or_404(request, meeting_id)
    section = request.POST.get("section") or None
    act = shuffle if request.POST.get("to") == "shuffle" else settle_order
    _try(request, lambda: act(open_notebook(meeting), section=section), "")
    page = "review" if request.POST.get("from") == "review" else "desk"
    return redirect(f"admin:notes_notebook_{page}", meeting.pk)


@require_POST
def ask(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """End the drafting and ask contributors."""
    meeting, organiser = organised_meeting_or_404(request, meeting_id)
    try:
        asked = ask_contributors(open_notebook(meeting), by=organiser, at=timezone.now())
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        sentence = ngettext("%(count)d contributor is asked.", "%(count)d contributors are asked.", asked)
        messages.success(request, sentence % {"count": asked})
    return redirect(_desk(meeting))


def _note_or_404(meeting: Meeting, note_id: int) -> Note:
    rows = Note.objects.select_related("agenda_item", "notebook__meeting__network")
    return get_object_or_404(rows, pk=note_id, notebook__meeting=meeting)


def _over(request: HttpRequest, other: Note, meeting: Meeting) -> NoteForm:
    """The same form with what was typed, now standing on the other's revision: saving again is a decision."""
    posted = request.POST.copy()
    posted["revision"] = str(other.revision)
    fresh = NoteForm(posted, meeting=meeting)
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


def _next_of(request: HttpRequest, meeting: Meeting) -> dict[str, object]:
    """The composer stays at the part of the meeting that was written last."""
    part = request.GET.get("part", "")
    known = (
        meeting.agenda.filter(pk=int(part)).first() if part.isascii() and part.isdigit() and len(part) < 19 else None
    )
    return {"agenda_item": known}


def _parts(notebook: Notebook) -> list[Part]:
    meeting = notebook.meeting
    titles = section_titles(meeting)
    names = {one.key: one.name for one in roster(meeting)}
    bases = {titles[part.pk]: part for part in meeting.agenda.all()}
    under: dict[str, list[Shown]] = {title: [] for title in titles.values()}
    for note in ordered_notes(notebook):
        shown = Shown(note=note, html=render_markdown(note.text), who=names.get(note.contributor, ""))
        under.setdefault(section_of(note, titles), []).append(shown)
    return [
        Part(title=title, anchor=f"part-{place}", basis=_basis(bases.get(title)), items=items)
        for place, (title, items) in enumerate(under.items(), start=1)
    ]


def _basis(part: AgendaItem | None) -> str:
    return str(part.get_basis_display()) if part else ""
