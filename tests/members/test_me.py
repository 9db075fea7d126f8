"""My page, and leaving."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
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


LETTERS = {"voices-kinds": ["notes", "news"], "voices-resume_on": "", "voices-is_listed": "on"}


def test_choosing_letters(mira: User, network: Network) -> None:
    """B24, B27: nobody may see it unless they say so."""
    browser = signed_in(mira)
    membership = mira.memberships.get()
    assert (membership.is_listed, set(mira.refusals.values_list("kind", flat=True))) == (False, set())
    answer = browser.post("/voices/letters/", LETTERS, follow=True)
    assert answer.redirect_chain == [("/me/", 302)]
    assert "Saved. It counts from the next letter on." in answer.text
    membership.refresh_from_db()
    assert (membership.is_listed, membership.letters_resume_on) == (True, None)
    assert set(mira.refusals.values_list("kind", flat=True)) == {"invitations", "reminders"}
    ticked = re.findall(r'value="(\w+)"[^>]*checked', browser.get("/me/").text)
    assert ticked == ["notes", "news"]


def test_pausing_letters(mira: User, network: Network) -> None:
    with time_machine.travel(datetime(2037, 1, 14, 14, tzinfo=UTC), tick=False):
        browser = signed_in(mira)
        browser.post("/voices/letters/", {**LETTERS, "voices-resume_on": "2037-02-01"})
        assert mira.memberships.get().letters_resume_on == date(2037, 2, 1)
        assert 'value="2037-02-01"' in browser.get("/me/").text
    with time_machine.travel(datetime(2037, 2, 1, 14, tzinfo=UTC), tick=False):
        assert 'value="2037-02-01"' not in signed_in(mira).get("/me/").text


@pytest.mark.parametrize("day", ["2037-01-14", "2036-12-31", "2038-01-16", "soon"])
def test_pause_that_cannot_be_comes_back_as_typed(mira: User, network: Network, day: str) -> None:
    with time_machine.travel(datetime(2037, 1, 14, 14, tzinfo=UTC), tick=False):
        answer = signed_in(mira).post("/voices/letters/", {"voices-kinds": ["notes"], "voices-resume_on": day})
    assert answer.status_code == 422
    assert f'value="{day}"' in answer.text
    assert 'href="#id_voices-resume_on"' in answer.text
    assert re.findall(r'value="(\w+)"[^>]*checked', answer.text) == ["notes"]
    assert not mira.refusals.exists()


def test_strangers_choose_nothing(stan: User, otto: User, network: Network) -> None:
    for stranger in (stan, otto):
        assert signed_in(stranger).post("/voices/letters/", LETTERS).status_code == 404
    assert Client().post("/voices/letters/", LETTERS)["Location"] == "/accounts/login/?next=/voices/letters/"


def test_who_waits_to_be_let_in_has_nothing_to_choose_yet(stan: User, network: Network) -> None:
    member_of(network, stan, state="pending")
    page = signed_in(stan).get("/me/").text
    assert "waiting for approval" in page
    assert "voices-kinds" not in page
    assert "Leave this network" in page


def test_signed_out_goes_to_sign_in(client: Client, network: Network) -> None:
    assert client.get("/me/")["Location"] == "/accounts/login/?next=/me/"
    assert client.post("/voices/leave/")["Location"] == "/accounts/login/?next=/voices/leave/"


def test_wrong_methods(mira: User) -> None:
    browser = signed_in(mira)
    assert browser.delete("/me/").status_code == 405
    assert browser.get("/voices/leave/").status_code == 405
    assert browser.get("/voices/letters/").status_code == 405


def queries_of_my_page(user: User) -> int:
    browser = signed_in(user)
    with CaptureQueriesContext(connection) as queries:
        browser.get("/me/")
    return len(queries)


def test_same_queries_with_one_network_and_with_three(mira: User, other_network: Network) -> None:
    queries_of_my_page(mira)  # the first who asks has the key made that addresses are found by
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
    assert "Make another member owner first." in answer.text
    assert Membership.objects.get(user=olive).state == "active"
    Membership.objects.filter(user=mira).update(role="owner")
    signed_in(olive).post("/voices/leave/")
    membership = Membership.objects.get(user=olive)
    assert (membership.state, membership.role) == ("left", "member")
