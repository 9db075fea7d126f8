"""Bring in notes that were written elsewhere. Nothing is kept between file and points: the page carries them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from events.access import run_meeting_or_404
from events.models import AgendaItem, Meeting
from members.access import organises
from notes.actions.bringing_in import Brought, bring_in
from notes.actions.noting import open_notebook
from notes.actions.refusals import CannotBeRead, NotesAreClosed, Refused
from notes.drafting import section_titles
from notes.formats.brought.agenda import Kind, Placed, place
from notes.formats.brought.files import read_notes
from notes.formats.brought.passages import LARGEST_FILE, Unreadable, Why
from notes.forms import FileForm, PointForm, PointFormSet
from notes.models.drafts import Note

# The points of 400 passages, or the file, with the form around them.
LARGEST_REQUEST = LARGEST_FILE + 100_000


class InMemory(MemoryFileUploadHandler):
    """Draft notes are never written to the disk in clear, whatever their size; see `LARGEST_REQUEST`."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point before it is noted: `under` is its heading, `notice` what to know of it, `refusal` what is wrong."""

    text: str
    place: str = ""
    under: str = ""
    notice: str = ""
    refusal: str = ""


@csrf_exempt  # checked below: the check reads the upload, and that it stays in memory has to be said first
def bring(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = run_meeting_or_404(request.user, meeting_id)
    if int(request.headers.get("Content-Length") or 0) > LARGEST_REQUEST:
        while request.read(2**16):
            pass  # a browser shows the answer only once it has sent everything
        return _page(request, meeting, refusal=str(CannotBeRead(Why.TOO_LARGE)))
    request.upload_handlers = [InMemory(request)]
    return _bring(request, meeting)


@csrf_protect
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def _bring(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return _page(request, meeting)
    if "form-TOTAL_FORMS" in request.POST:
        return _note(request, meeting)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, meeting, form=form)
    try:
        points = _points(meeting, form.cleaned_data["file"].read())
    except CannotBeRead as refusal:
        return _page(request, meeting, refusal=str(refusal))
    return _page(request, meeting, points=points)


def _points(meeting: Meeting, whole: bytes) -> list[Point]:
    """The file's passages, each with the place its heading gives it."""
    agenda = list(meeting.agenda.all())
    titles = section_titles(meeting)
    try:
        placed = place(read_notes(whole), [part.title for part in agenda])
    except Unreadable as wrong:
        raise CannotBeRead(wrong.why) from None
    return [_point(one, agenda[one.part] if one.part is not None else None, titles) for one in placed]


def _point(placed: Placed, part: AgendaItem | None, titles: dict[int, str]) -> Point:
    text, under = placed.passage.text, titles[part.pk] if part else _heading(placed)
    if part and part.basis == AgendaItem.Basis.CONFIDENTIAL:
        return _left_out(text, under, _("This part is confidential: nothing is noted."))
    if placed.kind == Kind.HEADING:
        return _left_out(text, under, _("A heading that is not on the agenda."))
    if placed.kind == Kind.PRESENCE:
        return _left_out(text, under, _("Who was there is not noted."))
    if part and part.kind == AgendaItem.Kind.ACTIONS:
        return Point(text=text, under=under, place=Note.Kind.ACTION)
    if placed.kind == Kind.POINT:
        return Point(text=text, under=under, place=str(part.pk) if part else "")
    return Point(text=text, under=under, place=placed.kind)


def _left_out(text: str, under: str, notice: str) -> Point:
    return Point(text=text, under=under, place=PointForm.OUT, notice=notice)


def _heading(placed: Placed) -> str:
    if placed.kind in {Kind.TAKEAWAY, Kind.ACTION} or not placed.under:
        return placed.under or _("Before the first heading")
    return _("“%(words)s”, which is not on the agenda") % {"words": placed.under}


def _note(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Note the points as they were edited; those that cannot be noted come back, each with its reason."""
    forms = PointFormSet(request.POST, form_kwargs={"places": PointForm.places_of(meeting)})
    forms.is_valid()
    refused = [_wrong(form) for form in forms if form.errors]
    wanted = [form for form in forms if not form.errors and not form.is_left_out]
    parts = {str(part.pk): part for part in meeting.agenda.all()}
    try:
        answers = bring_in(open_notebook(meeting), [_brought(form, parts) for form in wanted])
    except NotesAreClosed as refusal:
        return _page(request, meeting, refusal=str(refusal), points=[_wrong(form) for form in forms])
    refused += [_wrong(form, answer) for form, answer in zip(wanted, answers, strict=True) if answer]
    count = answers.count(None)
    said = ngettext("%(count)d point is noted.", "%(count)d points are noted.", count) % {"count": count}
    if not refused:
        messages.success(request, said)
        return redirect("admin:notes_notebook_desk", meeting.pk)
    again = _("%(said)s The others are below: each says why.") % {"said": said}
    return _page(request, meeting, refusal=again, points=refused)


def _brought(form: PointForm, parts: dict[str, AgendaItem]) -> Brought:
    where = form.cleaned_data["place"]
    kind = where if where in {Note.Kind.TAKEAWAY, Note.Kind.ACTION} else Note.Kind.POINT
    return Brought(text=form.cleaned_data["text"], agenda_item=parts.get(where), kind=kind)


def _wrong(form: PointForm, refusal: Refused | None = None) -> Point:
    """The point as it was typed, with what is wrong with it."""
    errors = [str(refusal)] if refusal else [str(error) for errors in form.errors.values() for error in errors]
    return Point(text=form["text"].value() or "", place=form["place"].value() or "", refusal=" ".join(errors))


def _page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    form: FileForm | None = None,
    points: list[Point] | None = None,
    refusal: str = "",
) -> HttpResponse:
    initial = [{"text": point.text, "place": point.place} for point in points or []]
    forms = PointFormSet(initial=initial, form_kwargs={"places": PointForm.places_of(meeting)})
    rows = list(zip(points or [], forms, strict=True))
    for point, one in rows:
        if point.refusal:
            told = {"aria-invalid": "true", "aria-describedby": f"{one['text'].auto_id}_error"}
            one.fields["text"].widget.attrs.update(told)
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "notebook": open_notebook(meeting),
        "may_organise": organises(request.user, meeting.network),
        "form": form or FileForm(),
        "refusal": refusal,
        "forms": forms,
        "rows": rows,
    }
    return render(request, "notes/bring.html", context)
