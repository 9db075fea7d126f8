"""A real Chromium, driven through the site as people would; a picture of each step stays in `var/screenshots/`."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from cop.env import VAR

PICTURES = VAR / "screenshots"
# Nothing but loopback: the browser's own errands stay undone.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PATIENCE_MS = 10_000
CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright's own loop runs in this thread, and the tests ask the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


class Person:
    """Somebody at a browser of their own. A page that the browser complains about fails the test."""

    def __init__(self, context: BrowserContext, site: str, picture: Callable[[Page, str], None]) -> None:
        self.site = site
        self.picture = picture
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.keep_home(request.url))

    def keep_home(self, address: str) -> None:
        if not address.startswith((self.site, "https://video.example/")):
            self.complaints.append(f"asked another site: {address}")

    def goes_to(self, address: str) -> None:
        """Open an address: a path, or a whole one from a letter."""
        path = address.split("/", 3)[3] if "://" in address else address.lstrip("/")
        self.page.goto(f"{self.site}/{path}")

    def fills(self, **fields: str) -> None:
        for label, words in fields.items():
            self.page.get_by_label(label.replace("_", " "), exact=False).first.fill(words)

    def presses(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).first.click()

    def follows(self, words: str) -> None:
        self.sees(words)
        self.page.get_by_role("link", name=words).first.click()

    def sees(self, words: str) -> None:
        """Wait until these words are on the page, white space folded."""
        expect(self.page.locator("body")).to_contain_text(words, use_inner_text=True, timeout=PATIENCE_MS)

    def does_not_see(self, *words: str) -> None:
        text = self.page.content()
        assert [word for word in words if word in text] == []

    def keeps_a_picture(self, name: str) -> None:
        self.picture(self.page, name)
        assert self.complaints == []


@pytest.fixture
def somebody(
    chromium: Browser, live_server: LiveServer, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Person]]:
    """Each call is another person with a browser of their own."""
    contexts: list[BrowserContext] = []
    folder = Path(PICTURES) / connection.vendor / request.node.name.removeprefix("test_")
    folder.mkdir(parents=True, exist_ok=True)

    def picture(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{name}.jpg", quality=70, full_page=True)

    def arrive() -> Person:
        context = chromium.new_context(viewport={"width": 1200, "height": 900}, locale="en-GB")
        contexts.append(context)
        return Person(context, live_server.url, picture)

    yield arrive
    for context in contexts:
        context.close()
