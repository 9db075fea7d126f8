"""The panel: organisers see and change only their networks, and its history names nobody."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.actions.joining import Person, ask_to_join, confirm
from members.actions.leaving import leave
from members.actions.mailing import Recipient, send_letter
from members.models import Delivery, Mailing, Membership, Network, SignUp, User
from tests.conftest import member_of, person, signed_in
from tests.post import letters_sent

pytestmark = pytest.mark.django_db

PAGES = ["network", "membership", "signup", "mailing", "delivery"]


def page(model: str, row: object = "") -> str:
    return f"/admin/members/{model}/{row}/change/" if row else f"/admin/members/{model}/"


@pytest.fixture
def owner(db: None) -> User:
    user = person("owner@site.example", "Owain Owner")
    user.is_superuser = True
    user.save()
    return user


@pytest.fixture
def theirs(other_network: Network, otto: User) -> dict[str, int]:
    """A row of each kind in a network that is not Olive's."""
    sign_up = ask_to_join(other_network, email="hidden@secret.example", person=Person(name="Hidden", sector="public"))
    mailing = Mailing.objects.get()
    return {
        "network": other_network.pk,
        "membership": Membership.objects.get(user=otto).pk,
        "signup": sign_up.pk,
        "mailing": mailing.pk,
        "delivery": Delivery.objects.get().pk,
    }


# -- Who sees what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", PAGES)
def test_organiser_sees_only_their_own_networks(
    model: str, olive: User, theirs: dict[str, int], network: Network
) -> None:
    """B94: never mixed, and R12: what is not theirs does not exist."""
    ask_to_join(network, email="visible@river.example", person=Person(name="Vis Ible", sector="public"))
    browser = signed_in(olive)
    listed = browser.get(page(model)).text
    assert "1 " in listed
    for secret in ("hidden@secret.example", "Hidden", "otto@museum.example", "Otto", "Museum makers"):
        assert secret not in listed
    there, nowhere = browser.get(page(model, theirs[model])), browser.get(page(model, 999999))
    assert (there.status_code, there["Location"]) == (nowhere.status_code, nowhere["Location"]) == (302, "/admin/")
    there, nowhere = [browser.post(page(model, row), {"name": "Mine now"}) for row in (theirs[model], 999999)]
    assert there.status_code == nowhere.status_code
    assert Network.objects.get(pk=theirs["network"]).name == "Museum makers"
    for act in ("delete", "history"):
        assert browser.get(f"/admin/members/{model}/{theirs[model]}/{act}/").status_code in (302, 403)


@pytest.mark.parametrize("model", [*PAGES, "user"])
def test_strangers_members_and_note_takers_see_nothing_here(
    model: str, client: Client, mira: User, noor: User, stan: User
) -> None:
    assert client.get(page(model))["Location"].startswith("/admin/login/")
    for user in (mira, stan):
        answer = signed_in(user).get(page(model), follow=True)
        assert answer.status_code == 404
    assert signed_in(noor).get("/admin/").status_code == 200
    assert signed_in(noor).get(page(model)).status_code == 403


@pytest.mark.parametrize("model", [*PAGES, "user"])
def test_owner_sees_everything(model: str, owner: User, theirs: dict[str, int]) -> None:
    browser = signed_in(owner)
    assert browser.get(page(model)).status_code == 200
    if model != "user":
        assert browser.get(page(model, theirs[model])).status_code == 200


def test_accounts_are_the_owners_alone(olive: User, mira: User) -> None:
    browser = signed_in(olive)
    assert browser.get(page("user")).status_code == 403
    assert browser.get(page("user", mira.pk)).status_code == 403
    assert browser.get("/admin/autocomplete/", QUERY).status_code == 403


QUERY = {"app_label": "members", "model_name": "membership", "field_name": "user", "term": "m"}


def test_organiser_who_left_sees_nothing(olive: User, network: Network) -> None:
    Membership.objects.filter(user=olive).update(state="left")
    assert signed_in(olive).get("/admin/", follow=True).status_code == 404


