"""T51: whoever writes while somebody freezes; what is stored is what was seen and checked, whichever comes first."""

from contextlib import suppress
from datetime import timedelta

import pytest

from events.models import AgendaItem, Registration
from members.models import Delivery, User
from notes.actions import circulating, refusals, reviewing
from notes.actions.asking import ask_contributors, remind, remind_due
from notes.actions.noting import add_note, edit_note
from notes.models import Circulation, Edition, Note, Notebook
from tests.events.test_contention import at_once
from tests.notes.conftest import NOW, key

pytestmark = pytest.mark.django_db(transaction=True)

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
