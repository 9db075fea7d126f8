"""Who belongs where: every kind of visitor asked every question."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from members.access import (
    Visitor,
    duties_in,
    is_member,
    may,
    membership_of,
    network_or_404,
    organises,
    takes_notes,
)
from members.models import Membership, Network, User
from members.rules.roles import DUTIES, Duty, Role
from tests.conftest import member_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(network: Network, olive: User, noor: User, mira: User, otto: User, stan: User) -> dict[str, Visitor]:  # noqa: PLR0917 - the cast
    site_owner = person("owner@site.example", "Owain Owner")
    site_owner.is_superuser = True
    pending, paused, left, closed = [
        person(f"{state}@x.example", state) for state in ("pending", "paused", "left", "closed")
    ]
    for user, state in ((pending, "pending"), (paused, "paused"), (left, "left"), (closed, "active")):
        member_of(network, user, "owner", state)
    closed.is_active = False
    closed.save()
    return {
        "owner": olive,
        "note-taker": noor,
        "member": mira,
        "owner elsewhere": otto,
        "stranger": stan,
        "site owner": site_owner,
        "waiting": pending,
        "paused": paused,
        "gone": left,
        "closed": closed,
        "visitor": AnonymousUser(),
    }


def test_every_question_to_everybody(cast: dict[str, Visitor], network: Network) -> None:
    """R12. Whoever waits, rests, left or may not sign in is nobody, whatever role their row still names."""
    assert {who for who, user in cast.items() if is_member(user, network)} == {"owner", "note-taker", "member"}
    assert {who for who, user in cast.items() if takes_notes(user, network)} == {"owner", "note-taker", "site owner"}
    assert {who for who, user in cast.items() if organises(user, network)} == {"owner", "site owner"}
    has_row = {"owner", "note-taker", "member", "waiting", "paused", "gone"}
    assert {who for who, user in cast.items() if membership_of(user, network)} == has_row


def test_querysets_agree_with_the_questions(cast: dict[str, Visitor], network: Network) -> None:
    for user in cast.values():
        if isinstance(user, User) and user.is_active:
            for duty in Duty:
                assert (network in Network.objects.open_to(user, duty)) is may(user, network, duty)
            assert Membership.objects.active().filter(user=user, network=network).exists() is is_member(user, network)


def test_networks_by_address(network: Network) -> None:
    assert network_or_404("voices") == network
    with pytest.raises(Http404):
        network_or_404("nowhere")


@pytest.mark.parametrize("role", Role)
def test_each_role_has_the_duties_of_the_table(network: Network, role: Role) -> None:
    """B80. In one's own network, while one is active, and nowhere else."""
    user, elsewhere = person("role@x.example", "Rowan Role"), Network.objects.create(name="Else", slug="else")
    membership = member_of(network, user, role)
    assert duties_in(user, network) == DUTIES[role]
    assert duties_in(user, elsewhere) == frozenset()
    assert {duty for duty in Duty if network in Network.objects.open_to(user, duty)} == DUTIES[role]
    assert user.is_staff is (Duty.LOOK in DUTIES[role])
    Membership.objects.filter(pk=membership.pk).update(state="paused")
    assert duties_in(user, network) == frozenset()
