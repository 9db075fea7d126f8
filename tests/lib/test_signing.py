"""Personal links are good for one purpose and one row, for as long as they should be."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import Http404

from cop.lib.signing import absolute_url, claimed_subject, personal_token, read_personal_token

NOON = datetime(2037, 1, 14, 12, tzinfo=UTC)


def test_token_names_its_row_to_its_own_purpose_only() -> None:
    token = personal_token("consent", 12)
    assert read_personal_token(token, "consent", None) == 12
    with pytest.raises(Http404):
        read_personal_token(token, "registration", None)


@pytest.mark.parametrize(
    "spoilt", ["", ".", "12", "13" + personal_token("consent", 12)[2:], "x" * 500, "١٢.a.b", "12\n"], ids=range(7)
)
def test_spoilt_token_is_a_page_that_does_not_exist(spoilt: str) -> None:
    with pytest.raises(Http404):
        read_personal_token(spoilt, "consent", None)


def test_token_ages() -> None:
    with time_machine.travel(NOON, tick=False):
        token = personal_token("consent", 12)
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        assert read_personal_token(token, "consent", timedelta(days=7)) == 12
    with time_machine.travel(NOON + timedelta(days=7, seconds=1), tick=False), pytest.raises(Http404):
        read_personal_token(token, "consent", timedelta(days=7))


def test_token_has_only_letters_that_survive_a_mail_program() -> None:
    assert personal_token("consent", 12).replace(".", "").replace("_", "").replace("-", "").isalnum()


def test_claimed_subject_is_read_before_anything_is_checked() -> None:
    assert claimed_subject("12.whatever") == 12


@pytest.mark.parametrize("token", ["", "twelve.a", "١٢.a", "-1.a", "9" * 30])
def test_claimed_subject_of_nonsense_is_a_page_that_does_not_exist(token: str) -> None:
    with pytest.raises(Http404):
        claimed_subject(token)


def test_absolute_url_begins_with_the_site() -> None:
    assert absolute_url("/me/") == "http://127.0.0.1:8000/me/"
