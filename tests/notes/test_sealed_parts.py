"""A part of the meeting that became confidential after something was noted in it stays sealed (R5)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import AgendaItem, Meeting
from members.models import User
from notes.actions.noting import add_note
from notes.actions.reviewing import review
from notes.models import Note, Notebook
from tests.conftest import signed_in

WORDS = "The merger is off."


@pytest.fixture
def sealed(notebook: Notebook, discussion: AgendaItem) -> Note:
    note = add_note(notebook, text=WORDS, agenda_item=discussion)
    discussion.basis = AgendaItem.Basis.CONFIDENTIAL
    discussion.save()
    return note


def lines(notebook: Notebook) -> list[str]:
    now = review(Notebook.objects.get(pk=notebook.pk), at=timezone.now())
    return [line.text for section in now.edition.sections for line in section.lines]


def save(user: User, note: Note, part: AgendaItem | None) -> tuple[int, str]:
    """What comes of pressing "Save" on the item's page with this part of the meeting chosen."""
    page = reverse("admin:notes_notebook_item", args=[note.notebook.meeting_id, note.pk])
    words = {"text": f"{WORDS} Yes.", "kind": "point", "revision": "1", "agenda_item": str(part.pk) if part else ""}
    response = signed_in(user).post(page, words)
    return response.status_code, response.content.decode()


def test_the_sealed_part_stays_chosen_where_an_item_is_changed(sealed: Note, olive: User, meeting: Meeting) -> None:
    """Saving another word must not move an item to where it is read."""
    part = sealed.agenda_item
    assert part is not None
    page = reverse("admin:notes_notebook_item", args=[meeting.pk, sealed.pk])
    form = signed_in(olive).get(page).context["form"]
    assert part.pk in [getattr(value, "value", value) for value, _label in form.fields["agenda_item"].choices]
    assert form.initial["agenda_item"] == part
    status, answer = save(olive, sealed, part)
    assert (status, "This part of the meeting is confidential" in answer) == (200, True)
    assert lines(sealed.notebook) == []
    composer = signed_in(olive).get(reverse("admin:notes_notebook_desk", args=[meeting.pk])).context["form"]
    assert part not in composer.fields["agenda_item"].queryset


def test_only_an_organiser_moves_an_item_out_of_a_sealed_part(
    sealed: Note, olive: User, noor: User, meeting: Meeting
) -> None:
    talk = meeting.agenda.get(kind="talk")
    for part in (None, talk):
        status, answer = save(noor, sealed, part)
        assert (status, "Ask an organiser" in answer) == (200, True)
        assert lines(sealed.notebook) == []
    assert save(olive, sealed, talk)[0] == 302
    assert lines(sealed.notebook) == [f"{WORDS} Yes."]
