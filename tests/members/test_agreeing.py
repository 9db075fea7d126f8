"""Somebody from the old list agrees to the ground rules before reading anything, or leaves; nobody does it for them."""

import re

import pytest
from django.test import Client

from cop.lib.signing import personal_token
from members.actions.importing import tell
from members.letters import AGREE
from members.models import Agreement, Membership, Network, User
from tests.conftest import signed_in
from tests.members.lists import bring_list
from tests.post import letters_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(network: Network, olive: User) -> User:
    """Brought over from a list."""
    bring_list(network, olive, subscribed=[("ann@lake.example", "Ann", "Lake", "Lake Trust")])
    return User.objects.get(email="ann@lake.example")


@pytest.fixture
def link(ann: User, olive: User) -> str:
    """The path of the link in their letter."""
    tell(ann.memberships.get().brought.batch, by=olive)
    (letter,) = letters_sent()
    found = re.search(r"/p/[^/]+/agree/", str(letter.body))
    assert found is not None
    return found[0]


def state(ann: User) -> str:
    return ann.memberships.get().state


def test_opening_the_link_shows_what_we_have_and_changes_nothing(link: str, ann: User) -> None:
    """B16: mail scanners open every link."""
    shown = Client().get(link).text
    assert [word in shown for word in ("ann@lake.example", "Lake Trust", "Chatham House Rule")] == [True] * 3
    assert (state(ann), Agreement.objects.count()) == ("brought", 0)


def test_press_makes_a_member_signs_in_and_is_written_down(link: str, ann: User, network: Network) -> None:
    browser = Client()
    assert browser.post(link, {"agree": "yes"}).headers["Location"] == "/voices/"
    agreement = Agreement.objects.get()
    assert (state(ann), agreement.way, agreement.wording) == (
        "active",
        "link in the letter about the list",
        network.ground_rules,
    )
    assert browser.get("/me/").status_code == 200
    assert [letter.subject for letter in letters_sent()] == ["Welcome to Public voices"]


def test_link_signs_nobody_in_a_second_time(link: str, ann: User) -> None:
    Client().post(link, {"agree": "yes"})
    later = Client()
    assert later.post(link, {"agree": "yes"}).status_code == 404
    assert later.get("/me/").status_code == 302
    assert Agreement.objects.count() == 1


def test_press_takes_off_the_list_without_signing_in(link: str, ann: User) -> None:
    browser = Client()
    assert browser.post(link, {"leave": "yes"}).headers["Location"] == "/voices/"
    assert state(ann) == "left"
    assert browser.get("/me/").status_code == 302
    assert Client().get(link).status_code == 404


def test_whoever_left_by_the_link_is_brought_back_by_no_list(
    link: str, ann: User, network: Network, olive: User
) -> None:
    Client().post(link, {"leave": "yes"})
    bring_list(network, olive, subscribed=[("ann@lake.example",)])
    assert state(ann) == "left"


def test_forged_and_foreign_links_work_for_nobody(ann: User) -> None:
    mine = ann.memberships.get().pk
    for token in (f"{mine}.x.y", personal_token("confirm", mine), personal_token(AGREE, mine + 1_000), "x"):
        assert Client().get(f"/p/{token}/agree/").status_code == 404


def test_nothing_that_members_read_is_read_before_agreeing(ann: User, mira: User) -> None:
    """R12: to the notes they are a stranger until they make the promise."""
    assert signed_in(mira).get("/voices/notes/").status_code == 200
    assert signed_in(ann).get("/voices/notes/").status_code == 404
    signed_in(ann).post("/voices/agree/", {"agree": "yes"})
    assert signed_in(ann).get("/voices/notes/").status_code == 200
    assert Agreement.objects.get().way == "first sign-in after being brought over"


def test_signing_in_by_code_leads_to_the_ground_rules_first(ann: User) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"email": "ann@lake.example"})
    (letter,) = letters_sent()
    code = re.search(r"\b\d{6}\b", str(letter.body))
    assert code is not None
    response = browser.post("/accounts/login/code/confirm/?next=/voices/notes/", {"code": code[0]})
    assert response.headers["Location"] == "/voices/agree/"
    assert "The ground rules" in browser.get("/voices/agree/").text


def test_signed_in_they_leave_as_well(ann: User) -> None:
    assert signed_in(ann).post("/voices/agree/", {"leave": "yes"}).headers["Location"] == "/voices/"
    assert state(ann) == "left"


def test_page_is_for_those_who_were_brought_over_and_nobody_else(ann: User, mira: User, stan: User) -> None:
    assert Client().get("/voices/agree/").status_code == 302
    assert [signed_in(one).get("/voices/agree/").status_code for one in (mira, stan)] == [404, 404]
    assert signed_in(ann).put("/voices/agree/").status_code == 405


def test_my_page_leads_there(ann: User, mira: User) -> None:
    assert 'href="/voices/agree/"' in signed_in(ann).get("/me/").text
    assert 'href="/voices/agree/"' not in signed_in(mira).get("/me/").text


def test_new_notes_are_announced_to_whoever_was_told(link: str, ann: User, network: Network) -> None:
    """They are on the list as they were before; what there is to read waits until they agree."""
    assert Membership.objects.on_list().filter(user=ann).exists()
    assert not Membership.objects.active().filter(user=ann).exists()
