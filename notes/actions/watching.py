"""Looking again at what is circulated, when people have become known by more than before (threat 52)."""

from datetime import datetime

from cop.lib.encryption import is_keyed_digest, keyed_digest
from members.actions.mailing import write_to_organisers
from notes.actions.freezing import circulated_edition
from notes.actions.noting import locked
from notes.actions.reviewing import review
from notes.drafting import participants
from notes.models.drafts import Notebook


def look_again(at: datetime) -> int:
    """Check the circulated notes of every meeting whose roster has changed since; how many were checked.

    A late registration, a new "also known as" or a new employer may give a name to what had none. It cannot be told
    for longer than drafts are kept: afterwards nobody knows who had agreed to be named.
    """
    rows = Notebook.objects.filter(state=Notebook.State.CIRCULATED).select_related("meeting__network")
    return sum(_look(notebook, at) for notebook in rows)


def _look(notebook: Notebook, at: datetime) -> bool:
    with locked(notebook) as held:
        people = [repr(person) for person in participants(held.meeting)]
        if held.state != Notebook.State.CIRCULATED or is_keyed_digest(held.checked_against, *people):
            return False
        gives_away = _gives_somebody_away(held, at)
        if gives_away and not held.needs_a_look:
            write_to_organisers("notes/look_again", held.meeting.network, about_id=held.meeting_id)
        held.needs_a_look, held.checked_against = gives_away, keyed_digest(*people)
        held.save(update_fields=["needs_a_look", "checked_against"])
        return True


def _gives_somebody_away(notebook: Notebook, at: datetime) -> bool:
    """Whether something open is found in what readers have; a draft may say more than they do."""
    edition = circulated_edition(notebook)
    if edition is None:
        return False
    now = review(notebook, at=at)
    read = {line["text"] for section in edition.content for line in section["lines"]}
    found = [one for row in now.rows if row.line and row.line.text in read for one in row.found]
    return any(one.is_open for one in [*found, *(one for _title, some in now.headings for one in some)])
