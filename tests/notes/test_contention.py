"""T51: whoever writes while somebody freezes; what is stored is what was seen and checked, whichever comes first."""

from contextlib import suppress
from datetime import timedelta

import pytest

from events.actions.registering import Guest, speak_for_oneself
from events.models import AgendaItem, Registration
from members.models import Delivery, User
from notes.actions import circulating, refusals, reviewing
from notes.actions.arranging import settle_order
from notes.actions.asking import ask_contributors, remind, remind_due
from notes.actions.consenting import Choice, save_choices
from notes.actions.noting import add_note, edit_note
from notes.models import Circulation, ConsentRequest, Edition, Note, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution
from tests.events.test_contention import at_once
from tests.notes.conftest import NOW, key

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + timedelta(days=8)
CLEAN, NAMING = "Juries need time.", "Ana Prieto says that juries need time."


@pytest.fixture
def point(notebook: Notebook, discussion: AgendaItem, ana: Registration) -> Note:
    return add_note(notebook, text=CLEAN, agenda_item=discussion)


def name_somebody(point: Note) -> None:
    edit_note(
        point,
        revision=point.revision,
        text=NAMING,
        agenda_item=point.agenda_item,
        contributor="",
        kind=point.kind,
        confidential=False,
        may_lift=False,
    )


def freeze_what_was_seen(notebook: Notebook, seen: str) -> None:
    with suppress(refusals.NotesHaveChanged):
        circulating.make_edition(notebook, seen=seen, at=NOW)


def test_t51_what_is_frozen_was_seen_whoever_writes_meanwhile(point: Note) -> None:
    seen = reviewing.review(point.notebook, at=NOW).seen
    at_once([lambda: freeze_what_was_seen(point.notebook, seen), lambda: name_somebody(point)], threads=2)
    assert Note.objects.get().text == NAMING
    frozen = list(Edition.objects.all())
    assert [(one.digest, CLEAN in one.html, "Ana" in one.html) for one in frozen] == [(seen, True, False)] * len(frozen)


def test_t51_what_changes_between_edition_and_letter_is_not_sent(point: Note, olive: User) -> None:
    notebook = point.notebook
    edition = circulating.make_edition(notebook, seen=reviewing.review(notebook, at=NOW).seen, at=NOW)

    def send() -> None:
        with suppress(refusals.NotesHaveChanged, refusals.SomethingIsOpen):
            circulating.circulate(notebook, by=olive, at=NOW)

    def write() -> None:
        with suppress(refusals.NotesAreClosed):
            name_somebody(point)

    at_once([send, write], threads=2)
    sent, text = Circulation.objects.filter(edition=edition).exists(), Note.objects.get().text
    assert (sent, text) in {(True, CLEAN), (False, NAMING)}


def test_t51_two_who_press_at_once_send_one_circulation(point: Note, olive: User, mira: User) -> None:
    notebook = point.notebook
    circulating.make_edition(notebook, seen=reviewing.review(notebook, at=NOW).seen, at=NOW)

    def send() -> None:
        with suppress(refusals.NothingToCirculate):
            circulating.circulate(notebook, by=olive, at=NOW)

    at_once([send] * 6, threads=6)
    mailing = Circulation.objects.get().mailing
    assert mailing is not None
    assert sorted(mailing.deliveries.values_list("email", flat=True)) == [mira.email, olive.email]


def test_two_workers_remind_everybody_once(
    notebook: Notebook, ana: Registration, bola: Registration, olive: User
) -> None:
    """The clock ticks in every worker, and an organiser may press at that moment."""
    for row in (ana, bola):
        add_note(notebook, text=CLEAN, contributor=key(row))
    ask_contributors(notebook, by=olive, at=NOW)
    at = NOW + timedelta(days=6)

    def press() -> None:
        with suppress(refusals.NobodyToRemind):
            remind(notebook, by=olive, at=at)

    at_once([lambda: remind_due(at), press, lambda: remind_due(at), press], threads=4)
    reminded = Delivery.objects.filter(mailing__letter="notes/reminder").values_list("email", flat=True)
    assert sorted(reminded) == ["ana@guest.example", "bola@guest.example"]


def test_t51_choices_and_wishes_of_one_person_at_once_wait_for_each_other_in_one_order(
    point: Note, ana: Registration, olive: User
) -> None:
    """Two tabs of one person: each holds what the other wants, if they do not take it in one order."""
    notebook = point.notebook
    own = add_note(notebook, text="Panels cost less.", agenda_item=point.agenda_item, contributor=key(ana))
    ask_contributors(notebook, by=olive, at=NOW)
    by_name = {own.pk: Choice(level=Attribution.NAME, text_hash=text_hash(own.text))}
    save_choices(ConsentRequest.objects.get(), by_name, at=NOW)
    settle_order(notebook)
    circulating.make_edition(notebook, seen=reviewing.review(notebook, at=LATER).seen, at=LATER)
    circulating.circulate(notebook, by=olive, at=LATER)
    said = Guest(email=ana.email, name=ana.name, organisation=ana.organisation, job_title=ana.job_title)

    def choose() -> None:
        Registration.objects.filter(pk=ana.pk).update(confirmed=False)
        save_choices(ConsentRequest.objects.get(), by_name, at=LATER)

    def speak() -> None:
        speak_for_oneself(ana, said, do_not_note=False, also_known_as="")

    at_once([choose, speak] * 8, threads=8)
    lines = [line for section in Edition.objects.get().content for line in section["lines"]]
    assert [(line["text"], line["attribution"]) for line in lines] == [(CLEAN, ""), (own.text, ana.name)]
