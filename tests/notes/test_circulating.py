"""Approval by a second person, withdrawing, and what an edition's number tells (B54, R8, R9, R11, R12, R15)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from events.models import AgendaItem, Meeting, Registration
from members.models import Delivery, Network, User
from members.rules.sending import GONE
from notes.actions import circulating, refusals, reviewing
from notes.actions.asking import ask_contributors
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.forgetting import forget_due
from notes.actions.freezing import newest_edition
from notes.actions.noting import add_note
from notes.models import Approval, Circulation, ConsentRequest, Edition, Note, Notebook, Numbering
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution
from tests.conftest import member_of, person, signed_in
from tests.notes.conftest import NOW, key
from tests.notes.steps import choose, make, panel
from tests.post import letters_sent

WORDS = "Juries need time to learn."
LATER = NOW + timedelta(days=8)


@pytest.fixture
def asked(notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User) -> ConsentRequest:
    add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))
    ask_contributors(notebook, by=olive, at=NOW)
    return ConsentRequest.objects.get()


@pytest.fixture
def two_people(network: Network) -> None:
    Network.objects.filter(pk=network.pk).update(needs_second_reviewer=True)


def send(notebook: Notebook, by: User) -> Circulation:
    make(notebook, by=by, at=LATER)
    return circulating.circulate(notebook, by=by, at=LATER)


def approve(notebook: Notebook, by: User) -> None:
    edition = newest_edition(notebook)
    assert edition is not None
    seen = circulating.seen_by_second(edition, reviewing.review(notebook, at=LATER))
    circulating.approve(notebook, seen=seen, by=by, at=LATER)


def steady(page: bytes) -> str:
    """A page without its forms' tokens, which are new each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())


def numbers() -> list[int]:
    return list(Edition.objects.values_list("number", flat=True))


# -- A second person ---------------------------------------------------------------------------------------------------


def test_notes_wait_for_a_second_person(two_people: None, asked: ConsentRequest, olive: User, noor: User) -> None:
    """Threat 56: whoever made the edition cannot send it on their own; a note-taker may be the second."""
    make(asked.notebook, by=olive, at=LATER)
    with pytest.raises(refusals.NobodyElseHasLooked):
        circulating.circulate(asked.notebook, by=olive, at=LATER)
    with pytest.raises(refusals.SomebodyElseApproves):
        approve(asked.notebook, olive)
    approve(asked.notebook, noor)
    circulating.circulate(asked.notebook, by=olive, at=LATER)
    assert Edition.objects.circulated().count() == 1


def test_whoever_may_be_second_is_written_to(two_people: None, asked: ConsentRequest, olive: User, noor: User) -> None:
    """R14: a link and not a word of the notes; who made the edition gets none."""
    choose(asked, Attribution.NAME, at=LATER)
    with time_machine.travel(LATER):
        letters_sent()
        make(asked.notebook, by=olive, at=LATER)
        (letter,) = letters_sent()
    assert letter.to == [noor.email]
    assert panel("circulate", asked.notebook.meeting) in str(letter.body)
    assert not [word for word in (WORDS, "Juries", "Prieto") if word in f"{letter.subject} {letter.body}"]


def test_an_approval_is_of_what_was_seen(
    two_people: None, asked: ConsentRequest, bola: Registration, olive: User, noor: User
) -> None:
    """R8, threat 56: a finding that is answered afterwards has not been seen by the second person."""
    make(asked.notebook, by=olive, at=LATER)
    approve(asked.notebook, noor)
    Registration.objects.filter(pk=bola.pk).update(also_known_as=WORDS)
    found = reviewing.review(asked.notebook, at=LATER).found
    assert found
    for one in found:
        reviewing.answer_finding(asked.notebook, one.digest, reason="A common word.", at=LATER)
    with pytest.raises(refusals.NobodyElseHasLooked):
        circulating.circulate(asked.notebook, by=olive, at=LATER)
    approve(asked.notebook, noor)
    circulating.circulate(asked.notebook, by=olive, at=LATER)


def test_an_approval_of_another_page_is_not_taken(
    two_people: None, asked: ConsentRequest, olive: User, noor: User
) -> None:
    make(asked.notebook, by=olive, at=LATER)
    with pytest.raises(refusals.NotesHaveChanged):
        circulating.approve(asked.notebook, seen="0" * 64, by=noor, at=LATER)
    Note.objects.update(text="Ana Prieto again.")
    with pytest.raises(refusals.SomethingIsOpen):
        approve(asked.notebook, noor)


def test_nothing_that_waits_is_approved(asked: ConsentRequest, olive: User, noor: User) -> None:
    with pytest.raises(refusals.NothingToCirculate):
        circulating.approve(asked.notebook, seen="", by=noor, at=LATER)
    send(asked.notebook, olive)
    with pytest.raises(refusals.NothingToCirculate):
        approve(asked.notebook, noor)


