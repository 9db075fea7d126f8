"""Keeping what is being typed at the desk, on the server and nowhere else (threat 37): closing a tab loses nothing."""

import json
from collections.abc import Mapping
from uuid import UUID

from members.models import User
from notes.actions.noting import open_for_writing
from notes.models.drafts import Jotting, Notebook


def jot(notebook: Notebook, *, writer: User, token: UUID, words: Mapping[str, str], changes: int | None = None) -> None:
    """Keep the fields of one form as they are now; with an empty text there is nothing to keep.

    `token` is the form's, `changes` the id of the item that the words would change.
    """
    with open_for_writing(notebook) as held:
        mine = held.jottings.filter(writer=writer, token=token)
        text = words.get("text", "").strip()
        if not text or text in {note.text for note in held.items.filter(token=token)}:
            mine.delete()
            return
        held.jottings.update_or_create(
            writer=writer, token=token, defaults={"changes": changes, "words": json.dumps(dict(words))}
        )


def drop(notebook: Notebook, *, writer: User, token: UUID) -> None:
    """Throw away what was kept of one form; also when the notes are closed."""
    notebook.jottings.filter(writer=writer, token=token).delete()


def jottings_of(notebook: Notebook, writer: User) -> list[Jotting]:
    return list(notebook.jottings.filter(writer=writer).order_by("pk"))


def words_of(jotting: Jotting) -> dict[str, str]:
    """The form's fields, as they were typed."""
    words: dict[str, str] = json.loads(jotting.words)
    return words
