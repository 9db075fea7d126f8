"""T52: somebody becomes known by another name, place or person after the notes are out."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from events.models import AgendaItem, Meeting, Registration
from members.actions.ticking import tick
from members.models import User
from notes.actions import circulating, reviewing
from notes.actions.noting import add_note
from notes.actions.watching import look_again
from notes.models import Notebook
from tests.conftest import signed_in
from tests.notes.conftest import NOW, attended
from tests.post import letters_sent

WORDS = "Juries need time. Nia wrote the book on it."


@pytest.fixture
def circulated(notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User) -> Notebook:
    """Nobody of that name was known to have been there."""
    add_note(notebook, text=WORDS, agenda_item=discussion)
    circulating.make_edition(notebook, seen=reviewing.review(notebook, at=NOW).seen, at=NOW)
    circulating.circulate(notebook, by=olive, at=NOW)
    with time_machine.travel(NOW):
        letters_sent()
    return notebook


def needs_a_look(notebook: Notebook) -> bool:
    notebook.refresh_from_db()
    return notebook.needs_a_look


def test_t52_another_form_of_a_name_flags_what_is_out(circulated: Notebook, ana: Registration, olive: User) -> None:
    assert look_again(NOW) == 1
    assert not needs_a_look(circulated)
    ana.also_known_as = "Nia"
    ana.save()
    with time_machine.travel(NOW):
        tick(NOW)
        assert needs_a_look(circulated)
        (letter,) = [one for one in letters_sent() if "look" in one.subject]
    assert letter.to == [olive.email]
    whole = f"{letter.subject} {letter.body}"
    assert not [word for word in ("Nia", "Ana", "Juries", "wrote") if word in whole]
    review = reverse("admin:notes_notebook_review", args=[circulated.meeting_id])
    assert review in str(letter.body)
    page = signed_in(olive).get(review).content.decode()
    assert "«Nia»" in page


def test_t52_whoever_registers_late_flags_it_too_and_organisers_are_told_once(
    circulated: Notebook, meeting: Meeting
) -> None:
    look_again(NOW)
    attended(meeting, "Nia Bevan", "Weir Trust", "private")
    assert look_again(NOW) == 1
    assert needs_a_look(circulated)
    attended(meeting, "Owen Bevan", "Weir Trust", "private")
    assert look_again(NOW) == 1
    with time_machine.travel(NOW):
        assert len(letters_sent()) == 1


def test_an_unchanged_roster_is_not_checked_again(circulated: Notebook) -> None:
    assert [look_again(NOW), look_again(NOW), look_again(NOW + timedelta(days=1))] == [1, 0, 0]


def test_a_change_that_gives_nobody_away_writes_no_letter(circulated: Notebook, meeting: Meeting) -> None:
    look_again(NOW)
    attended(meeting, "Rhodri Price", "Weir Trust", "private")
    assert look_again(NOW) == 1
    assert not needs_a_look(circulated)
    assert letters_sent() == []


def test_a_name_taken_back_takes_the_flag_back(circulated: Notebook, ana: Registration) -> None:
    ana.also_known_as = "Nia"
    ana.save()
    look_again(NOW)
    assert needs_a_look(circulated)
    ana.also_known_as = ""
    ana.save()
    look_again(NOW)
    assert not needs_a_look(circulated)


def test_drafts_are_not_watched_before_they_are_out(notebook: Notebook, ana: Registration) -> None:
    assert look_again(NOW) == 0


def test_withdrawn_notes_are_watched_no_more(circulated: Notebook, ana: Registration) -> None:
    look_again(NOW)
    circulating.withdraw(circulated)
    ana.also_known_as = "Nia"
    ana.save()
    assert look_again(NOW) == 0
    assert not needs_a_look(circulated)
