"""What lies in the database of a session is of no use to whoever steals a copy of it."""

from base64 import b64decode
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cop.lib.sessions import SessionStore
from members.actions.ticking import tick
from members.models import User
from tests.conftest import signed_in
from tests.members.test_signing_in import CODE_PAGE, code_for

pytestmark = pytest.mark.django_db


def rows_of(*tables: str) -> str:
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            found += cursor.fetchall()
    return str(found)


def test_neither_code_nor_address_can_be_read_while_somebody_signs_in(client: Client, mira: User) -> None:
    """The cache's rows are base64, which hides nothing."""
    cache.clear()  # its table is no model's, so tests that commit leave rows there
    client.post("/accounts/login/", {"email": mira.email})
    held = client.session["account_login"]
    assert mira.email in str(held)
    [row] = Session.objects.all()
    assert SessionStore().decode(row.session_data) == dict(client.session.items())
    assert "mira" not in rows_of("django_session", "cop_cache")
    assert row.session_data.startswith("gAAAA")
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM cop_cache")
        kept = [b64decode(value) for (value,) in cursor.fetchall()]
    code = held["state"]["stages"]["login_by_code"]["data"]["code"]
    assert len(kept) == 1
    assert code.encode() not in kept[0]


def test_code_signs_in_and_the_way_out_leaves_no_row(client: Client, mira: User) -> None:
    code = code_for(client, mira.email)
    before = client.session.session_key
    client.post(CODE_PAGE, {"code": code})
    assert client.session["_auth_user_id"] == str(mira.pk)
    assert client.session.session_key != before
    assert Session.objects.count() == 1
    client.post("/accounts/logout/")
    assert not any(SessionStore().decode(row.session_data).get("_auth_user_id") for row in Session.objects.all())


def test_a_key_from_a_stolen_copy_opens_nothing(mira: User) -> None:
    """With a session of an organiser in hand one could read on the site what lies encrypted in the copy."""
    browser = signed_in(mira)
    cookie = browser.cookies["sessionid"].value
    stolen = Session.objects.get().session_key
    assert cookie not in rows_of("django_session")
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get("/me/").status_code == 302
    assert browser.get("/me/").status_code == 200
    assert SessionStore().exists(cookie)
    assert not SessionStore().exists(stolen)


def test_sessions_survive_a_change_of_keys_and_end_with_the_last_key(mira: User, settings: Settings) -> None:
    browser = signed_in(mira)
    old, new = settings.NOTES_KEYS, [Fernet.generate_key().decode()]
    settings.NOTES_KEYS = [*new, *old]
    assert browser.get("/me/").status_code == 200
    settings.NOTES_KEYS = new
    assert browser.get("/me/").status_code == 302


def test_sessions_end_with_their_time_and_are_swept(mira: User) -> None:
    browser = signed_in(mira)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get("/me/").status_code == 302
    tick(timezone.now())
    assert not Session.objects.exists()
