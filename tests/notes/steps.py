"""What tests of notes do again and again, by the actions that the pages use."""

from datetime import datetime

from django.urls import reverse

from events.models import Meeting
from members.models import User
from notes.actions import circulating, reviewing
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.models import ConsentRequest, Edition, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution
from tests.notes.conftest import NOW


def panel(name: str, meeting: Meeting, *more: int) -> str:
    """The address of a page of the work on notes."""
    return reverse(f"admin:notes_notebook_{name}", args=[meeting.pk, *more])


def choose(
    asked: ConsentRequest, level: Attribution, *, leave_out: bool = False, words: str = "", at: datetime = NOW
) -> bool:
    """What a contributor says of all their points."""
    choices = {
        note.pk: Choice(level=level, text_hash=text_hash(note.text), leave_out=leave_out, other_words=words)
        for note in own_notes(asked)
    }
    return save_choices(asked, choices, at=at)


def make(notebook: Notebook, *, by: User | None = None, at: datetime = NOW) -> Edition:
    """The edition that the review shows now."""
    return circulating.make_edition(notebook, seen=reviewing.review(notebook, at=at).seen, by=by, at=at)


def lines(edition: Edition | None) -> list[tuple[str, str]]:
    """What readers read: each line, and what stands beside it."""
    assert edition is not None
    return [(line["text"], line["attribution"]) for section in edition.content for line in section["lines"]]
