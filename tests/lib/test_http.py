"""Where a request comes from, and the ids in it."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from cop.lib.http import network_address, number_in


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


@pytest.mark.parametrize(
    ("said", "number"), [("12", 12), ("", None), ("-1", None), ("1.5", None), ("٣", None), ("9" * 19, None)]
)
def test_number_in_is_an_id_or_nothing(said: str, number: int | None) -> None:
    assert number_in(said) == number
