"""Registering, waiting, cancelling: the actions (B29, B36, B37)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from events.actions.registering import (
    Guest,
    MeetingHasBegun,
    RegistrationIsClosed,
    adopt_guest_registrations,
    cancel_registration,
    fill_free_places,
    register_guest,
    register_member,
)
from events.models import Meeting, Registration
from events.rules.seating import Closed
from members.actions.joining import Person, ask_to_join, confirm
from members.models import Delivery, Network, User
from tests.conftest import member_of, person

GITA = Guest(email="gita@guest.example", name="Gita Rao", organisation="Rao Consulting", sector="private")


def letters() -> list[tuple[str, str]]:
    """What has been queued: (letter, to), oldest first."""
    return [
        (one.mailing.letter.removeprefix("events/"), one.email)
        for one in Delivery.objects.select_related("mailing").order_by("pk")
    ]


def set_capacity(meeting: Meeting, places: int) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(capacity=places)


def guest(number: int) -> Guest:
    return Guest(email=f"guest{number}@crowd.example", name=f"Guest {number}")


def test_member_registers_as_they_are_today(meeting: Meeting, mira: User) -> None:
    registration = register_member(meeting, mira)
    mira.name = "Mira Changed"
    mira.save()
    kept = Registration.objects.get()
    assert (kept.pk, kept.user, kept.guest_email, kept.state) == (registration.pk, mira, "", "registered")
    assert (kept.name, kept.organisation, kept.sector) == ("Mira Novak", "River County Council", "public")
    assert letters() == [("registered", "mira@river.example")]


def test_registering_again_is_the_same_row_and_no_second_letter(meeting: Meeting, mira: User) -> None:
    assert register_member(meeting, mira).pk == register_member(meeting, mira).pk
    assert Registration.objects.count() == 1
    assert letters() == [("registered", "mira@river.example")]


def test_guest_registers_without_an_account(meeting: Meeting) -> None:
    register_guest(meeting, GITA)
    kept = Registration.objects.get()
    assert (kept.user, kept.guest_email, kept.name, kept.sector) == (None, GITA.email, "Gita Rao", "private")
    assert not User.objects.filter(email=GITA.email).exists()
    assert letters() == [("registered", GITA.email)]


def test_guest_who_asks_again_gets_the_letter_again_and_keeps_the_row(meeting: Meeting) -> None:
    register_guest(meeting, GITA)
    register_guest(meeting, Guest(email="GITA@guest.example", name="Gita Rao-Smith"))
    assert [one.name for one in Registration.objects.all()] == ["Gita Rao-Smith"]
    assert letters() == [("registered", GITA.email)] * 2


def test_guest_with_a_members_address_is_found_in_the_account_in_the_words_typed(meeting: Meeting, mira: User) -> None:
    register_guest(meeting, Guest(email="Mira@River.example", name="Not Mira"))
    kept = Registration.objects.get()
    assert (kept.user, kept.guest_email, kept.name, kept.confirmed) == (mira, "", "Not Mira", False)
    assert (kept.organisation, kept.sector) == ("", "")
    assert letters() == [("registered", "mira@river.example")]


def test_row_made_as_a_guest_becomes_the_accounts(meeting: Meeting) -> None:
    first = register_guest(meeting, GITA)
    gita = person(GITA.email, "Gita Rao")
    assert register_member(meeting, gita).pk == first.pk
    assert list(Registration.objects.values_list("user", "guest_email")) == [(gita.pk, "")]


def test_who_joins_the_network_finds_what_they_registered_for_as_a_guest(meeting: Meeting, network: Network) -> None:
    first = register_guest(meeting, GITA)
    confirm(ask_to_join(network, email="Gita@guest.example", person=Person(name="Gita Rao", sector="private")))
    first.refresh_from_db()
    gita = User.objects.get(email=GITA.email)
    assert (first.user, first.guest_email, first.state) == (gita, "", "registered")
    assert adopt_guest_registrations(gita.memberships.get()) == 0


def test_what_was_typed_in_another_network_stays_a_guests(meeting: Meeting, other_network: Network, mira: User) -> None:
    """Who has an account is nothing to the organisers of a network that the person is not in."""
    register_guest(meeting, GITA)
    confirm(ask_to_join(other_network, email=GITA.email, person=Person(name="Gita Rao", sector="private")))
    assert Registration.objects.get().user is None


def test_second_row_of_one_person_stays_a_guests(meeting: Meeting, network: Network) -> None:
    """The database would refuse two rows of one account at one meeting."""
    gita = person(GITA.email, "Gita Rao")
    register_member(meeting, gita)
    other = Registration.objects.create(meeting=meeting, guest_email=GITA.email, name="Gita Rao")
    assert adopt_guest_registrations(member_of(network, gita)) == 0
    other.refresh_from_db()
    assert other.user is None


def test_nobody_moves_up_once_the_meeting_is_over(meeting: Meeting, mira: User) -> None:
    set_capacity(meeting, 0)
    register_member(meeting, mira)
    set_capacity(meeting, 1)
    with time_machine.travel(meeting.ends_at):
        assert fill_free_places(meeting) == 0


def test_full_meeting_puts_the_next_on_the_waiting_list(meeting: Meeting, mira: User) -> None:
    set_capacity(meeting, 1)
    assert register_guest(meeting, GITA).state == "registered"
    assert register_member(meeting, mira).state == "waiting"
    assert letters() == [("registered", GITA.email), ("waiting", mira.email)]


def test_cancelling_gives_the_place_to_the_first_who_waits_and_tells_them(meeting: Meeting, mira: User) -> None:
    set_capacity(meeting, 1)
    first = register_guest(meeting, GITA)
    register_member(meeting, mira)
    register_guest(meeting, guest(1))
    cancel_registration(first)
    states = dict(Registration.objects.values_list("name", "state"))
    assert states == {"Gita Rao": "cancelled", "Mira Novak": "registered", "Guest 1": "waiting"}
    assert letters()[3:] == [("cancelled", GITA.email), ("promoted", mira.email)]


def test_cancelling_twice_frees_one_place(meeting: Meeting) -> None:
    set_capacity(meeting, 1)
    first = register_guest(meeting, GITA)
    for number in (1, 2):
        register_guest(meeting, guest(number))
    cancel_registration(first)
    again = cancel_registration(first)
    assert again.state == "cancelled"
    assert Registration.objects.with_place().count() == 1
    assert [name for name, to in letters() if to == GITA.email] == ["registered", "cancelled"]


def test_leaving_the_waiting_list_frees_no_place(meeting: Meeting, mira: User) -> None:
    set_capacity(meeting, 1)
    register_guest(meeting, GITA)
    cancel_registration(register_member(meeting, mira))
    assert letters()[2:] == [("left_waiting_list", mira.email)]
    assert Registration.objects.with_place().get().name == "Gita Rao"


def test_cancelled_then_registered_again_goes_to_the_end_with_a_newer_calendar_entry(
    meeting: Meeting, mira: User
) -> None:
    first = register_member(meeting, mira)
    assert first.calendar_sequence == 0
    assert cancel_registration(first).calendar_sequence == 1
    set_capacity(meeting, 1)
    register_guest(meeting, GITA)
    register_guest(meeting, guest(1))
    again = register_member(meeting, mira)
    assert (again.pk, again.state, again.calendar_sequence) == (first.pk, "waiting", 2)
    assert [one.name for one in Registration.objects.waiting()] == ["Guest 1", "Mira Novak"]


def test_more_places_let_those_who_wait_move_up_before_anybody_new(meeting: Meeting, mira: User) -> None:
    set_capacity(meeting, 1)
    for number in (1, 2, 3):
        register_guest(meeting, guest(number))
    set_capacity(meeting, 2)
    assert register_member(meeting, mira).state == "waiting"
    assert fill_free_places(meeting) == 1
    assert [one.name for one in Registration.objects.waiting()] == ["Guest 3", "Mira Novak"]
    assert letters()[-1] == ("promoted", "guest2@crowd.example")
    assert fill_free_places(meeting) == 0


@pytest.mark.parametrize(
    ("state", "at", "why"),
    [
        ("draft", datetime(2037, 1, 1, tzinfo=UTC), Closed.DRAFT),
        ("cancelled", datetime(2037, 1, 1, tzinfo=UTC), Closed.CANCELLED),
        ("published", datetime(2037, 1, 14, 15, 15, tzinfo=UTC), Closed.OVER),
    ],
)
def test_closed_meetings_say_why(meeting: Meeting, mira: User, state: str, at: datetime, why: Closed) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    with time_machine.travel(at, tick=False), pytest.raises(RegistrationIsClosed) as closed:
        register_member(meeting, mira)
    assert closed.value.why == why
    assert str(closed.value).startswith("This meeting ")
    assert not Registration.objects.exists()


def test_one_may_register_until_the_last_minute(meeting: Meeting, mira: User) -> None:
    """B84: not when somebody remembers to close it."""
    with time_machine.travel(meeting.ends_at - timedelta(seconds=1), tick=False):
        assert register_member(meeting, mira).state == "registered"


def test_nothing_is_cancelled_once_the_meeting_has_begun(meeting: Meeting, mira: User) -> None:
    registration = register_member(meeting, mira)
    with time_machine.travel(meeting.starts_at, tick=False), pytest.raises(MeetingHasBegun):
        cancel_registration(registration)
    registration.refresh_from_db()
    assert registration.state == "registered"
