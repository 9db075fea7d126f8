"""The statement on accessibility claims what the tests check, and names what they let pass (B8)."""

import pytest
from django.test import Client
from django.utils.formats import date_format

from members.models import Network
from members.views.accessibility import CHECKED_ON
from tests.browser.test_every_page import KNOWN, PHONES, WIDE
from tests.browser.test_members_pages import WCAG

pytestmark = pytest.mark.django_db


def statement() -> str:
    answer = Client().get("/accessibility/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_statement_claims_what_is_checked_on_every_page() -> None:
    said = statement()
    assert {"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"} <= set(WCAG["runOnly"])
    assert "checked by axe against WCAG 2.0, 2.1 and 2.2, A and AA" in said
    assert f"Pages fit a screen {min(PHONES)} pixels wide" in said
    assert len({WIDE["width"], *PHONES}) == 3
    assert "in light and dark and at three widths" in said


def test_statement_owns_up_to_what_the_checks_let_pass() -> None:
    assert {"empty-table-header"} == KNOWN
    assert "one column with an empty heading" in statement()


def test_statement_says_whom_to_tell(network: Network, other_network: Network) -> None:
    Network.objects.filter(pk=network.pk).update(contact="help@voices.example")
    Network.objects.filter(pk=other_network.pk).update(contact="help@makers.example", is_public=False)
    said = statement()
    assert '<a href="mailto:help@voices.example">' in said
    assert "makers.example" not in said


def test_statement_says_when_it_was_checked_and_where_else_to_turn() -> None:
    said = statement()
    assert f"on {date_format(CHECKED_ON, 'j F Y')}." in said
    assert "Equality Advisory and Support Service" in said


def test_a_form_that_needs_another_look_opens_on_its_summary(network: Network) -> None:
    """As the statement says; that a browser follows is in `tests/browser/test_members_pages.py`."""
    page = " ".join(Client().post("/voices/join/", {"name": "Nia"}).text.split())
    assert '<div class="error-summary" role="alert" tabindex="-1" autofocus>' in page
    assert '<a href="#id_email">' in page
    assert 'value="Nia"' in page


def test_every_page_leads_to_it(network: Network) -> None:
    for page in ("/voices/", "/accounts/login/", "/nothing/"):
        assert '<a href="/accessibility/">Accessibility</a>' in Client().get(page).content.decode()
    assert Client().post("/accessibility/").status_code == 405
