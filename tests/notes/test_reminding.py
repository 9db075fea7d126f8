"""One reminder to whoever has not answered, whatever happens; the organiser sees who has answered, never what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import AgendaItem, Meeting, Registration
from members.models import Delivery, Network, User
from members.signals import ticked
from members.writing import write
from notes.actions import refusals
from notes.actions.asking import ask_contributors, remind, remind_due
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.noting import add_note, delete_note
from notes.models import ConsentRequest, Note, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution
from tests.conftest import signed_in
from tests.notes.conftest import NOW, key

WORDS = "Juries need time to learn."
DUE = NOW + timedelta(days=7)


@pytest.fixture
def asking(notebook: Notebook, discussion: AgendaItem, ana: Registration, bola: Registration, olive: User) -> Notebook:
    add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))
    add_note(notebook, text="They cost money.", agenda_item=discussion, contributor=key(bola))
    ask_contributors(notebook, by=olive, at=NOW)
    notebook.refresh_from_db()
    return notebook


def reminded() -> list[str]:
    return list(Delivery.objects.filter(mailing__letter="notes/reminder").values_list("email", flat=True))


def answer(request: ConsentRequest) -> None:
    choices = {note.pk: Choice(level=Attribution.NAME, text_hash=text_hash(note.text)) for note in own_notes(request)}
    save_choices(request, choices, at=NOW)


def request_of(registration: Registration) -> ConsentRequest:
    return next(one for one in ConsentRequest.objects.all() if one.contributor == key(registration))


def test_the_reminder_goes_to_who_has_not_answered_two_days_before(asking: Notebook, ana: Registration) -> None:
    answer(request_of(ana))
    ticked.send(sender=None, now=DUE - timedelta(days=2, seconds=1))
    assert reminded() == []
    for minute in range(3):
        ticked.send(sender=None, now=DUE - timedelta(days=2) + timedelta(minutes=minute))
    assert reminded() == ["bola@guest.example"]


def test_with_a_day_to_choose_the_reminder_goes_half_way(network: Network, asking: Notebook, ana: Registration) -> None:
    Notebook.objects.update(consent_due_at=NOW + timedelta(days=1))
    assert remind_due(NOW + timedelta(hours=11, minutes=59)) == 0
    assert remind_due(NOW + timedelta(hours=12)) == 2


def test_nobody_is_reminded_twice_whatever_happens(asking: Notebook, olive: User, bola: Registration) -> None:
    """By a press, by the clock, after an answer that an edit made void, with a new deadline."""
    assert remind(asking, by=olive, at=NOW) == 2
    with pytest.raises(refusals.NobodyToRemind):
        remind(asking, by=olive, at=NOW)
    assert remind_due(DUE - timedelta(hours=1)) == 0
    answer(request_of(bola))
    ConsentRequest.objects.update(answered=False)
    Notebook.objects.update(consent_due_at=DUE + timedelta(days=7))
    assert remind_due(DUE + timedelta(days=6)) == 0
    assert len(reminded()) == 2


def test_who_is_asked_late_is_reminded_on_their_own_time(
    asking: Notebook, cai: Registration, olive: User, discussion: AgendaItem
) -> None:
    add_note(asking, text="Ask early.", agenda_item=discussion, contributor=key(cai))
    ask_contributors(asking, by=olive, at=DUE - timedelta(hours=10))
    assert remind_due(DUE - timedelta(hours=9)) == 2
    assert remind_due(DUE - timedelta(hours=5)) == 1
    assert reminded()[-1] == "cai@guest.example"


def test_nobody_is_reminded_of_nothing(asking: Notebook, ana: Registration, bola: Registration) -> None:
    """Not once their points are gone or sealed, not without an address, not when the time is over or the notes out."""
    for note in Note.objects.all():
        if note.contributor == key(ana):
            delete_note(note)
    Registration.objects.filter(pk=bola.pk).update(guest_email="bola@guest.example", name="Bola Adeyemi")
    assert remind_due(DUE) == 0
    assert remind_due(DUE - timedelta(hours=1)) == 1
    assert reminded() == ["bola@guest.example"]
    Notebook.objects.update(state="circulated")
    ConsentRequest.objects.update(reminded=False)
    assert remind_due(DUE - timedelta(hours=1)) == 0


def test_the_reminder_carries_a_link_and_not_a_word_of_the_notes(asking: Notebook) -> None:
    """R14."""
    remind_due(DUE - timedelta(days=1))
    letter = write(Delivery.objects.get(mailing__letter="notes/reminder", email="ana@guest.example"))
    assert letter.subject == "Public voices: you can still choose how your points appear"
    for whole in (letter.text, letter.html):
        assert "/p/" in whole
        for secret in (WORDS, "Juries", "Discussion", "Bola"):
            assert secret not in whole


def test_before_anybody_is_asked_there_is_nobody_to_remind(meeting: Meeting, olive: User) -> None:
    page = signed_in(olive).get(reverse("admin:notes_notebook_asked", args=[meeting.pk])).content.decode()
    assert "Nobody has been asked yet." in page
    assert "Remind" not in page


def test_the_organiser_sees_who_has_answered_and_reminds_the_others(
    asking: Notebook, olive: User, noor: User, mira: User
) -> None:
    """R12, threat 26: answered or not yet; and not for note-takers."""
    Notebook.objects.update(consent_due_at=timezone.now() + timedelta(days=7))
    address, client = reverse("admin:notes_notebook_asked", args=[asking.meeting.pk]), signed_in(olive)
    answer(next(one for one in ConsentRequest.objects.all() if own_notes(one)[0].text == WORDS))
    page = " ".join(client.get(address).content.decode().split())
    assert "<td>Ana Prieto</td> <td> answered </td>" in page
    assert "<td>Bola Adeyemi</td> <td> not yet </td>" in page
    assert "By name" not in page
    assert "Remind 1 contributor now" in page
    for other in (noor, mira):
        assert signed_in(other).post(address).status_code in {302, 404}
    assert reminded() == []
    assert "1 contributor is reminded." in client.post(address, follow=True).content.decode()
    assert "Nobody is left to remind" in client.post(address, follow=True).content.decode()
    assert reminded() == ["bola@guest.example"]