def test_filters_name_no_other_network(olive: User, theirs: dict[str, int]) -> None:
    third = Network.objects.create(name="Third", slug="third")
    member_of(third, olive, "organiser")
    listed = signed_in(olive).get(page("membership")).text
    assert "Third" in listed
    assert "Museum makers" not in listed


def test_same_queries_with_three_members_and_with_six(olive: User, noor: User, mira: User, network: Network) -> None:
    counts = []
    for _ in range(2):
        browser = signed_in(olive)
        with CaptureQueriesContext(connection) as queries:
            browser.get(page("membership"))
        counts.append(len(queries))
        for number in range(3):
            member_of(network, person(f"n{len(counts)}{number}@x.example", f"Nobody {number}"))
    assert counts[0] == counts[1]


# -- What they change ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["organiser", "owner"])
def test_nobody_else_brings_back_who_has_left(who: str, olive: User, owner: User, mira: User, network: Network) -> None:
    """The panel was open before they left; leaving is a person's own decision."""
    membership = Membership.objects.get(user=mira)
    browser = signed_in(olive if who == "organiser" else owner)
    assert 'name="state"' in browser.get(page("membership", membership.pk)).text
    leave(membership)
    opened = browser.get(page("membership", membership.pk)).text
    assert "Only they can come back, by joining again." in opened
    assert 'name="state"' not in opened
    answer = browser.post(page("membership", membership.pk), {"role": "organiser", "state": "active"})
    membership.refresh_from_db()
    assert (membership.state, membership.role) == ("left", "member")
    assert answer.text.count("Only they can come back, by joining again.") == 2
    confirm(ask_to_join(network, email=mira.email, person=Person(name="Mira", sector="public")))
    membership.refresh_from_db()
    assert membership.state == "active"


def test_organiser_changes_the_network_but_not_its_address(olive: User, network: Network) -> None:
    browser = signed_in(olive)
    form = {
        "name": "Public voices",
        "slug": "elsewhere",
        "tagline": "New words",
        "description": "",
        "ground_rules": "Be kind.",
        "time_zone": "Europe/London",
        "language": "en-gb",
        "sector_minimum": "4",
        "consent_days": "7",
        "retention_days": "30",
    }
    assert browser.post(page("network", network.pk), form)["Location"] == page("network")
    network.refresh_from_db()
    assert (network.slug, network.tagline, network.sector_minimum) == ("voices", "New words", 4)
    assert browser.get("/admin/members/network/add/").status_code == 403
    assert browser.post(f"/admin/members/network/{network.pk}/delete/", {"post": "yes"}).status_code == 403


def test_organiser_makes_a_member_note_taker(olive: User, mira: User, network: Network, other_network: Network) -> None:
    membership = Membership.objects.get(user=mira)
    form = {"role": "note-taker", "state": "active", "network": other_network.pk, "user": olive.pk}
    signed_in(olive).post(page("membership", membership.pk), form)
    membership.refresh_from_db()
    assert (membership.role, membership.network, membership.user) == ("note-taker", network, mira)


def test_read_only_pages_change_nothing(olive: User, network: Network) -> None:
    mailing = send_letter("welcome", [Recipient("a@x.example")], network=network)
    browser = signed_in(olive)
    assert browser.get(page("mailing", mailing.pk)).status_code == 200
    for model, row in (("mailing", mailing.pk), ("delivery", mailing.deliveries.get().pk)):
        assert browser.post(page(model, row), {"letter": "x", "email": "b@x.example"}).status_code == 403
        assert browser.post(f"/admin/members/{model}/{row}/delete/", {"post": "yes"}).status_code == 403
        assert browser.get(f"/admin/members/{model}/add/").status_code == 403


