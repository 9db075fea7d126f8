"""No calendar gets an older entry after a newer one, whatever workers and mail servers do (B32, complaint 2).

Letters are written as they are sent, so a later one says the newest. What is left is a letter that is written, and
overtaken before the mail server has it.
"""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.utils import timezone

from cop.lib.mime import Form
from events.actions.notifying import tell_registered
from events.actions.publishing import cancel_meeting, note_changes
from events.actions.registering import cancel_registration, register_guest
from events.models import Meeting, Registration
from members.actions.ticking import send_what_is_due
from members.models import Delivery, Mailing, Postbag
from members.models.mail import Turn
from members.rules.sending import Trouble
from members.tasks import deliver
from members.tasks.carrying import Line, carry
from members.tasks.postbags import fetch_back, take_out
from tests.events.test_contention import at_once
from tests.events.test_registering import GITA, guest
from tests.post import run_waiting_tasks
from tests.smtp import PostOffice, post_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


def entries(office: PostOffice, to: str) -> list[tuple[str, int]]:
    """Method and SEQUENCE of each entry that arrived in a mailbox, in order."""
    found = []
    for letter in office.letters:
        if letter["To"] == to:
            (part,) = [one for one in letter.walk() if one.get_content_type() == "text/calendar"]
            calendar = icalendar.Calendar.from_ical(part.get_content())
            (event,) = calendar.events
            found.append((str(calendar["METHOD"]), int(str(event["SEQUENCE"]))))
    return found


