"""The archive in Chromium, from a folder on the disk: it reads like the site, and leads from page to page (B98)."""

from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, Request

from cop.ending.packing import write_folder
from events.models import Meeting
from members.models import Network
from tests.browser.conftest import PICTURES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="how files look does not depend on the engine"),
]


def test_it_opens_from_a_stick(chromium: Browser, network: Network, meeting: Meeting, tmp_path: Path) -> None:
    meeting.materials.create(kind="slides", title="Slides", url="https://files.example/open", visibility="public")
    write_folder(network, tmp_path / "archive")
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    asked, failed, said = list[str](), list[str](), list[str]()

    def failing(request: Request) -> None:
        failed.append(request.url)

    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", failing)
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "archive" / "index.html").as_uri())
    # The style sheets are there: the page has the colour of paper.
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.get_by_role("link", name="Juries and panels").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Juries and panels"
    # An icon from the page itself is drawn.
    icon = page.locator(".materials svg.icon").first
    assert icon.evaluate("svg => svg.querySelector('use').getBBox().width") > 0
    page.get_by_role("link", name="Meetings", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Meetings"
    page.get_by_role("link", name="Public voices").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Public voices"
    assert (failed, said) == ([], [])
    assert all(one.startswith("file://") for one in asked)
    page.screenshot(path=Path(PICTURES) / "archive.jpg", quality=70, full_page=True)
    page.close()
