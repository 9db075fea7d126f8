"""A place at every meeting of a series: asked for once, dropped by date, ended by page and mail (B30, complaint 1)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop.lib.signing import personal_token
from events.actions.publishing import publish_meeting
from events.actions.registering import cancel_registration, confirm_words, register_guest, register_member
from events.actions.scheduling import schedule_meeting
from events.actions.standing_places import (
    NotInTheirOwnWords,
    seat_those_who_always_come,
    take_standing_place,
    take_standing_place_by_link,
)
from events.models import Meeting, Registration, Series, StandingPlace
from events.rules.seating import places_for
from members.actions.erasing import erase
from members.actions.joining import Person, ask_to_join, confirm
from members.actions.leaving import leave
from members.models import Membership, Network, User
from tests.conftest import member_of, person, signed_in
from tests.events.test_registering import GITA, letters, set_capacity
from tests.post import letters_sent

MONTH = timedelta(weeks=4)


@pytest.fixture
def draft(series: Series, meeting: Meeting) -> Meeting:
    """Meeting 5, four weeks after the one that is announced."""
    return schedule_meeting(series, on=(meeting.starts_at + MONTH).date(), theme="Paying people")


def states(meeting: Meeting) -> list[tuple[str, str]]:
    return list(meeting.registrations.order_by("queued_at", "pk").values_list("name", "state"))


def press(registration: Registration, **said: str) -> str:
    """The page after the button of somebody's own link."""
    token = personal_token("registration", registration.pk)
    answer = Client().post(reverse("events:every_by_link", args=[token]), said, follow=True)
    assert answer.redirect_chain == [(reverse("events:my_registration", args=[token]), 302)]
    return answer.text


@pytest.mark.parametrize(
    ("asking", "capacity", "taken", "waiting", "seated"),
    [(3, None, 9, 0, 3), (3, 5, 3, 0, 2), (3, 5, 3, 1, 1), (3, 5, 5, 0, 0), (3, 5, 9, 4, 0), (0, 5, 0, 0, 0)],
)
def test_nobody_overtakes_those_who_wait(asking: int, capacity: int, taken: int, waiting: int, seated: int) -> None:
    assert places_for(asking, capacity, taken=taken, waiting=waiting) == seated


def test_each_date_brings_a_place_and_one_letter_with_its_entry(
    series: Series, meeting: Meeting, draft: Meeting, mira: User
) -> None:
    """B30: those announced already at once, the others as they are announced; a draft brings nothing."""
    take_standing_place(series, mira)
    assert states(meeting) == [("Mira Novak", "registered")]
    assert not draft.registrations.exists()
    publish_meeting(draft)
    assert states(draft) == [("Mira Novak", "registered")]
    first, second = letters_sent()
    assert [first.to, second.to] == [["mira@river.example"]] * 2
    assert second.subject == "You have a place: Paying people, Wednesday 11 February 2037"
    assert "You come to every meeting of “Monthly meeting”" in second.body
    assert "because you asked for a place at every meeting" in second.body
    assert "20370211T140000" in second.message().as_string()


def test_asking_again_and_announcing_again_change_nothing(
    series: Series, meeting: Meeting, draft: Meeting, mira: User
) -> None:
    take_standing_place(series, mira)
    take_standing_place(series, mira)
    assert seat_those_who_always_come(publish_meeting(draft)) == 0
    assert (StandingPlace.objects.count(), Registration.objects.count()) == (1, 2)
    assert letters() == [("registered", "mira@river.example")] * 2


def test_places_go_in_the_order_people_asked_and_the_rest_wait(
    series: Series, meeting: Meeting, draft: Meeting
) -> None:
    ann, bob, cleo = (person(f"{name}@crowd.example", name.title()) for name in ("ann", "bob", "cleo"))
    for user in (bob, cleo, ann):
        take_standing_place(series, user)
    set_capacity(draft, 2)
    publish_meeting(draft)
    assert states(draft) == [("Bob", "registered"), ("Cleo", "registered"), ("Ann", "waiting")]
    assert letters()[3:] == [("registered", bob.email), ("registered", cleo.email), ("waiting", ann.email)]
    cancel_registration(draft.registrations.get(user=bob))
    assert draft.registrations.get(user=ann).state == "registered"


