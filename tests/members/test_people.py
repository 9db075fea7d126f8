"""Who says that they are a member: nobody, unless they chose it (B27)."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.models import Membership, Network, User
from tests.conftest import member_of, person, signed_in

pytestmark = pytest.mark.django_db


def listed(browser: Client) -> list[str]:
    return re.findall(r"<strong>(.*?)</strong>", browser.get("/voices/people/").text)


def test_nobody_is_listed_unless_they_chose_it(mira: User, noor: User, olive: User) -> None:
    assert listed(signed_in(mira)) == []
    assert "Nobody is listed yet." in signed_in(mira).get("/voices/people/").text
    Membership.objects.filter(user__in=[olive, mira]).update(is_listed=True)
    assert listed(signed_in(noor)) == ["Mira Novak", "Olive Okonjo"]
    assert "You are not listed." in signed_in(noor).get("/voices/people/").text
    assert "You are listed." in signed_in(mira).get("/voices/people/").text


def test_addresses_and_roles_are_not_said(mira: User, noor: User) -> None:
    Membership.objects.update(is_listed=True)
    page = signed_in(mira).get("/voices/people/").text
    assert "Commons Trust" in page
    for secret in (noor.email, mira.email, "note-taker"):
        assert secret not in page


@pytest.mark.parametrize("change", [{"state": "left"}, {"state": "paused"}, {"state": "pending"}])
def test_who_is_no_active_member_is_not_listed_and_reads_no_list(
    mira: User, noor: User, change: dict[str, str]
) -> None:
    Membership.objects.update(is_listed=True)
    Membership.objects.filter(user=mira).update(**change)
    assert listed(signed_in(noor)) == ["Noor Haddad"]
    assert signed_in(mira).get("/voices/people/").status_code == 404


def test_strangers_find_no_such_page(stan: User, otto: User, network: Network) -> None:
    for stranger in (stan, otto):
        assert signed_in(stranger).get("/voices/people/").status_code == 404
    assert Client().get("/voices/people/")["Location"] == "/accounts/login/?next=/voices/people/"
    assert signed_in(stan).post("/voices/people/").status_code == 405


def test_same_queries_with_one_and_with_three(mira: User, network: Network) -> None:
    Membership.objects.update(is_listed=True)
    counts = []
    for _ in range(2):
        browser = signed_in(mira)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/voices/people/")
        counts.append(len(queries))
        for name in ("ada", "ben"):
            user = person(f"{name}{len(counts)}@x.example", name)
            member_of(network, user)
            Membership.objects.filter(user=user).update(is_listed=True)
    assert counts[0] == counts[1]
