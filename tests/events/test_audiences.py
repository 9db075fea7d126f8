"""Whom organisers can write to about a meeting: people by what they are to it."""

import pytest

from events.models import Meeting, Registration, Speaker
from members.audiences import Chosen, chosen_in, offered_in
from members.models import Network, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(meeting: Meeting, mira: User, noor: User, olive: User) -> Meeting:
    rows = [(mira, "registered"), (noor, "waiting"), (olive, "cancelled")]
    for user, state in rows:
        Registration.objects.create(meeting=meeting, user=user, name="As typed", state=state)
    Registration.objects.create(meeting=meeting, guest_email="gus@guest.example", name="Gus Guest", state="attended")
    Speaker.objects.update(email="tove@fjord.example")
    return meeting


def choose(network: Network, key: str, meeting: Meeting) -> Chosen:
    found = chosen_in(network, f"events/{key} {meeting.pk}")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("registered", ["gus@guest.example", "mira@river.example"]),
        ("waiting", ["noor@commons.example"]),
        ("attended", ["gus@guest.example"]),
        ("speakers", ["tove@fjord.example"]),
    ],
)
def test_audience_is_those_who_are_that(people: Meeting, network: Network, key: str, expected: list[str]) -> None:
    assert sorted(one.email for one in choose(network, key, people).people()) == expected


def test_member_is_called_by_their_own_name_and_a_guest_by_the_one_they_gave(people: Meeting, network: Network) -> None:
    Registration.objects.filter(user=None).update(confirmed=True)
    names = sorted(one.name for one in choose(network, "registered", people).people())
    assert names == ["Gus Guest", "Mira Novak"]


def test_guest_is_called_nothing_that_a_stranger_typed(people: Meeting, network: Network) -> None:
    assert [one.name for one in choose(network, "attended", people).people()] == [""]


def test_speaker_without_an_address_is_nobody_to_write_to(meeting: Meeting, network: Network) -> None:
    assert list(choose(network, "speakers", meeting).people()) == []


def test_meetings_that_people_know_of_are_offered(people: Meeting, network: Network) -> None:
    names = [one.name for one in offered_in(network)]
    assert names == [
        "Members, as news",
        "Members, as an invitation",
        "Members who have not registered: 14 January 2037, Juries and panels",
        "Registered: 14 January 2037, Juries and panels",
        "Waiting for a place: 14 January 2037, Juries and panels",
        "Attended: 14 January 2037, Juries and panels",
        "Speakers: 14 January 2037, Juries and panels",
    ]
    Meeting.objects.update(state="draft")
    assert len(list(offered_in(network))) == 2


def test_meeting_of_another_network_is_no_audience(people: Meeting, other_network: Network) -> None:
    assert chosen_in(other_network, f"events/registered {people.pk}") is None
    assert chosen_in(other_network, "events/registered") is None
    assert chosen_in(other_network, "members/news 1") is None
    assert chosen_in(other_network, "everybody") is None
