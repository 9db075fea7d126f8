"""The order that readers see: an editor's, never that in which points were made or entered (R7, threat 19)."""

from collections.abc import Iterable
from random import SystemRandom

from notes.actions.noting import open_for_writing
from notes.drafting import ordered_notes, section_of, section_titles
from notes.models.drafts import Note, Notebook

# The machine's own source: an order that could be worked back would still be the order of the talk.
_chance = SystemRandom()


def move_note(note: Note, *, up: bool) -> None:
    """Change places with the item before or after it under the same heading."""
    with open_for_writing(note.notebook) as held:
        together = _together(held, of=note)
        here = [one.pk for one in together].index(note.pk)
        there = here - 1 if up else here + 1
        if 0 <= there < len(together):
            together[here], together[there] = together[there], together[here]
            _deal(together)


def shuffle(notebook: Notebook, *, section: str | None = None) -> None:
    """Put the items of one part of the meeting, or of each, in an order that says nothing. It cannot be undone."""
    with open_for_writing(notebook) as held:
        for notes in _parts(held, section):
            _chance.shuffle(notes)
            _deal(notes)
            _place(held, notes)


def settle_order(notebook: Notebook, *, section: str | None = None) -> None:
    """An editor looked at the order of one part, or of each, and lets it stand for readers."""
    with open_for_writing(notebook) as held:
        for notes in _parts(held, section):
            _place(held, notes)


def _parts(notebook: Notebook, section: str | None) -> list[list[Note]]:
    titles = section_titles(notebook.meeting)
    under: dict[str, list[Note]] = {}
    for note in ordered_notes(notebook):
        under.setdefault(section_of(note, titles), []).append(note)
    return [notes for title, notes in under.items() if section in {None, title}]


def _together(notebook: Notebook, *, of: Note) -> list[Note]:
    return next(notes for notes in _parts(notebook, None) if of.pk in {note.pk for note in notes})


def _deal(notes: list[Note]) -> None:
    """Give these items, as they are now ordered, the positions they have among them."""
    positions = sorted(note.position for note in notes)
    for note, position in zip(notes, positions, strict=True):
        Note.objects.filter(pk=note.pk).update(position=position)


def _place(notebook: Notebook, notes: Iterable[Note]) -> None:
    notebook.items.filter(pk__in=[note.pk for note in notes]).update(placed=True)
