"""Where I am signed in, and signing out there: what is kept for it is no trace of anybody (B92)."""

import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from members.actions.ticking import tick
from members.models import SignIn, User
from members.rules.devices import device_in_words
from tests.conftest import signed_in
from tests.members.test_signing_in import CODE_PAGE, code_for

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
AGENTS = {
    FIREFOX: "Firefox, Windows",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Safari/537.36 Edg/142.0.0.0": "Edge, Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
    "Safari/605.1.15": "Safari, Mac",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "CriOS/142.0 Mobile/15E148 Safari/604.1": "Chrome, iPhone",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36": (
        "Chrome, Android"
    ),
    "curl/8.0": "",
    "": "",
}


@pytest.mark.parametrize(("agent", "words"), AGENTS.items())
def test_browser_has_a_name_and_no_version(agent: str, words: str) -> None:
    assert device_in_words(agent) == words


def listed(browser: Client) -> list[str]:
    page = browser.get("/me/signing-in/").text
    rows = re.findall(r'<li class="own-row">(.*?)</li>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in rows]


def test_every_browser_is_listed_and_this_one_marked(mira: User, client: Client) -> None:
    with time_machine.travel("2037-01-14T14:00:00Z", tick=False):
        code = code_for(client, mira.email)
        client.post(CODE_PAGE, {"code": code}, headers={"user-agent": FIREFOX})
        signed_in(mira)
        assert listed(client) == [
            "A browser that we do not know by name since 14 January 2037 Sign out there",
            "Firefox, Windows · this one since 14 January 2037",
        ]


def test_row_tells_a_thief_nothing(mira: User, client: Client) -> None:
    """No address, no time finer than a day; the browser is unreadable, the session's key a digest."""
    client.post(CODE_PAGE, {"code": code_for(client, mira.email)}, headers={"user-agent": FIREFOX})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM members_signin")
        row = str(cursor.fetchall())
    for secret in ("Firefox", "Windows", "127.0.0.1", client.session.session_key):
        assert str(secret) not in row
    assert SignIn.objects.get().began_on == timezone.localdate()


def test_signing_out_one_browser_from_another(mira: User) -> None:
    here, there = signed_in(mira), signed_in(mira)
    row = mira.sign_ins.exclude(session_key=mira.sign_ins.order_by("pk")[0].session_key).get()
    answer = here.post(f"/me/signing-in/{row.pk}/", follow=True)
    assert "You are signed out there." in answer.text
    assert there.get("/me/")["Location"] == "/accounts/login/?next=/me/"
    assert len(listed(here)) == 1


def test_nobody_signs_out_somebody_else(mira: User, stan: User) -> None:
    theirs = signed_in(stan)
    row = SignIn.objects.get(user=stan)
    assert signed_in(mira).post(f"/me/signing-in/{row.pk}/").status_code == 404
    assert theirs.get("/me/").status_code == 200
    assert Client().post(f"/me/signing-in/{row.pk}/")["Location"].startswith("/accounts/login/")
    assert signed_in(mira).get(f"/me/signing-in/{row.pk}/").status_code == 405


def test_signing_out_everywhere_but_here(mira: User, stan: User) -> None:
    """Also where no row says that somebody is signed in: a session of before there were any."""
    here, there, older, others = signed_in(mira), signed_in(mira), signed_in(mira), signed_in(stan)
    SignIn.objects.filter(user=mira).latest("pk").delete()
    here.post("/me/signing-in/elsewhere/")
    assert [one.get("/me/").status_code for one in (here, there, older, others)] == [200, 302, 302, 200]
    assert "You are signed out everywhere but here." not in here.get("/me/").text
    assert len(listed(here)) == 1


def test_what_is_kept_goes_with_the_session(mira: User, client: Client) -> None:
    browser, other = signed_in(mira), signed_in(mira)
    browser.post("/accounts/logout/")
    tick(timezone.now())
    assert SignIn.objects.count() == 1
    assert len(listed(other)) == 1
    Session.objects.all().delete()
    tick(timezone.now())
    assert SignIn.objects.count() == 0


def test_signing_out_this_browser_by_its_row_is_signing_out(mira: User) -> None:
    here = signed_in(mira)
    assert here.post(f"/me/signing-in/{mira.sign_ins.get().pk}/").status_code == 302
    assert here.get("/me/")["Location"] == "/accounts/login/?next=/me/"
