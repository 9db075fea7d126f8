"""A visitor elsewhere reads the hours on their own clock too, with its zone in words; others see no more (B12)."""

import pytest
from django.db import connection
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from events.models import Meeting
from tests.browser.conftest import PATIENCE_MS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="what a script says does not depend on the engine"),
]
HERE = "2pm to 3:15pm, UK time"


def hours_read_in(chromium: Browser, address: str, zone: str) -> list[str]:
    """What stands about hours on a page, for a browser whose clock is in `zone`; the browser complains of nothing."""
    context = chromium.new_context(timezone_id=zone, locale="en-GB")
    page, complaints = context.new_page(), list[str]()
    page.set_default_timeout(PATIENCE_MS)
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    found = page.locator("[data-starts], .own-time").all_inner_texts()
    context.close()
    assert complaints == []
    return found


def test_hours_are_said_on_the_visitors_own_clock(chromium: Browser, live_server: LiveServer, meeting: Meeting) -> None:
    """In January; the pages carry JSON-LD, which the policy about scripts leaves in peace (B11)."""
    page, home = f"{live_server.url}{meeting.get_absolute_url()}", f"{live_server.url}/voices/"
    assert hours_read_in(chromium, page, "Europe/London") == [HERE]
    assert hours_read_in(chromium, page, "Europe/Lisbon") == [HERE]
    eastern = "Where you are: 9am to 10:15am, Eastern Standard Time"
    assert hours_read_in(chromium, page, "America/New_York") == [HERE, eastern]
    assert hours_read_in(chromium, home, "America/New_York") == [HERE, eastern]
    assert hours_read_in(chromium, page, "Australia/Sydney") == [
        HERE,
        "Where you are: Thursday 15 January, 1am to 2:15am, Australian Eastern Daylight Time",
    ]
    Meeting.objects.update(has_times=False)
    assert hours_read_in(chromium, page, "America/New_York") == []
