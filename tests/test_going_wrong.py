"""Requests that cannot be answered: each page says what to do next, and asks the database nothing (face.md)."""

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from cop.going_wrong import not_understood, went_wrong

WRONG: dict[str, type[Exception]] = {
    "not-understood": SuspiciousOperation,
    "too-much": RequestDataTooBig,
    "broken": ValueError,
    "away": OperationalError,
}


def raises(request: HttpRequest, kind: str) -> HttpResponse:
    raise WRONG[kind]("Quokka said so.")


urlpatterns = [path("wrong/<str:kind>/", raises), path("", include("cop.urls"))]
handler400, handler500 = not_understood, went_wrong


@pytest.mark.urls("tests.test_going_wrong")
@pytest.mark.parametrize(
    ("kind", "status", "says", "do_next"),
    [
        ("not-understood", 400, "We could not read what was sent", "load the page again"),
        ("too-much", 413, "That was too much at once", "send it in parts"),
        ("broken", 500, "Something went wrong on our side", "try again"),
        ("away", 503, "Back in a few minutes", "Nothing is lost."),
    ],
)
def test_page_says_what_to_do_next_without_the_database(kind: str, status: int, says: str, do_next: str) -> None:
    """There is no fixture `db` here: whoever asks the database fails."""
    answer = Client(raise_request_exception=False).get(f"/wrong/{kind}/")
    page = " ".join(answer.text.split())
    assert answer.status_code == status
    assert f"<h1>{says}</h1>" in page
    assert do_next in page
    assert '<a href="/">Go to the front page</a>' in page
    assert '<html lang="en-gb">' in page
    assert "Quokka" not in page
    assert "css/tokens" in page
    assert (answer.get("Retry-After"), answer["Cache-Control"]) == (
        "120" if status == 503 else None,
        "private, no-store",
    )


def test_the_sites_own_addresses_have_these_pages() -> None:
    from cop import urls

    assert urls.handler400 == "cop.going_wrong.not_understood"
    assert urls.handler500 == "cop.going_wrong.went_wrong"


@pytest.mark.django_db
def test_a_post_from_a_page_that_is_too_old_says_so_and_changes_nothing() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"email": "mira@river.example"})
    assert answer.status_code == 403
    assert "<h1>Please send that once more</h1>" in " ".join(answer.text.split())


@pytest.mark.django_db
def test_an_address_that_is_none_offers_to_sign_in_and_comes_back_here() -> None:
    answer = Client().get("/nothing/here/")
    assert answer.status_code == 404
    assert 'href="/accounts/login/?next=/nothing/here/"' in " ".join(answer.text.split())
