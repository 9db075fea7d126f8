"""Guests who attended may read the notes of that meeting, by their personal link, where the network says so (R12)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cop.lib.signing import personal_token
from events.models import AgendaItem, Registration
from members.models import Network, User
from notes.actions import circulating, reviewing
from notes.actions.noting import add_note
from notes.models import Notebook
from tests.notes.conftest import NOW

WORDS = "Juries need time to learn."
LINK = "Read the notes of this meeting"
LATER = NOW + timedelta(days=8)


@pytest.fixture
def out(notebook: Notebook, discussion: AgendaItem, olive: User) -> Notebook:
    add_note(notebook, text=WORDS, agenda_item=discussion)
    circulating.make_edition(notebook, seen=reviewing.review(notebook, at=LATER).seen, by=olive, at=LATER)
    circulating.circulate(notebook, by=olive, at=LATER)
    Network.objects.update(guests_may_read=True)
    return notebook


def page(registration: Registration) -> str:
    return reverse("notes:edition_for_guest", args=[personal_token("registration", registration.pk)])


def own_page(registration: Registration) -> str:
    return reverse("events:my_registration", args=[personal_token("registration", registration.pk)])


def test_a_guest_who_attended_reads_the_notes(out: Notebook, ana: Registration) -> None:
    client = Client()
    assert LINK in client.get(own_page(ana)).content.decode()
    answer = client.get(page(ana))
    text = answer.content.decode()
    assert WORDS in text
    assert "Ana Prieto" not in text
    assert "point-tool" not in text
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in text
    assert client.post(page(ana)).status_code == 405


@pytest.mark.parametrize(
    "change",
    [{"state": "registered"}, {"state": "waiting"}, {"state": "cancelled"}, {"confirmed": False}],
)
def test_other_guests_find_nothing(out: Notebook, ana: Registration, change: dict[str, object]) -> None:
    Registration.objects.filter(pk=ana.pk).update(**change)
    assert Client().get(page(ana)).status_code == 404
    assert LINK not in Client().get(own_page(ana)).content.decode()


def test_a_members_registration_is_no_way_round_sign_in(out: Notebook, members_place: Registration) -> None:
    """Whoever has an account reads behind sign-in, and no longer once they have left."""
    assert Client().get(page(members_place)).status_code == 404


def test_without_the_networks_word_guests_find_nothing(out: Notebook, ana: Registration) -> None:
    Network.objects.update(guests_may_read=False)
    assert Client().get(page(ana)).status_code == 404
    assert LINK not in Client().get(own_page(ana)).content.decode()


def test_notes_that_are_not_out_are_read_by_no_guest(out: Notebook, ana: Registration) -> None:
    circulating.withdraw(out)
    assert Client().get(page(ana)).status_code == 404
    assert LINK not in Client().get(own_page(ana)).content.decode()


def test_another_links_token_opens_nothing(out: Notebook, ana: Registration) -> None:
    for purpose in ("join", "consent"):
        token = personal_token(purpose, ana.pk)
        assert Client().get(reverse("notes:edition_for_guest", args=[token])).status_code == 404
