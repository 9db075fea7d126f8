"""Writing at the note desk. Every change locks the notebook, so that no edition is frozen in the middle of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypedDict

from django.db import transaction
from django.db.models import Max

from cop.lib.text import BIDI_CONTROLS
from events.models import AgendaItem, Meeting
from notes.actions import refusals
from notes.actions.contributing import contributor_of
from notes.models.drafts import Note, Notebook


class Written(TypedDict):
    """What is typed into the desk's form."""

    text: str
    agenda_item: AgendaItem | None
    contributor: str
    kind: str
    confidential: bool


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
) -> Note:
    """A new item at the end; `contributor` is a key of the roster, or "" where it is nobody's in particular."""
    with open_for_writing(notebook) as held:
        _refuse(text=text, agenda_item=agenda_item)
        contributor = contributor_of(held, contributor)
        last = held.items.aggregate(last=Max("position"))["last"] or 0
        return held.items.create(
            text=text.strip(),
            agenda_item=agenda_item,
            contributor=contributor,
            kind=kind,
            confidential=confidential,
            position=last + 1,
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
) -> Note:
    """The item with these words; `revision` is the one the writer had before them.

    A consent to other words is void by its digest (R2), and whoever gave it is asked again. `may_lift` is whether
    the writer may make a confidential item open: an organiser may, a note-taker may not (R5).
    """
    with open_for_writing(note.notebook) as held:
        current = held.items.select_related("agenda_item").get(pk=note.pk)
        if current.revision != revision:
            raise refusals.SomebodyElseWrote(current, text)
        _refuse(text=text, agenda_item=agenda_item)
        contributor = contributor_of(held, contributor)
        if current.confidential and not confidential and not may_lift:
            raise refusals.OnlyAnOrganiserMay
        if current.left_out and current.contributor != contributor:
            raise refusals.OnlyTheContributorMay
        if (current.text, current.contributor) != (text.strip(), contributor):
            _ask_again(held, {current.contributor, contributor})
            current.suggested_text = ""
        if (current.agenda_item, current.kind) != (agenda_item, kind):
            current.placed = False
        current.text, current.agenda_item, current.contributor = text.strip(), agenda_item, contributor
        current.kind, current.confidential = kind, confidential
        current.revision += 1
        current.save()
        return current


def delete_note(note: Note) -> None:
    with open_for_writing(note.notebook) as held:
        held.items.filter(pk=note.pk).delete()


def _refuse(*, text: str, agenda_item: AgendaItem | None) -> None:
    if not text.strip():
        raise refusals.NothingWritten
    if BIDI_CONTROLS & set(text):
        raise refusals.HasHiddenMarks
    if agenda_item is not None and agenda_item.basis == AgendaItem.Basis.CONFIDENTIAL:
        raise refusals.NothingIsNotedHere


def _ask_again(notebook: Notebook, contributors: set[str]) -> None:
    """Whoever had chosen for other words has not chosen yet. Keys are encrypted, so the rows are few but all read."""
    for request in notebook.requests.all():
        if request.answered and request.contributor in contributors:
            request.answered = False
            request.save(update_fields=["answered"])
