"""My page, and leaving."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Membership, Network, User
from tests.conftest import member_of, signed_in

pytestmark = pytest.mark.django_db

ABOUT = {
    "name": "Mira N.",
    "organisation": "Lake Council",
    "job_title": "Adviser",
    "sector": "public",
    "also_known_as": "MN",
}


def test_person_changes_what_we_know_of_them(mira: User) -> None:
    """B22."""
    browser = signed_in(mira)
    page = browser.get("/me/").text
    assert mira.email in page
    assert 'value="Mira Novak"' in page
    assert "Public voices" in page
    assert browser.post("/me/", ABOUT)["Location"] == "/me/"
    assert "Saved." in browser.get("/me/").text
    mira.refresh_from_db()
    assert {field: getattr(mira, field) for field in ABOUT} == ABOUT


def test_address_and_power_are_not_on_the_form(mira: User) -> None:
    signed_in(mira).post("/me/", {**ABOUT, "email": "other@x.example", "is_superuser": "on", "is_active": ""})
    mira.refresh_from_db()
    assert (mira.email, mira.is_superuser, mira.is_active) == ("mira@river.example", False, True)


def test_wrong_input_comes_back(mira: User) -> None:
    answer = signed_in(mira).post("/me/", {**ABOUT, "name": "", "sector": "spies"})
    assert answer.status_code == 422
    assert 'value="Lake Council"' in answer.text
    assert 'href="#id_name"' in answer.text
    mira.refresh_from_db()
    assert mira.organisation == "River County Council"


def test_signed_out_goes_to_sign_in(client: Client, network: Network) -> None:
    assert client.get("/me/")["Location"] == "/accounts/login/?next=/me/"
    assert client.post("/voices/leave/")["Location"] == "/accounts/login/?next=/voices/leave/"


def test_wrong_methods(mira: User) -> None:
    browser = signed_in(mira)
    assert browser.delete("/me/").status_code == 405
    assert browser.get("/voices/leave/").status_code == 405


def queries_of_my_page(user: User) -> int:
    browser = signed_in(user)
    with CaptureQueriesContext(connection) as queries:
        browser.get("/me/")
    return len(queries)


def test_same_queries_with_one_network_and_with_three(mira: User, other_network: Network) -> None:
    counts = [queries_of_my_page(mira)]
    member_of(other_network, mira)
    member_of(Network.objects.create(name="Third", slug="third"), mira)
    counts.append(queries_of_my_page(mira))
    assert counts[0] == counts[1]


def test_leaving(mira: User, network: Network) -> None:
    browser = signed_in(mira)
    answer = browser.post("/voices/leave/", follow=True)
    assert answer.redirect_chain == [("/me/", 302)]
    assert "You have left the network." in answer.text
    assert "You belong to no network yet." in answer.text
    assert Membership.objects.get(user=mira).state == "left"
    assert browser.post("/voices/leave/").status_code == 404


def test_strangers_have_nothing_to_leave(stan: User, network: Network) -> None:
    assert signed_in(stan).post("/voices/leave/").status_code == 404
    assert signed_in(stan).post("/nowhere/leave/").status_code == 404


def test_last_organiser_stays_until_there_is_another(olive: User, mira: User) -> None:
    answer = signed_in(olive).post("/voices/leave/", follow=True)
    assert "Make somebody else organiser first." in answer.text
    assert Membership.objects.get(user=olive).state == "active"
    Membership.objects.filter(user=mira).update(role="organiser")
    signed_in(olive).post("/voices/leave/")
    membership = Membership.objects.get(user=olive)
    assert (membership.state, membership.role) == ("left", "member")