def test_a_date_that_was_dropped_stays_dropped(series: Series, meeting: Meeting, draft: Meeting, mira: User) -> None:
    cancel_registration(register_member(meeting, mira))
    take_standing_place(series, mira)
    assert states(meeting) == [("Mira Novak", "cancelled")]
    publish_meeting(draft)
    cancel_registration(draft.registrations.get())
    take_standing_place(series, mira)
    assert states(draft) == [("Mira Novak", "cancelled")]


def test_other_series_and_what_is_over_or_cancelled_bring_nothing(
    network: Network, series: Series, meeting: Meeting, draft: Meeting, mira: User
) -> None:
    other = Series.objects.create(network=network, title="Reading group", slug="reading")
    take_standing_place(other, mira)
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    take_standing_place(series, mira)
    past = draft.starts_at - timedelta(days=20 * 365)
    Meeting.objects.filter(pk=draft.pk).update(starts_at=past, ends_at=past + timedelta(hours=1))
    publish_meeting(draft)
    assert not Registration.objects.exists()


def test_leaving_the_network_ends_it(series: Series, meeting: Meeting, draft: Meeting, mira: User) -> None:
    take_standing_place(series, mira)
    leave(mira.memberships.get())
    assert not StandingPlace.objects.exists()
    publish_meeting(draft)
    assert not draft.registrations.exists()


def test_whoever_was_let_go_or_locked_out_is_not_registered(
    series: Series, draft: Meeting, mira: User, noor: User
) -> None:
    """Also where an organiser, and no press of their own, ended it."""
    take_standing_place(series, mira)
    take_standing_place(series, noor)
    Membership.objects.filter(user=mira).update(state="left")
    User.objects.filter(pk=noor.pk).update(is_active=False)
    publish_meeting(draft)
    assert not draft.registrations.exists()


def test_erasing_ends_it_for_members_and_guests(series: Series, meeting: Meeting, draft: Meeting, mira: User) -> None:
    take_standing_place(series, mira)
    take_standing_place_by_link(confirmed_guest(meeting))
    for email in (mira.email, GITA.email):
        erase(email, at=meeting.starts_at)
    assert not StandingPlace.objects.exists()


def confirmed_guest(meeting: Meeting) -> Registration:
    registration = register_guest(meeting, GITA)
    confirm_words(registration.pk)
    registration.refresh_from_db()
    return registration


def test_guest_comes_always_by_link_in_their_own_words(meeting: Meeting, draft: Meeting) -> None:
    registration = confirmed_guest(meeting)
    press(registration)
    publish_meeting(draft)
    found = draft.registrations.get()
    assert (found.email, found.name, found.organisation, found.sector, found.user) == (
        "gita@guest.example",
        "Gita Rao",
        "Rao Consulting",
        "private",
        None,
    )
    assert found.confirmed
    assert letters() == [("registered", GITA.email)] * 2


def test_what_a_stranger_typed_brings_no_further_letters(meeting: Meeting, draft: Meeting) -> None:
    """Anybody can have typed the address: until its owner says that it is right it is good for one meeting."""
    registration = register_guest(meeting, GITA)
    with pytest.raises(NotInTheirOwnWords):
        take_standing_place_by_link(registration)
    page = press(registration)
    assert "Register for every meeting" not in page
    assert "Say first, below, that what was typed into the form is right." in page
    assert not StandingPlace.objects.exists()


def test_by_the_mail_one_date_is_dropped_and_all_of_it_ended(
    series: Series, meeting: Meeting, draft: Meeting, mira: User
) -> None:
    """Without an account, and each in two presses: the link in the letter, and a button."""
    take_standing_place(series, mira)
    publish_meeting(draft)
    first, second = meeting.registrations.get(), draft.registrations.get()
    token = personal_token("registration", first.pk)
    Client().post(reverse("events:cancel_by_link", args=[token]))
    first.refresh_from_db()
    assert first.state == "cancelled"
    page = Client().get(reverse("events:my_registration", args=[token])).text
    assert page.count("Stop registering me") == 1
    assert StandingPlace.objects.count() == 1
    press(second, stop="yes")
    second.refresh_from_db()
    assert (second.state, StandingPlace.objects.count()) == ("registered", 0)


