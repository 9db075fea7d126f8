"""Who belongs where: every kind of visitor asked every question."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from members.access import (
    Visitor,
    is_member,
    membership_of,
    network_or_404,
    organises,
    run_network_or_404,
    runs,
)
from members.models import Membership, Network, User
from tests.conftest import member_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(network: Network, olive: User, noor: User, mira: User, otto: User, stan: User) -> dict[str, Visitor]:  # noqa: PLR0917 - the cast
    owner = person("owner@site.example", "Owain Owner")
    owner.is_superuser = True
    pending, paused, left, closed = [
        person(f"{state}@x.example", state) for state in ("pending", "paused", "left", "closed")
    ]
    for user, state in ((pending, "pending"), (paused, "paused"), (left, "left"), (closed, "active")):
        member_of(network, user, "organiser", state)
    closed.is_active = False
    closed.save()
    return {
        "organiser": olive,
        "note-taker": noor,
        "member": mira,
        "organiser elsewhere": otto,
        "stranger": stan,
        "site owner": owner,
        "waiting": pending,
        "paused": paused,
        "gone": left,
        "closed": closed,
        "visitor": AnonymousUser(),
    }


def test_every_question_to_everybody(cast: dict[str, Visitor], network: Network) -> None:
    """R12. Whoever waits, rests, left or may not sign in is nobody, whatever role their row still names."""
    assert {who for who, user in cast.items() if is_member(user, network)} == {"organiser", "note-taker", "member"}
    assert {who for who, user in cast.items() if runs(user, network)} == {"organiser", "note-taker", "site owner"}
    assert {who for who, user in cast.items() if organises(user, network)} == {"organiser", "site owner"}
    has_row = {"organiser", "note-taker", "member", "waiting", "paused", "gone"}
    assert {who for who, user in cast.items() if membership_of(user, network)} == has_row


def test_querysets_agree_with_the_questions(cast: dict[str, Visitor], network: Network) -> None:
    for user in cast.values():
        if isinstance(user, User) and user.is_active:
            assert (network in Network.objects.run_by(user)) is runs(user, network)
            assert (network in Network.objects.organised_by(user)) is organises(user, network)
            assert Membership.objects.active().filter(user=user, network=network).exists() is is_member(user, network)


def test_networks_by_address(cast: dict[str, Visitor], network: Network) -> None:
    assert network_or_404("voices") == network
    assert run_network_or_404(cast["note-taker"], "voices") == network
    with pytest.raises(Http404):
        network_or_404("nowhere")
    for who in ("member", "stranger", "organiser elsewhere", "visitor", "closed"):
        with pytest.raises(Http404):
            run_network_or_404(cast[who], "voices")
