"""B80: who gives roles, who looks after the network, and that there is always somebody who can."""

import pytest
from django.urls import reverse

from members.models import Membership, Network, User
from tests.conftest import member_of, person, signed_in

pytestmark = pytest.mark.django_db
ONLY_OWNER = "This is the network’s only owner. Make another member owner first."


@pytest.fixture
def oren(network: Network) -> User:
    """An organiser who is no owner."""
    user = person("oren@commons.example", "Oren Organiser")
    member_of(network, user, "organiser")
    return user


def row_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def page_of(user: User) -> str:
    return reverse("admin:members_membership_change", args=[row_of(user).pk])


@pytest.mark.parametrize("role", ["viewer", "speaker-wrangler", "note-taker", "organiser", "owner"])
def test_owner_gives_each_role(olive: User, mira: User, role: str) -> None:
    assert signed_in(olive).post(page_of(mira), {"role": role, "state": "active"}).status_code == 302
    assert row_of(mira).role == role


def test_organiser_gives_no_role_and_takes_none(oren: User, olive: User, noor: User, mira: User) -> None:
    client = signed_in(oren)
    assert client.post(page_of(mira), {"role": "owner", "state": "paused"}).status_code == 302
    assert (row_of(mira).role, row_of(mira).state) == ("member", "paused")
    for user, role in ((olive, "owner"), (noor, "note-taker"), (oren, "organiser")):
        assert client.post(page_of(user), {"role": "owner", "state": "paused"}).status_code == 302
        assert (row_of(user).role, row_of(user).state) == (role, "active")


def test_only_owner_stays_owner(olive: User, mira: User, oren: User) -> None:
    client = signed_in(olive)
    for said in ({"role": "organiser", "state": "active"}, {"role": "owner", "state": "left"}):
        assert ONLY_OWNER in client.post(page_of(olive), said).text
        assert (row_of(olive).role, row_of(olive).state) == ("owner", "active")
    client.post(page_of(mira), {"role": "owner", "state": "active"})
    assert client.post(page_of(olive), {"role": "organiser", "state": "active"}).status_code == 302
    assert row_of(olive).role == "organiser"


def test_site_owner_cannot_delete_a_networks_only_owner(olive: User, mira: User) -> None:
    client = signed_in(User.objects.create_superuser("root@site.example", name="Root"))
    only = reverse("admin:members_membership_delete", args=[row_of(olive).pk])
    assert ONLY_OWNER in client.post(only, {"post": "yes"}, follow=True).text
    assert Membership.objects.filter(user=olive).exists()
    many = {"action": "delete_selected", "_selected_action": [str(row_of(olive).pk)], "post": "yes"}
    client.post(reverse("admin:members_membership_changelist"), many)
    assert Membership.objects.filter(user=olive).exists()
    member = reverse("admin:members_membership_delete", args=[row_of(mira).pk])
    client.post(member, {"post": "yes"})
    assert not Membership.objects.filter(user=mira).exists()


def test_settings_and_rest_are_the_owners(oren: User, olive: User, network: Network) -> None:
    settings, rest = (reverse(f"admin:members_network_{one}", args=[network.pk]) for one in ("change", "rest"))
    client = signed_in(oren)
    page = client.get(settings).text
    assert ("Public voices" in page, rest in page, 'name="_save"' in page) == (True, False, False)
    assert client.post(settings, {"name": "Mine"}).status_code == 403
    assert client.post(rest, {"rest_sentence": "Gone."}).status_code == 403
    network.refresh_from_db()
    assert (network.name, network.is_resting) == ("Public voices", False)
    page = signed_in(olive).get(settings).text
    assert (rest in page, 'name="_save"' in page) == (True, True)
