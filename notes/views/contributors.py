"""Those who run the network and their contributors: who was asked, what was agreed to in the meeting, other words."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from cop.lib.markdown import render_markdown
from events.access import organised_meeting_or_404, run_meeting_or_404
from events.models import Meeting
from members.access import organises
from notes.actions import refusals
from notes.actions.asking import remind, remindable
from notes.actions.noting import open_notebook
from notes.actions.vouching import has_chosen, keep_words, record_consent, use_suggested_words
from notes.drafting import person_with, roster
from notes.models.drafts import Note, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution, Audience
from notes.views.choices import level_from, options_for_them


@dataclass(frozen=True, slots=True)
class Asked:
    """One person who was asked, and whether they have answered: never what (R12)."""

    name: str
    answered: bool


@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Who was asked and who has answered; the others can be reminded, once."""
    meeting, organiser = organised_meeting_or_404(request.user, meeting_id)
    notebook = open_notebook(meeting)
    if request.method == "POST":
        try:
            count = remind(notebook, by=organiser, at=timezone.now())
        except refusals.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            sentence = ngettext("%(count)d contributor is reminded.", "%(count)d contributors are reminded.", count)
            messages.success(request, sentence % {"count": count})
        return redirect("admin:notes_notebook_asked", meeting.pk)
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "notebook": notebook,
        "may_organise": True,
        "asked": _asked(notebook),
        "remindable": len(remindable(notebook, at=timezone.now())),
    }
    return render(request, "notes/asked.html", context)


def _asked(notebook: Notebook) -> list[Asked]:
    people = roster(notebook.meeting)
    found = [(person_with(one.contributor, people), one.answered) for one in notebook.requests.all()]
    return sorted((Asked(one.name, answered) for one, answered in found if one), key=lambda one: one.name.casefold())


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def agreed(request: HttpRequest, meeting_id: int, note_id: int) -> HttpResponse:
    """Write down what a contributor agreed to in the meeting; they see it on their own page, and may lower it."""
    meeting, organiser = organised_meeting_or_404(request.user, meeting_id)
    note = _note_or_404(meeting, note_id)
    refusal, level = "", level_from(request.POST.get("level", ""))
    if request.method == "POST":
        try:
            record_consent(
                note,
                level=level,
                audience=Audience.PUBLIC if "public" in request.POST else Audience.NETWORK,
                remark=request.POST.get("remark", ""),
                seen=request.POST.get("seen", ""),
                by=organiser,
                at=timezone.now(),
            )
        except refusals.Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Written down. The contributor sees it on their own page, and may change it."))
            return redirect(f"{reverse('admin:notes_notebook_desk', args=[meeting.pk])}#item-{note.pk}")
    person = person_with(note.contributor, roster(meeting)) if note.contributor else None
    cap = Attribution(meeting.attribution_cap)
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "note": note,
        "html": render_markdown(note.text),
        "seen": text_hash(note.text),
        "person": person,
        "options": options_for_them(person.participant, cap, str(int(level))) if person else [],
        "has_chosen": has_chosen(note),
        "is_kept_out": note.is_excluded,
        "remark": request.POST.get("remark", ""),
        "public": "public" in request.POST,
        "refusal": refusal,
    }
    return render(request, "notes/agreed.html", context, status=422 if refusal else 200)


@sensitive_post_parameters()
@require_POST
def words(request: HttpRequest, meeting_id: int, note_id: int) -> HttpResponse:
    """Use the words a contributor suggested, or leave the item as it was."""
    meeting = run_meeting_or_404(request.user, meeting_id)
    note, seen = _note_or_404(meeting, note_id), request.POST.get("seen", "")
    try:
        if "use" in request.POST:
            use_suggested_words(note, seen=seen, may_lift=organises(request.user, meeting.network))
        else:
            keep_words(note, seen=seen)
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
    page = "review" if request.POST.get("from") == "review" else "desk"
    return redirect(f"{reverse(f'admin:notes_notebook_{page}', args=[meeting.pk])}#item-{note.pk}")


def _note_or_404(meeting: Meeting, note_id: int) -> Note:
    rows = Note.objects.select_related("agenda_item", "consent", "notebook__meeting__network")
    return get_object_or_404(rows, pk=note_id, notebook__meeting=meeting)