def test_member_presses_once_for_every_meeting(meeting: Meeting, draft: Meeting, mira: User) -> None:
    client = signed_in(mira)
    register = reverse("events:register", args=["voices", meeting.slug])
    assert "Register for every meeting" in client.get(meeting.get_absolute_url()).text
    page = client.post(register, {"every": "yes"}, follow=True).text
    assert "You come to every meeting. We write to you as each is announced." in page
    assert "You come to every meeting of “Monthly meeting”." in page
    assert letters() == [("registered", mira.email)]
    assert StandingPlace.objects.get().user == mira


def test_member_sees_and_ends_it_on_their_page(series: Series, meeting: Meeting, mira: User, noor: User) -> None:
    take_standing_place(series, mira)
    take_standing_place(series, noor)
    client, path = signed_in(mira), reverse("events:my_meetings")
    page = client.get(path).text
    assert page.count("Juries and panels") == page.count("Stop registering me") == 1
    assert client.post(path, {"stop": "nonsense"})["Location"] == path
    assert StandingPlace.objects.count() == 2
    answer = client.post(path, {"stop": str(series.pk)}, follow=True)
    assert "From now on you are registered only where you register." in answer.text
    assert StandingPlace.objects.get().user == noor


def test_my_meetings_are_mine(meeting: Meeting, mira: User, stan: User) -> None:
    path = reverse("events:my_meetings")
    register_member(meeting, mira)
    assert Client().get(path)["Location"] == f"/accounts/login/?next={path}"
    assert signed_in(mira).put(path).status_code == 405
    assert "You are not registered for any meeting." in signed_in(stan).get(path).text
    token = personal_token("registration", meeting.registrations.get().pk)
    assert Client().get(reverse("events:every_by_link", args=[token])).status_code == 405
    assert Client().post(reverse("events:every_by_link", args=["1.forged.link"])).status_code == 404


def test_my_meetings_take_as_many_queries_for_three_as_for_one(series: Series, meeting: Meeting, mira: User) -> None:
    client, path = signed_in(mira), reverse("events:my_meetings")
    take_standing_place(series, mira)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for weeks in (4, 8):
        publish_meeting(schedule_meeting(series, on=(meeting.starts_at + timedelta(weeks=weeks)).date()))
    with CaptureQueriesContext(connection) as three:
        assert client.get(path).text.count("Monthly meeting") > 2
    assert len(three) == len(one)


def test_who_joins_keeps_what_they_asked_for_as_a_guest(network: Network, meeting: Meeting) -> None:
    take_standing_place_by_link(confirmed_guest(meeting))
    confirm(ask_to_join(network, email=GITA.email, person=Person(name="Gita Rao", sector="private")))
    place = StandingPlace.objects.get()
    assert (place.user, place.guest_email) == (User.objects.get(email=GITA.email), "")


def test_one_person_is_registered_once_whatever_they_asked_as(
    network: Network, series: Series, meeting: Meeting, draft: Meeting
) -> None:
    take_standing_place_by_link(confirmed_guest(meeting))
    gita = person(GITA.email, "Gita Rao")
    take_standing_place(series, gita)
    publish_meeting(draft)
    assert draft.registrations.count() == 1
    confirm(ask_to_join(network, email=GITA.email, person=Person(name="Gita Rao", sector="private")))
    assert StandingPlace.objects.get().user == gita


def test_organiser_sees_before_publishing_who_is_written_to(series: Series, draft: Meeting, mira: User) -> None:
    """B74: the press says how many letters it sends."""
    organiser = person("second@commons.example", "Second")
    member_of(draft.network, organiser, "organiser")
    path = reverse("admin:events_meeting_act", args=[draft.pk, "publish"])
    assert "Nobody is written to." in signed_in(organiser).get(path).text
    take_standing_place(series, mira)
    assert "1 person comes to every meeting of the series" in signed_in(organiser).get(path).text


def test_whoever_has_a_place_is_told_of_no_letter_when_they_ask_for_every_meeting(meeting: Meeting, mira: User) -> None:
    """One sentence, and it is true: no second letter comes."""
    client, path = signed_in(mira), reverse("events:register", args=["voices", meeting.slug])
    said = client.post(path, follow=True).text
    assert said.count("The letter with the entry for your calendar is on its way.") == 1
    said = client.post(path, {"every": "yes"}, follow=True).text
    assert "You come to every meeting. We write to you as each is announced." in said
    assert "is on its way" not in said
    assert "You are on the list already." in client.post(path, follow=True).text
