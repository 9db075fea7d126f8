"""Every page of the work on notes, and of the panel: the other half of `test_every_page.py`."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.scenes import PARTS
from tests.browser.test_every_page import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("part", PARTS[2:])
def test_every_page_of_the_work(part: str, chromium: Browser, live_server: LiveServer) -> None:
    assert faults_of(part, chromium, live_server.url) == []
