"""The page that does not exist, within a network's address: its head stays, and it says the same of what is hidden."""

import re

import pytest
from django.test import Client

from members.models import Network, User
from tests.conftest import member_of, person, signed_in

pytestmark = pytest.mark.django_db
HEAD = '<a class="site-name" href="/voices/" lang="en-gb">'
NOTES = '<a href="/voices/notes/">Notes</a>'


def said(client: Client, address: str) -> str:
    """The page, without what names the address, marks it as the current one, or is new each time."""
    answer = client.get(address)
    assert answer.status_code == 404
    text = re.sub(r' aria-current="page"|name="csrfmiddlewaretoken" value="\w+"', "", " ".join(answer.text.split()))
    return text.replace(f"next={address}", "next=ADDRESS")


def test_keeps_the_head_of_the_network_it_is_in(network: Network) -> None:
    assert HEAD in said(Client(), "/voices/nowhere/")
    assert HEAD not in said(Client(), "/nobody/nowhere/")


def test_says_the_same_whether_a_page_is_hidden_or_not_there(network: Network, stan: User) -> None:
    """R12, T32."""
    for client in (Client(), signed_in(stan)):
        assert said(client, "/voices/notes/") == said(client, "/voices/notes-of-nothing/")


def test_whoever_was_brought_over_is_led_to_the_ground_rules(network: Network, mira: User) -> None:
    ann = person("ann@lake.example", "Ann Lake")
    member_of(network, ann, state="brought")
    for address in ("/voices/notes/", "/voices/notes/no-such-meeting/"):
        assert '<a class="button" href="/voices/agree/">Read the ground rules</a>' in said(signed_in(ann), address)
        assert "/voices/agree/" not in said(signed_in(mira), "/voices/notes/no-such-meeting/")
        assert "/voices/agree/" not in said(Client(), address)


def test_the_head_leads_to_notes_only_those_who_may_read_them_or_may_yet_sign_in(
    network: Network, mira: User, otto: User, stan: User
) -> None:
    shown = {
        who: NOTES in signed_in(user).get("/voices/").text for who, user in [("m", mira), ("o", otto), ("s", stan)]
    }
    assert shown == {"m": True, "o": False, "s": False}
    assert NOTES in Client().get("/voices/").text
