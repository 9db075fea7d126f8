"""Notes that were written elsewhere, noted: through the same gate as what is typed at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from events.models import AgendaItem
from notes.actions.noting import add_note, open_for_writing
from notes.actions.refusals import AlreadyNoted, Refused
from notes.models.drafts import Note, Notebook
from notes.rules.redaction import text_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One point to be noted; whose it is, is not guessed."""

    text: str
    agenda_item: AgendaItem | None = None
    kind: str = Note.Kind.POINT


def bring_in(notebook: Notebook, points: Sequence[Brought]) -> list[Refused | None]:
    """Note each of `points` at the end, in one transaction. For each, why it was refused, or None: one that is refused
    takes no other with it. Words that are noted already are refused, so that a file brought in twice is noted once.
    """
    with open_for_writing(notebook) as held:
        noted = {text_hash(note.text) for note in held.items.all()}
        return [_bring_in(held, point, noted) for point in points]


def _bring_in(notebook: Notebook, point: Brought, noted: set[str]) -> Refused | None:
    words = text_hash(point.text)
    try:
        if words in noted:
            raise AlreadyNoted
        add_note(notebook, text=point.text, agenda_item=point.agenda_item, kind=point.kind)
    except Refused as refusal:
        return refusal
    noted.add(words)
    return None
