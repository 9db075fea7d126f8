"""Passkeys: offered, used instead of a code, removable; e-mail always works as well (B19)."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from fido2.utils import websafe_decode

from members.models import Passkey, User
from tests.conftest import signed_in
from tests.members.softkey import SoftKey
from tests.members.test_signing_in import CODE_PAGE, code_for
from tests.post import letters_sent

pytestmark = pytest.mark.django_db

ADD, ENTER = "/me/signing-in/passkey/", "/accounts/passkey/"
FIREFOX = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"}


def options(browser: Client, page: str) -> dict[str, Any]:
    asked: dict[str, Any] = json.loads(browser.post(f"{page}options/").content)
    return asked


def add(browser: Client, key: SoftKey) -> str:
    answer = key.make(options(browser, ADD))
    return browser.post(ADD, {"credential": answer}, headers=FIREFOX, follow=True).text


def enter(browser: Client, key: SoftKey, then: str = "") -> str:
    """Where the answer leads."""
    answer = browser.post(ENTER, {"credential": key.use(options(browser, ENTER)), "next": then})
    return str(answer["Location"])


@pytest.fixture
def key(mira: User) -> SoftKey:
    made = SoftKey()
    assert "From now on this device signs you in." in add(signed_in(mira), made)
    return made


def test_device_is_asked_for_a_key_of_its_own_that_knows_its_holder(mira: User) -> None:
    asked = options(signed_in(mira), ADD)
    assert (asked["rp"]["id"], asked["user"]["name"]) == ("testserver", mira.email)
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked.get("attestation", "none") == "none"  # who made the device is none of our business
    assert len(websafe_decode(asked["user"]["id"])) == 32  # a digest, not the number of an account


def test_passkey_signs_in_without_a_code(mira: User, key: SoftKey) -> None:
    browser = Client()
    assert enter(browser, key) == "/me/"
    assert browser.session["_auth_user_id"] == str(mira.pk)
    row = mira.passkeys.get()
    assert (row.name, row.last_used_on == row.added_on) == ("Firefox, Linux", True)
    assert [letter.subject for letter in letters_sent()] == ["You have a new passkey"]


def test_passkey_leads_on_to_the_page_that_was_wanted_and_to_no_other_site(key: SoftKey) -> None:
    assert enter(Client(), key, "/voices/notes/") == "/voices/notes/"
    assert enter(Client(), key, "https://evil.example/") == "/me/"


def test_code_still_works_beside_a_passkey(client: Client, mira: User, key: SoftKey) -> None:
    letters_sent()
    assert client.post(CODE_PAGE, {"code": code_for(client, mira.email)})["Location"] == "/me/"


def test_passkey_is_offered_until_there_is_one_and_can_be_removed(mira: User) -> None:
    browser, key = signed_in(mira), SoftKey()
    assert "add a passkey" in browser.get("/me/").text
    add(browser, key)
    assert "add a passkey" not in browser.get("/me/").text
    assert "Firefox, Linux" in browser.get("/me/signing-in/").text
    answer = browser.post(f"{ADD}{mira.passkeys.get().pk}/", follow=True)
    assert "The passkey is removed here." in answer.text
    assert enter(Client(), key) == "/accounts/login/"
    assert "We do not know this passkey." in enter_page(key)


def enter_page(key: SoftKey) -> str:
    browser = Client()
    return browser.post(ENTER, {"credential": key.use(options(browser, ENTER))}, follow=True).text


def test_nobody_removes_somebody_elses(mira: User, stan: User, key: SoftKey) -> None:
    assert signed_in(stan).post(f"{ADD}{mira.passkeys.get().pk}/").status_code == 404
    assert mira.passkeys.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"host": "evil.example"},
        {"verifies": False},
        {"credential_id": b"x" * 32},
        {"private": SoftKey().private},
    ],
    ids=["another site's page", "another site's key", "nobody verified", "no key of ours", "another key's signature"],
)
def test_wrong_answers_open_nothing(key: SoftKey, wrong: dict[str, Any]) -> None:
    assert enter(Client(), replace(key, **wrong)) == "/accounts/login/"
    assert enter(Client(), key) == "/me/"


@pytest.mark.parametrize("wrong", [{"origin": "https://evil.example"}, {"host": "x.example"}, {"verifies": False}])
def test_wrong_keys_are_not_added(mira: User, wrong: dict[str, Any]) -> None:
    assert "That did not work, and nothing was changed." in add(signed_in(mira), SoftKey(**wrong))
    assert (mira.passkeys.count(), letters_sent()) == (0, [])


def test_answer_counts_once(key: SoftKey) -> None:
    browser, thief = Client(), Client()
    answer = {"credential": key.use(options(browser, ENTER))}
    options(thief, ENTER)
    assert thief.post(ENTER, answer)["Location"] == "/accounts/login/"  # the answer to somebody else's question
    assert browser.post(ENTER, answer)["Location"] == "/me/"
    browser.post("/accounts/logout/")
    assert browser.post(ENTER, answer)["Location"] == "/accounts/login/"


def test_key_that_counts_backwards_has_been_copied(mira: User) -> None:
    key = SoftKey(count=5)
    add(signed_in(mira), key)
    ways = [enter(Client(), replace(key, count=count)) for count in (6, 6, 3, 7)]
    assert ways == ["/me/", "/accounts/login/", "/accounts/login/", "/me/"]


def test_key_is_somebodys_once(mira: User, stan: User, key: SoftKey) -> None:
    assert "That did not work" in add(signed_in(stan), key)
    assert Passkey.objects.get().user == mira


@pytest.mark.parametrize("said", ["", "{", "[]", "1", "{}", '{"rawId": "x"}', '{"response": {}, "rawId": 3}'])
def test_nonsense_is_answered_with_a_sentence(client: Client, mira: User, said: str) -> None:
    options(client, ENTER)
    assert client.post(ENTER, {"credential": said})["Location"] == "/accounts/login/"
    assert client.post(ENTER, {"credential": said})["Location"] == "/accounts/login/"
    browser = signed_in(mira)
    options(browser, ADD)
    assert "That did not work" in browser.post(ADD, {"credential": said}, follow=True).text


def test_closed_account_is_not_opened(mira: User, key: SoftKey) -> None:
    User.objects.update(is_active=False)
    browser = Client()
    assert enter(browser, key) == "/accounts/inactive/"
    assert "_auth_user_id" not in browser.session


def test_question_is_the_same_for_everybody(client: Client) -> None:
    """Complaint 6: it holds no list of keys, which would say who has an account."""
    asked = options(client, ENTER)
    assert sorted(asked) == ["challenge", "rpId", "userVerification"]


def test_tries_from_one_place_are_counted(client: Client, key: SoftKey) -> None:
    for _ in range(120):
        client.post(ENTER)
    assert enter(Client(), key) == "/accounts/login/"


def test_key_is_unreadable_at_rest(key: SoftKey) -> None:
    stored = Passkey.objects.get().credential
    with connection.cursor() as cursor:
        cursor.execute("SELECT credential FROM members_passkey")
        [(raw,)] = cursor.fetchall()
    assert stored[:40] not in raw


def test_pages_need_whom_they_are_for(client: Client) -> None:
    for page in (ADD, f"{ADD}options/", f"{ADD}1/"):
        assert client.post(page)["Location"].startswith("/accounts/login/")
    for page in (ADD, f"{ADD}options/", f"{ADD}1/", ENTER, f"{ENTER}options/"):
        assert client.get(page).status_code == 405


def test_without_scripts_nothing_is_offered_that_would_not_work(client: Client, mira: User) -> None:
    for browser, page in ((client, "/accounts/login/"), (signed_in(mira), "/me/signing-in/")):
        [form] = re.findall(r'<form class="passkey".*?>', browser.get(page).text, re.DOTALL)
        assert form.endswith("hidden>")