class Overtaken(Line):
    """A line so slow that `meanwhile` happens between the writing of a letter and its handing over."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self.meanwhile: list[Callable[[], object]] = [meanwhile]

    def hand_over(
        self, made: Form, delivery: Delivery, values: dict[str, str], may_go: Callable[[], bool]
    ) -> Trouble | None:
        assert may_go()
        if self.meanwhile:
            self.meanwhile.pop()()
        return super().hand_over(made, delivery, values, may_go)


def move(meeting: Meeting) -> None:
    """Half an hour later, and everybody is told."""
    meeting.refresh_from_db()
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=meeting.starts_at + timedelta(minutes=30), ends_at=meeting.ends_at + timedelta(minutes=30)
    )
    note_changes(meeting, ["starts_at", "ends_at"])
    tell_registered(meeting)


def send_slowly(mailing: Mailing, meanwhile: Callable[[], object]) -> None:
    line = Overtaken(meanwhile)
    carry(take_out(mailing), line)
    line.hang_up()


def send_the_rest() -> None:
    send_what_is_due(timezone.now())
    run_waiting_tasks()


def test_newer_letter_waits_for_the_older_one_to_be_handed_over(office: PostOffice, meeting: Meeting) -> None:
    register_guest(meeting, GITA)

    def another_worker() -> None:
        move(meeting)
        deliver.call(Mailing.objects.latest("pk").pk)

    send_slowly(Mailing.objects.get(), another_worker)
    assert entries(office, GITA.email) == [("REQUEST", 0)]
    assert Delivery.objects.latest("pk").state == Delivery.State.WAITING
    send_the_rest()
    assert entries(office, GITA.email) == [("REQUEST", 0), ("REQUEST", 1)]
    assert not Turn.objects.exists()


def test_only_letters_about_the_same_wait(office: PostOffice, meeting: Meeting) -> None:
    register_guest(meeting, GITA)
    first = Mailing.objects.get()

    def another_worker() -> None:
        register_guest(meeting, guest(1))
        move(meeting)
        deliver.call(Mailing.objects.latest("pk").pk)

    send_slowly(first, another_worker)
    assert entries(office, guest(1).email) == [("REQUEST", 1)]
    assert entries(office, GITA.email) == [("REQUEST", 0)]


def test_letter_that_is_tried_again_says_what_is_true_by_then(office: PostOffice, meeting: Meeting) -> None:
    register_guest(meeting, GITA)
    office.data = lambda address: "451 busy"
    run_waiting_tasks()
    office.data = lambda address: "250 OK"
    move(meeting)
    send_the_rest()
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        send_the_rest()
    assert entries(office, GITA.email) == [("REQUEST", 1), ("REQUEST", 1)]


def test_cancelling_is_the_last_word(office: PostOffice, meeting: Meeting) -> None:
    """The letter that says "changed" was held up, and nobody who cancelled gets the meeting back into the calendar."""
    registration = register_guest(meeting, GITA)
    run_waiting_tasks()
    move(meeting)

    def another_worker() -> None:
        cancel_registration(registration)
        deliver.call(Mailing.objects.latest("pk").pk)

    send_slowly(Mailing.objects.latest("pk"), another_worker)
    send_the_rest()
    assert entries(office, GITA.email) == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]


def test_turn_of_a_worker_that_died_is_given_back(office: PostOffice, meeting: Meeting) -> None:
    register_guest(meeting, GITA)
    take_out(Mailing.objects.get())
    move(meeting)
    run_waiting_tasks()
    assert office.letters == []
    with time_machine.travel(timezone.now() + Postbag.LEASE + timedelta(seconds=1)):
        assert fetch_back(timezone.now()) == 1
        send_the_rest()
    assert [sequence for _method, sequence in entries(office, GITA.email)] == [1, 1]


class Fate:
    """What people, organisers and other workers do while letters are under way; the same for the same seed."""

    def __init__(self, meeting: Meeting, seed: int) -> None:
        self.meeting, self.dice = meeting, random.Random(seed)
        self.people = [guest(number) for number in range(3)]

    def act(self) -> None:
        who, die = self.dice.choice(self.people), self.dice.random()
        known = Registration.objects.filter(guest_email=who.email, state="registered").first()
        if known and die < 0.3:
            cancel_registration(known)
        elif die < 0.6:
            register_guest(self.meeting, who)
        else:
            move(self.meeting)
        for mailing in self.newest(3):
            deliver.call(mailing.pk)

    def newest(self, most: int) -> list[Mailing]:
        mailings = list(Mailing.objects.order_by("-pk")[:most])
        return self.dice.sample(mailings, len(mailings))

    def answer(self, address: str) -> str:
        return "451 busy" if self.dice.random() < 0.2 else "250 OK"


@pytest.mark.parametrize("seed", [0, 1, 4])
def test_whatever_happens_nothing_older_follows(office: PostOffice, meeting: Meeting, seed: int) -> None:
    """Changes, cancellations and registrations while letters are overtaken, or refused for now."""
    fate, now = Fate(meeting, seed), timezone.now()
    office.data = fate.answer
    register_guest(meeting, fate.people[0])
    for step in range(8):
        with time_machine.travel(now + timedelta(minutes=step * 7)):
            fate.act()
            send_slowly(fate.newest(1)[0], fate.act)
    office.data = lambda address: "250 OK"
    with time_machine.travel(now + timedelta(days=1)):
        cancel_meeting(meeting)
        tell_registered(meeting)
        send_the_rest()
    meeting.refresh_from_db()
    for registration in Registration.objects.filter(state="registered"):
        mine = entries(office, registration.email)
        assert [sequence for _method, sequence in mine] == sorted(sequence for _method, sequence in mine)
        assert mine[-1] == ("CANCEL", meeting.calendar_sequence + registration.calendar_sequence)
    assert len(office.letters) > 8
    assert not Turn.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_share_the_turns_between_them(meeting: Meeting) -> None:
    """On PostgreSQL both look at the same moment: each letter of a person is in one bag, never in both."""
    for number in range(20):
        register_guest(meeting, guest(number))
    Mailing.objects.all().delete()
    mailings = []
    for _ in range(2):
        tell_registered(meeting)
        mailings.append(Mailing.objects.latest("pk"))
    taken: list[set[int | None]] = []

    def take(mailing: Mailing) -> None:
        taken.append({one.about_id for one in take_out(mailing).deliveries})

    at_once([lambda one=one: take(one) for one in mailings], threads=2)  # type: ignore[misc]  # a default binds it
    assert taken[0].isdisjoint(taken[1])
    assert taken[0] | taken[1] == set(Registration.objects.values_list("pk", flat=True))