def test_the_database_refuses_an_approval_by_the_maker(asked: ConsentRequest, olive: User) -> None:
    make(asked.notebook, by=olive, at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.update(approved_by=olive)


def test_the_pages_of_two_people(
    two_people: None, asked: ConsentRequest, discussion: AgendaItem, olive: User, noor: User
) -> None:
    """The maker is told who may approve, the second person reads every reason first; then an organiser sends."""
    meeting = asked.notebook.meeting
    add_note(asked.notebook, text="As Ana Prieto wrote in her book.", agenda_item=discussion)
    for one in reviewing.review(asked.notebook, at=LATER).found:
        reviewing.answer_finding(asked.notebook, one.digest, reason="Chapter two.", at=LATER)
    Note.objects.update(placed=True)
    make(asked.notebook, by=olive, at=LATER)
    makers, seconds = signed_in(olive), signed_in(noor)
    text = makers.get(panel("circulate", meeting)).content.decode()
    assert "somebody else has to approve it" in text
    assert "<li>Noor Haddad</li>" in text
    assert "Approve this edition" not in text
    text = seconds.get(panel("circulate", meeting)).content.decode()
    assert "It stands, because: Chapter two." in text
    seen = text.split('name="seen" value="')[1].split('"')[0]
    assert seconds.post(panel("circulate", meeting)).status_code == 404
    makers.post(panel("circulate", meeting))
    assert Edition.objects.circulated().count() == 0
    seconds.post(panel("approve", meeting), {"seen": seen})
    assert "Approved by a second person." in makers.get(panel("circulate", meeting)).content.decode()
    makers.post(panel("circulate", meeting))
    assert Edition.objects.circulated().count() == 1


def test_a_single_organiser_is_told_what_to_do(
    two_people: None, asked: ConsentRequest, meeting: Meeting, olive: User
) -> None:
    make(asked.notebook, by=olive, at=LATER)
    text = signed_in(olive).get(panel("circulate", meeting)).content.decode()
    assert "nobody else runs this network. Make a member you trust a note-taker or an organiser" in text


def test_a_stale_edition_cannot_be_pressed(asked: ConsentRequest, meeting: Meeting, olive: User) -> None:
    make(asked.notebook, by=olive, at=LATER)
    Note.objects.update(text="Something else.")
    text = signed_in(olive).get(panel("circulate", meeting)).content.decode()
    assert "It cannot go out like this." in text
    assert "disabled>" in " ".join(text.split())


def test_strangers_approve_and_withdraw_nothing(
    asked: ConsentRequest, olive: User, mira: User, otto: User, noor: User
) -> None:
    """R12."""
    meeting = asked.notebook.meeting
    send(asked.notebook, olive)
    for client in (signed_in(otto), signed_in(mira), Client()):
        for name in ("approve", "withdraw"):
            assert client.post(panel(name, meeting), {"sure": "1"}).status_code in {302, 404}
    assert signed_in(noor).post(panel("withdraw", meeting), {"sure": "1"}).status_code == 404
    assert Edition.objects.circulated().count() == 1
    assert Approval.objects.get().approved_by is None


# -- Withdrawing -------------------------------------------------------------------------------------------------------


def test_withdrawn_notes_are_a_page_that_does_not_exist(
    asked: ConsentRequest, meeting: Meeting, olive: User, mira: User
) -> None:
    """R9, R12: no tombstone; list and meeting page say what they said before there were notes."""
    client = signed_in(mira)
    address = reverse("notes:edition", args=[meeting.network.slug, meeting.slug])
    pages = [reverse("notes:editions", args=[meeting.network.slug]), meeting.get_absolute_url(), address]
    before = [steady(client.get(page).content) for page in pages]
    send(asked.notebook, olive)
    assert [steady(client.get(page).content) for page in pages] != before
    organiser = signed_in(olive)
    organiser.post(panel("withdraw", meeting))
    assert client.get(address).status_code == 200
    organiser.post(panel("withdraw", meeting), {"sure": "1"})
    assert [steady(client.get(page).content) for page in pages] == before
    assert client.get(address).status_code == 404
    assert not Edition.objects.exists()


def test_a_letter_that_waits_while_notes_are_withdrawn_is_not_sent(asked: ConsentRequest, olive: User) -> None:
    """It would lead to a page that does not exist."""
    make(asked.notebook, by=olive, at=LATER)
    circulating.circulate(asked.notebook, by=olive, at=LATER)
    circulating.withdraw(asked.notebook)
    letters = [letter for letter in letters_sent() if "new notes" in letter.subject]
    assert letters == []
    rows = Delivery.objects.filter(mailing__letter="notes/circulated")
    assert set(rows.values_list("state", "problem")) == {("failed", GONE)}


def test_withdrawn_notes_can_go_out_again_under_a_new_number(asked: ConsentRequest, olive: User) -> None:
    send(asked.notebook, olive)
    circulating.withdraw(asked.notebook)
    assert Notebook.objects.get().state == "asking"
    Note.objects.update(text="Juries need months.")
    send(asked.notebook, olive)
    assert numbers() == [2]
    assert Delivery.objects.filter(mailing__letter="notes/circulated").count() == 2


def test_nothing_is_withdrawn_twice(asked: ConsentRequest, olive: User) -> None:
    with pytest.raises(refusals.NothingToWithdraw):
        circulating.withdraw(asked.notebook)
    send(asked.notebook, olive)
    circulating.withdraw(asked.notebook)
    with pytest.raises(refusals.NothingToWithdraw):
        circulating.withdraw(asked.notebook)


def test_drafts_of_withdrawn_notes_are_forgotten_in_their_time(asked: ConsentRequest, olive: User) -> None:
    """R11: the promise counts from the day they first went out."""
    send(asked.notebook, olive)
    circulating.withdraw(asked.notebook)
    make(asked.notebook, by=olive, at=LATER)
    assert forget_due(LATER + timedelta(days=29)) == 0
    assert forget_due(LATER + timedelta(days=31)) == 1
    assert (Notebook.objects.get().state, Note.objects.count(), Edition.objects.count()) == ("forgotten", 0, 0)


def test_notes_without_drafts_can_be_withdrawn_for_good(asked: ConsentRequest, meeting: Meeting, olive: User) -> None:
    send(asked.notebook, olive)
    forget_due(LATER + timedelta(days=31))
    text = signed_in(olive).get(panel("circulate", meeting)).content.decode()
    assert "these notes cannot come back" in text
    circulating.withdraw(asked.notebook)
    assert (Notebook.objects.get().state, Edition.objects.count()) == ("forgotten", 0)


def test_notes_that_nobody_was_asked_about_are_open_again_after_a_withdrawal(notebook: Notebook, olive: User) -> None:
    add_note(notebook, text=WORDS)
    send(notebook, olive)
    circulating.withdraw(notebook)
    assert Notebook.objects.get().state == "drafting"


# -- What the number tells ---------------------------------------------------------------------------------------------


def test_the_number_does_not_tell_that_something_was_taken_back(
    asked: ConsentRequest, meeting: Meeting, olive: User, mira: User
) -> None:
    """R9, threat 25: to a reader who comes later, the page is that of notes from which nothing was ever taken back."""
    choose(asked, Attribution.NONE, at=LATER)
    client, address = signed_in(mira), reverse("notes:edition", args=[meeting.network.slug, meeting.slug])
    send(asked.notebook, olive)
    never = steady(client.get(address).content)
    circulating.withdraw(asked.notebook)
    Numbering.objects.all().delete()
    choose(asked, Attribution.NAME, at=LATER)
    send(asked.notebook, olive)
    assert steady(client.get(address).content) != never
    choose(asked, Attribution.NONE, at=LATER)
    assert steady(client.get(address).content) == never
    assert numbers() == [1]


def test_a_reissue_keeps_number_day_and_hands(asked: ConsentRequest, olive: User, noor: User) -> None:
    choose(asked, Attribution.NAME, at=LATER)
    make(asked.notebook, by=olive, at=LATER)
    approve(asked.notebook, noor)
    circulating.circulate(asked.notebook, by=olive, at=LATER)
    before = Edition.objects.get()
    own = own_notes(asked)
    words = {one.pk: Choice(level=Attribution.NONE, text_hash=text_hash(one.text)) for one in own}
    save_choices(asked, words, at=LATER + timedelta(days=3))
    after = Edition.objects.get()
    assert after.digest != before.digest
    assert (after.number, after.made_on, after.corrected_on) == (before.number, before.made_on, None)
    assert (after.made_by, after.approved_by) == (olive, noor)
    assert after.circulation.circulated_at == LATER


def test_an_approval_holds_no_words(asked: ConsentRequest, olive: User, noor: User) -> None:
    """R15: ids and a keyed digest."""
    make(asked.notebook, by=olive, at=LATER)
    approve(asked.notebook, noor)
    row = Approval.objects.values("made_by", "approved_by", "seen").get()
    assert (row["made_by"], row["approved_by"], len(row["seen"])) == (olive.pk, noor.pk, 64)


def test_an_editions_maker_may_be_gone(two_people: None, asked: ConsentRequest, network: Network, olive: User) -> None:
    """An account that was erased cannot approve what it made, so anybody who runs the network may."""
    other = person("opal@commons.example", "Opal Reed")
    member_of(network, other, "organiser")
    make(asked.notebook, by=other, at=LATER)
    other.delete()
    approve(asked.notebook, olive)
    assert Approval.objects.get().approved_by == olive
