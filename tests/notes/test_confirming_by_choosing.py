"""Choosing on the consent page makes what it shows the person's own word; asking for nothing leaves it as it was."""

import pytest
from django.utils import timezone

from events.actions.attending import mark_attended
from events.actions.registering import Guest, register_guest
from events.models import Meeting, Registration
from members.models import User
from notes.actions.asking import ask_contributors
from notes.actions.consenting import Choice, own_notes, person_asked, save_choices
from notes.actions.noting import add_note, open_notebook
from notes.drafting import draft_of
from notes.rules.redaction import attribution_phrase, redact, text_hash
from notes.rules.vocabulary import Attribution
from tests.notes.conftest import key


@pytest.fixture
def gita(meeting: Meeting) -> Registration:
    """Registered by the form, by whomever; an organiser marked her as having come."""
    row = register_guest(meeting, Guest(email="gita@guest.example", name="Gita Rao", organisation="Rao Consulting"))
    mark_attended(meeting, [row])
    return row


@pytest.mark.parametrize(
    ("level", "shown"),
    [(Attribution.NONE, ""), (Attribution.ORGANISATION, "Rao Consulting"), (Attribution.NAME, "Gita Rao")],
)
def test_choosing_to_be_shown_confirms_the_words_that_are_shown(
    meeting: Meeting, olive: User, gita: Registration, level: Attribution, shown: str
) -> None:
    notebook = open_notebook(meeting)
    add_note(notebook, text="Juries need time.", agenda_item=meeting.agenda.last(), contributor=key(gita))
    ask_contributors(notebook, by=olive, at=timezone.now())
    asked = notebook.requests.get()
    person = person_asked(asked)
    assert person is not None
    assert attribution_phrase(person.participant, Attribution.ORGANISATION) == "Rao Consulting"
    words = {note.pk: Choice(level=level, text_hash=text_hash(note.text)) for note in own_notes(asked)}
    save_choices(asked, words, at=timezone.now())
    gita.refresh_from_db()
    assert gita.confirmed is bool(shown)
    lines = [line for section in redact(draft_of(notebook)).sections for line in section.lines]
    assert [line.attribution for line in lines] == [shown]