@pytest.mark.parametrize(
    ("action", "state", "subject", "said"),
    [
        ("let_in", "active", "Welcome to Public voices", "1 person was let in and told so."),
        ("turn_down", "left", "Your request to join Public voices", "1 person was turned down and told so."),
    ],
)
def test_those_who_wait_are_let_in_or_turned_down(  # noqa: PLR0917 - four of them are the case
    action: str, state: str, subject: str, said: str, olive: User, stan: User, mira: User, network: Network
) -> None:
    """B20: whoever was chosen but does not wait is left as they are, and gets no letter."""
    waiting, active = member_of(network, stan, state="pending"), Membership.objects.get(user=mira)
    chosen = {"action": action, "_selected_action": [waiting.pk, active.pk]}
    answer = signed_in(olive).post(page("membership"), chosen, follow=True)
    assert said in answer.text
    assert dict(Membership.objects.filter(user__in=[stan, mira]).values_list("user__name", "state")) == {
        "Stan Stranger": state,
        "Mira Novak": "active",
    }
    assert [(letter.to, letter.subject) for letter in letters_sent()] == [([stan.email], subject)]
    assert LogEntry.objects.get().object_repr == f"membership {waiting.pk}"


def test_nobody_is_let_in_by_saving(olive: User, stan: User, network: Network) -> None:
    """Saving never mails anyone (B74), and whoever waits is told (B20): so it takes the action."""
    waiting = member_of(network, stan, state="pending")
    signed_in(olive).post(page("membership", waiting.pk), {"role": "organiser", "state": "active"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.role) == ("pending", "member")


def test_organiser_cannot_act_on_another_network(olive: User, otto: User, stan: User, other_network: Network) -> None:
    waiting = member_of(other_network, stan, state="pending")
    chosen = {"action": "let_in", "_selected_action": [waiting.pk]}
    signed_in(olive).post(page("membership"), chosen)
    waiting.refresh_from_db()
    assert waiting.state == "pending"


# -- What is remembered ----------------------------------------------------------------------------------------------


def test_history_names_fields_and_numbers_only(owner: User, mira: User, network: Network) -> None:
    """R15: the act, the actor, the object's id and the time; in the message on the next page too."""
    browser = signed_in(owner)
    membership = Membership.objects.get(user=mira)
    answer = browser.post(page("membership", membership.pk), {"role": "note-taker", "state": "paused"}, follow=True)
    assert "Saved." in answer.text
    notices = answer.text.split('class="messagelist"')[1].split("</ul>")[0]
    assert "Mira" not in notices
    browser.post(page("user", mira.pk), {"email": mira.email, "name": "Miriam", "is_active": "on"})
    new = {"network": network.pk, "user": owner.pk, "role": "member", "state": "active"}
    browser.post("/admin/members/membership/add/", new)
    browser.post(f"/admin/members/membership/{membership.pk}/delete/", {"post": "yes"})
    browser.post(f"/admin/members/membership/{Membership.objects.get().pk}/delete/", {"post": "yes"})
    entries = list(LogEntry.objects.order_by("pk"))
    kinds = [entry.object_repr.split()[0] for entry in entries]
    assert kinds == ["membership", "person", "membership", "membership", "membership"]
    assert [entry.object_repr.split()[1] for entry in entries] == [entry.object_id for entry in entries]
    assert json.loads(entries[0].change_message) == [{"changed": {"fields": ["Role", "State"]}}]
    for entry in entries:
        said = f"{entry.object_repr} {entry.change_message}"
        for name in ("Mira", "Novak", "river.example", "Owain"):
            assert name not in said
    assert not Membership.objects.exists()


def test_letters_show_how_many_went_where(olive: User, mira: User, network: Network) -> None:
    membership = Membership.objects.get(user=mira)
    mailing = send_letter(
        "welcome", [Recipient("a@x.example"), Recipient("b@x.example")], network=network, about_id=membership.pk
    )
    mailing.deliveries.filter(email="a@x.example").update(state="failed", problem="Refused.")
    letters_sent()
    listed = signed_in(olive).get(page("mailing")).text
    assert [listed.split(f'field-{state}">')[1][0] for state in ("sent", "waiting", "failed")] == ["1", "0", "1"]
    assert "Refused." in signed_in(olive).get(page("delivery")).text
    assert SignUp.objects.count() == 0
