"""Signing in where another provider (OpenID Connect) vouches for the address: a real exchange with one on loopback."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from cop.env import provider_app
from members.models import User

pytestmark = pytest.mark.django_db

HERE, BACK = "/accounts/with/office/", "/accounts/with/office/back/"
NO_ACCOUNT = "No account here has the address you have there."
UNREACHABLE = "It cannot be reached just now. Sign in with a code instead."
STOPPED = "That did not work, or you stopped it."


class Provider(HTTPServer):
    """Answers as OpenID Connect Discovery 1.0 and Core 1.0 §5.3 say, and counts what it is asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.says: dict[str, object] = {}
        self.status = 200
        self.exchanged: list[dict[str, list[str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:  # the library's name
        if self.path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "login", "token_endpoint": "token", "userinfo_endpoint": "me"}
            self.answer({"issuer": self.server.url, **{end: f"{self.server.url}/{at}" for end, at in ends.items()}})
        else:
            self.answer(self.server.says)

    def do_POST(self) -> None:  # the library's name
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.exchanged.append(parse_qs(body))
        self.answer({"access_token": "opaque", "token_type": "Bearer"})

    def answer(self, words: dict[str, object]) -> None:
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(words).encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    server = Provider()
    said = {"id": "office", "name": "Our office", "server": server.url, "client_id": "cop", "secret": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [provider_app(said)]}}
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def go_there(browser: Client) -> str:
    """Press the button; the state that the provider has to send back."""
    there = urlsplit(browser.post(HERE)["Location"])
    asked = parse_qs(there.query)
    assert (there.path, asked["code_challenge_method"]) == ("/login", ["S256"])
    assert set(asked["scope"][0].split()) == {"openid", "email"}  # no more than is needed
    return asked["state"][0]


def come_back(browser: Client, provider: Provider, email: str, *, verified: object = True) -> str:
    provider.says = {"sub": "42", "email": email, "email_verified": verified, "name": "Somebody"}
    state = go_there(browser)
    return browser.get(f"{BACK}?code=one-time&state={state}", follow=True).text


def test_nobody_is_sent_anywhere_unless_it_is_set(client: Client) -> None:
    assert "accounts/with" not in client.get("/accounts/login/").text
    assert "by way of" not in client.get("/privacy/").text
    assert client.post(HERE).status_code == 404


def test_whoever_has_the_address_there_is_signed_in_here(client: Client, provider: Provider, mira: User) -> None:
    page = client.get("/accounts/login/").text
    assert "Sign in with Our office" in page
    assert "only if you sign in by way of Our office" in client.get("/privacy/").text
    assert "signed in with" in come_back(client, provider, "Mira@River.example")
    assert client.session["_auth_user_id"] == str(mira.pk)
    assert provider.exchanged[0]["code"] == ["one-time"]
    assert "code_verifier" in provider.exchanged[0]


def test_nothing_of_it_is_kept(client: Client, provider: Provider, mira: User) -> None:
    come_back(client, provider, mira.email)
    assert (SocialAccount.objects.count(), SocialToken.objects.count()) == (0, 0)
    mira.refresh_from_db()
    assert mira.name == "Mira Novak"


@pytest.mark.parametrize("verified", [False, None])
def test_address_that_the_provider_has_not_verified_opens_nothing(
    client: Client, provider: Provider, mira: User, verified: object
) -> None:
    assert NO_ACCOUNT in come_back(client, provider, mira.email, verified=verified)
    assert "_auth_user_id" not in client.session


def test_unknown_address_gets_no_account_and_the_same_answer(client: Client, provider: Provider, mira: User) -> None:
    assert NO_ACCOUNT in come_back(client, provider, "nobody@nowhere.example")
    assert User.objects.count() == 1


def test_closed_account_stays_closed(client: Client, provider: Provider, mira: User) -> None:
    User.objects.update(is_active=False)
    come_back(client, provider, mira.email)
    assert "_auth_user_id" not in client.session


def test_answer_of_somebody_elses_journey_is_refused(client: Client, provider: Provider, mira: User) -> None:
    """An attacker's code, put into a member's browser, signs nobody in."""
    provider.says = {"sub": "42", "email": mira.email, "email_verified": True}
    state = go_there(Client())
    assert STOPPED in client.get(f"{BACK}?code=one-time&state={state}", follow=True).text
    assert provider.exchanged == []
    assert "_auth_user_id" not in client.session


def test_who_stops_there_is_told_the_other_way(client: Client, provider: Provider) -> None:
    state = go_there(client)
    assert STOPPED in client.get(f"{BACK}?error=access_denied&state={state}", follow=True).text


def test_provider_that_does_not_answer_is_no_error_of_ours(client: Client, provider: Provider, mira: User) -> None:
    state = go_there(client)
    provider.status = 503
    assert UNREACHABLE in client.get(f"{BACK}?code=x&state={state}", follow=True).text
    assert UNREACHABLE in client.post(HERE, follow=True).text
    assert "_auth_user_id" not in client.session


def test_provider_without_all_it_needs_is_named_at_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="a provider needs server, secret as well"):
        provider_app({"id": "office", "name": "Our office", "client_id": "cop"})
