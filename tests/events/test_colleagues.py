"""Colleagues who come too: named in a reminder, to colleagues only, if they allowed it (B42, R13)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from events.actions.colleagues import let_colleagues_know
from events.actions.registering import Guest, cancel_registration, register_guest
from events.models import Meeting, OpenToColleagues, Registration
from events.rules.colleagues import Coming, colleagues_of
from members.actions.leaving import leave
from members.models import Membership, Network, User
from tests.conftest import member_of, person, signed_in
from tests.events.test_reminding import START, at, register

A_DAY_BEFORE = START - timedelta(days=1)
MINE = reverse("events:my_meetings")


def coming(person: int, name: str, organisation: str = "River County Council", domain: str = "river.example") -> Coming:
    return Coming(person=person, name=name, organisation=organisation, email=f"{person}@{domain}")


def test_two_at_most_of_the_same_organisation_and_domain_are_named() -> None:
    """B42: in whatever capitals; whoever only claims to be from there is told nothing."""
    willing = [coming(number, name) for number, name in enumerate(("Cy", "Bo", "Al"), start=2)]
    assert colleagues_of(coming(1, "Mira", "RIVER  county council"), willing) == ["Al", "Bo"]
    assert colleagues_of(coming(1, "Mira"), willing[:1]) == ["Cy"]
    assert colleagues_of(willing[0], willing[:1]) == []
    assert colleagues_of(coming(1, "Mira", domain="mail.example"), willing) == []
    assert colleagues_of(coming(1, "Mira", "Lake Council"), willing) == []
    assert colleagues_of(coming(1, "Mira", ""), [coming(2, "Al", "")]) == []


@pytest.fixture
def rhea(network: Network) -> User:
    """A colleague of Mira's."""
    user = person("rhea@river.example", "Rhea Stone", "river county council", "public")
    member_of(network, user)
    return user


def say(user: User, *, may: bool) -> None:
    assert let_colleagues_know(user.memberships.get().pk, user, may=may)


def told(meeting: Meeting, to: User) -> bool:
    """Whether the reminder of a day before names Rhea to them; nobody else's letter does."""
    letters = at(A_DAY_BEFORE)
    naming = [letter.to[0] for letter in letters if "Rhea Stone" in str(letter.body) + str(letter.alternatives)]
    assert to.email in [letter.to[0] for letter in letters]
    assert set(naming) <= {to.email}
    return bool(naming)


def test_nobody_is_named_who_has_not_allowed_it(meeting: Meeting, mira: User, rhea: User) -> None:
    for user in (mira, rhea):
        register(meeting, user)
    assert not told(meeting, mira)


def test_a_colleague_who_allowed_it_is_named_to_colleagues_alone(
    meeting: Meeting, mira: User, rhea: User, olive: User
) -> None:
    """The others' copies of the same letter say nothing: not a guest's, nor another member's."""
    for user in (mira, rhea, olive):
        register(meeting, user)
    register_guest(meeting, Guest(email="gus@river.example", name="Gus", organisation="River County Council"))
    say(rhea, may=True)
    assert told(meeting, mira)


def test_the_sentence_in_both_forms_of_the_letter(meeting: Meeting, mira: User, rhea: User, network: Network) -> None:
    ola = person("ola@river.example", "Ola <b>", "River County Council", "public")
    member_of(network, ola)
    for user in (mira, rhea, ola):
        register(meeting, user)
        say(user, may=True)
    [letter] = [one for one in at(A_DAY_BEFORE) if one.to == [mira.email]]
    assert "Ola <b> and Rhea Stone from your organisation are coming, too." in str(letter.body)
    assert "Ola &lt;b&gt; and Rhea Stone from your organisation are coming, too." in str(letter.alternatives)


@pytest.mark.parametrize("why", ["taken back", "cancelled", "left"])
def test_it_ends_with_the_word_the_place_and_the_membership(meeting: Meeting, mira: User, rhea: User, why: str) -> None:
    register(meeting, mira)
    place = register(meeting, rhea)
    say(rhea, may=True)
    if why == "taken back":
        say(rhea, may=False)
    elif why == "cancelled":
        cancel_registration(place)
    else:
        leave(rhea.memberships.get())
        assert OpenToColleagues.objects.count() == 0
    assert not told(meeting, mira)


def test_a_place_that_somebody_else_typed_names_nobody(meeting: Meeting, mira: User, rhea: User) -> None:
    """Unconfirmed: nobody knows whether Rhea has asked for it."""
    register(meeting, mira)
    register(meeting, rhea)
    say(rhea, may=True)
    Registration.objects.filter(user=rhea).update(confirmed=False)
    assert not told(meeting, mira)


def test_the_choice_is_on_ones_own_page_for_each_network(rhea: User, mira: User) -> None:
    client, own = signed_in(rhea), rhea.memberships.get().pk
    assert "Nobody is told." in client.get(MINE).text
    page = client.post(MINE, {"name_me": str(own)}, follow=True).text
    assert "Colleagues from river county council may be told that you come." in page
    client.post(MINE, {"name_me": str(Membership.objects.get(user=mira).pk)})
    assert [row.membership_id for row in OpenToColleagues.objects.all()] == [own]
    assert "Nobody is told." in client.post(MINE, {"name_me_not": str(own)}, follow=True).text
    assert OpenToColleagues.objects.count() == 0
    assert Client().post(MINE, {"name_me": str(own)}).status_code == 302
