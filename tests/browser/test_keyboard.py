"""From the front page to a place at the next meeting with nothing but a keyboard, and without a script (B1, B8)."""

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import Meeting, Registration
from tests.browser.conftest import PATIENCE_MS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="what a keyboard reaches does not depend on the engine"),
]


def tab_to(page: Page, words: str) -> None:
    """Press Tab until this link, button or field has the focus, and shows that it has."""
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.locator(":focus-visible")
        if focused.count() and focused.evaluate(NAME) == words:
            outline = focused.evaluate("element => getComputedStyle(element).outlineStyle")
            assert outline != "none", f"nothing shows that {words} has the focus"
            return
    raise AssertionError(f"thirty presses of Tab do not reach {words}")


NAME = "element => (element.labels?.[0] ?? element).innerText.replace('(optional)', '').trim()"


def test_registering_by_keyboard_alone(chromium: Browser, live_server: LiveServer, meeting: Meeting) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{live_server.url}/voices/")
    tab_to(page, "Skip to the content")
    page.keyboard.press("Enter")
    tab_to(page, "Register")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Register")
    for label, words in (("Your name", "Gita Rao"), ("E-mail address", "gita@weir.example")):
        tab_to(page, label)
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Register for")
    assert Registration.objects.get().guest_email == "gita@weir.example"
    context.close()
