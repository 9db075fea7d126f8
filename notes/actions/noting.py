"""Writing at the note desk. Every change locks the notebook, so that no edition is frozen in the middle of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from cop.lib.text import BIDI_CONTROLS
from events.models import AgendaItem, Meeting
from notes.actions import refusals
from notes.actions.contributing import contributor_of
from notes.drafting import person_with, roster
from notes.models.drafts import Note, Notebook

LONGEST_POINT = 5000


class Written(TypedDict):
    """What is typed into the desk's form."""

    text: str
    agenda_item: AgendaItem | None
    contributor: str
    kind: str
    confidential: bool
    token: UUID | None


def open_notebook(meeting: Meeting) -> Notebook:
    """The meeting's notebook, begun if there is none."""
    notebook, _ = Notebook.objects.get_or_create(meeting=meeting)
    return notebook


@contextmanager
def locked(notebook: Notebook) -> Iterator[Notebook]:
    """A transaction in which nobody else changes or freezes these notes."""
    with transaction.atomic():
        yield Notebook.objects.select_for_update(of=("self",)).select_related("meeting__network").get(pk=notebook.pk)


@contextmanager
def open_for_writing(notebook: Notebook) -> Iterator[Notebook]:
    with locked(notebook) as held:
        if not held.is_open:
            raise refusals.NotesAreClosed
        yield held


def add_note(
    notebook: Notebook,
    *,
    text: str,
    agenda_item: AgendaItem | None = None,
    contributor: str = "",
    kind: str = Note.Kind.POINT,
    confidential: bool = False,
    token: UUID | None = None,
) -> Note:
    """A new item at the end; `contributor` is a key of the roster, or "" where it is nobody's in particular.

    `token` is that of the form: the same words from the same form are one item, however often they arrive.
    """
    with open_for_writing(notebook) as held:
        again = held.items.filter(token=token).first() if token else None
        if again is not None and again.text == text.strip():
            return again
        _refuse(text=text, agenda_item=agenda_item)
        contributor = contributor_of(held, contributor)
        _is_noted(held, token)
        last = held.items.aggregate(last=Max("position"))["last"] or 0
        return held.items.create(
            text=text.strip(),
            agenda_item=agenda_item,
            contributor=contributor,
            kind=kind,
            confidential=confidential,
            position=last + 1,
            token=token,
        )


def edit_note(
    note: Note,
    *,
    revision: int,
    text: str,
    agenda_item: AgendaItem | None,
    contributor: str,
    kind: str,
    confidential: bool,
    may_lift: bool,
    token: UUID | None = None,
) -> Note:
    """The item with these words; `revision` is the one the writer had before them.

    A consent to other words is void by its digest (R2), and whoever gave it is asked again. `may_lift` is whether
    the writer may make a confidential item open: an organiser may, a note-taker may not (R5).
    """
    with open_for_writing(note.notebook) as held:
        current = held.items.select_related("agenda_item").filter(pk=note.pk).first()
        if current is None:
            raise refusals.ItemIsGone
        wanted = (text.strip(), agenda_item, contributor, kind, confidential)
        if current.revision != revision and wanted != _as_it_stands(current):
            raise refusals.SomebodyElseWrote(current, text)
        _refuse(text=text, agenda_item=agenda_item)
        contributor = contributor_of(held, contributor)
        _refuse_change(held, current, contributor=contributor, lifts=not (confidential or may_lift))
        if (current.text, current.contributor) != (text.strip(), contributor):
            _ask_again(held, {current.contributor, contributor})
            current.suggested_text = ""
        if (current.agenda_item, current.kind) != (agenda_item, kind):
            current.placed = False
        current.text, current.agenda_item, current.contributor = text.strip(), agenda_item, contributor
        current.kind, current.confidential = kind, confidential
        current.revision += 1
        current.save()
        _is_noted(held, token)
        return current


def delete_note(note: Note) -> None:
    with open_for_writing(note.notebook) as held:
        held.items.filter(pk=note.pk).delete()


def refuse_words(text: str) -> None:
    """Raise `HasHiddenMarks` or `TooLong` where these cannot be the words of a point, whoever writes them."""
    if BIDI_CONTROLS & set(text):
        raise refusals.HasHiddenMarks
    if len(text) > LONGEST_POINT:
        raise refusals.TooLong


def _refuse(*, text: str, agenda_item: AgendaItem | None) -> None:
    if not text.strip():
        raise refusals.NothingWritten
    refuse_words(text)
    if _is_unnoted(agenda_item):
        raise refusals.NothingIsNotedHere


def _refuse_change(notebook: Notebook, note: Note, *, contributor: str, lifts: bool) -> None:
    """What somebody who asked not to be noted said is not given to another either, nor to nobody in particular."""
    if (note.confidential or _is_unnoted(note.agenda_item)) and lifts:
        raise refusals.OnlyAnOrganiserMay
    if note.contributor == contributor:
        return
    if note.left_out:
        raise refusals.OnlyTheContributorMay
    before = person_with(note.contributor, roster(notebook.meeting))
    if before is not None and before.do_not_note:
        raise refusals.AskedNotToBeNoted


def _is_unnoted(part: AgendaItem | None) -> bool:
    """Whether a part seals what was said in it, perhaps since it was noted."""
    return part is not None and part.basis == AgendaItem.Basis.CONFIDENTIAL


def _is_noted(notebook: Notebook, token: UUID | None) -> None:
    """What was kept while it was being typed is not kept any longer."""
    if token is not None:
        notebook.jottings.filter(token=token).delete()


def _as_it_stands(note: Note) -> tuple[str, AgendaItem | None, str, str, bool]:
    return note.text, note.agenda_item, note.contributor, note.kind, note.confidential


def _ask_again(notebook: Notebook, contributors: set[str]) -> None:
    """Whoever had chosen for other words has not chosen yet. Keys are encrypted, so the rows are few but all read."""
    for request in notebook.requests.all():
        if request.answered and request.contributor in contributors:
            request.answered = False
            request.save(update_fields=["answered"])
