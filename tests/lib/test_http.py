"""How often one may ask, and from where."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory
from pytest_django import Settings

from cop.lib.http import is_within, network_address

HOUR = timedelta(hours=1)


def ask(key: str = "mira@river.example") -> bool:
    return is_within("join to", key, most=3, every=HOUR)


@pytest.mark.django_db
def test_limit_counts_one_act_by_one_key_in_one_span_of_time() -> None:
    with time_machine.travel(datetime(2037, 1, 14, 12, 59, tzinfo=UTC), tick=False) as clock:
        assert [ask() for _ in range(5)] == [True, True, True, False, False]
        assert ask("otto@museum.example")
        assert is_within("join from", "mira@river.example", most=3, every=HOUR)
        clock.shift(timedelta(minutes=2))
        assert ask()


@pytest.mark.django_db
def test_no_address_is_kept_for_counting() -> None:
    ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cop_cache")
        rows = cursor.fetchall()
    assert len(rows) == 1
    assert "mira" not in str(rows)


@pytest.mark.parametrize(
    ("seen", "counted"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")],
)
def test_network_address_is_a_household(seen: str, counted: str) -> None:
    assert network_address(RequestFactory().get("/", REMOTE_ADDR=seen)) == counted


def test_network_address_is_what_our_proxy_saw(settings: Settings) -> None:
    """What a visitor writes into X-Forwarded-For stands before what the proxy adds."""
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 192.0.2.7")
    assert network_address(request) == "127.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert network_address(request) == "192.0.2.7"
