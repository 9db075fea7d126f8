"""Every page there is, in Chromium: as who may open it, in light and dark, wide and narrow (B8, WCAG 2.2 AA)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Browser, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from members.models import User
from tests.browser.conftest import PATIENCE_MS, PICTURES
from tests.browser.scenes import PARTS, Scene, scenes_of
from tests.browser.stage import Stage
from tests.browser.staged import the_stage
from tests.browser.test_members_pages import WCAG
from tests.conftest import signed_in
from tests.test_visitors import TABLE, rows_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# Only what is wrong, and none of the paths to it that nobody reads; no page has a frame or a film.
BRIEFLY = {"resultTypes": ["violations"], "selectors": False, "iframes": False, "preload": False}
WIDE, PHONES = {"width": 1280, "height": 900}, (390, 320)
PAPER = {"width": 794, "height": 1123}  # A4 at 96 dots an inch
# Django writes an empty head for the column of links in its tables of related rows (contrib/admin, tabular.html).
KNOWN = {"empty-table-header"}
# Pages that do more with a script, and all they are for without; Django's own in the panel likewise.
SCRIPTED = {
    "events:questions", "events:questions_by_link", "events:live", "events:live_by_link",
    "events:meeting", "network",
    "account_login", "account_request_login_code", "members:entrance",
}  # fmt: skip
# They answer 200, and are no page: files, and what scripts ask for.
FILES = {
    "admin:events_survey_csv", "admin:figures_report_csv", "admin:figures_report_pdf",
    "admin:jsi18n", "admin:members_wording_html", "admin:notes_notebook_certificate_file", "admin:notes_notebook_items",
    "events:atom", "events:calendar", "events:json_feed", "events:meeting_calendar", "events:my_calendar",
    "members:look_preview",
    "events:file_by_link", "events:own_calendar_feed", "events:picture", "notes:copy", "robots", "sitemap",
}  # fmt: skip

# One each of these is looked at; Django makes the others of the same mould.
ALIKE = ("_add", "_delete", "_history")


class Looker:
    """Opens scenes, each as whoever they are for, and writes down what is wrong."""

    def __init__(self, chromium: Browser, site: str, people: dict[str, User]) -> None:
        self.site, self.wrong, self.said = site, list[str](), list[str]()
        self.chromium, self.people, self.pages = chromium, people, dict[str, Page]()
        self.folder = Path(PICTURES) / connection.vendor / "every_page"
        self.folder.mkdir(parents=True, exist_ok=True)

    def page_of(self, who: str) -> Page:
        """Their own browser, from the first scene that is theirs."""
        if who not in self.pages:
            self.pages[who] = self.opened(self.people.get(who))
        return self.pages[who]

    def opened(self, user: User | None) -> Page:
        context = self.chromium.new_context(viewport=WIDE, locale="en-GB", reduced_motion="reduce")  # type: ignore[arg-type]  # as it is
        # Half a megabyte: handed to the browser once, not with each page.
        context.add_init_script(AXE_SCRIPT)
        if user is not None:
            session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.site}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: self.said.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(self.site) else self.said.append(asked.url))
        return page

    def looks_at(self, scene: Scene) -> None:
        page, statuses = self.page_of(scene.who), list[int]()

        def note(answer: Response) -> None:
            if answer.request.is_navigation_request():
                statuses.append(answer.status)

        page.on("response", note)
        page.goto(f"{self.site}{scene.path}")
        if scene.act:
            with page.expect_navigation():
                scene.act(page)
        page.remove_listener("response", note)
        self.wrong += [f"{scene.name}: {one}" for one in [*self.answer(scene, statuses), *self.faults(page, scene)]]
        self.said.clear()

    def answer(self, scene: Scene, statuses: list[int]) -> Iterator[str]:
        if statuses[-1] != scene.status:
            yield f"answered {statuses[-1]}"
        # The browser notes refusals that are meant in its console.
        yield from (one for one in self.said if not (scene.status >= 400 and f"status of {scene.status}" in one))

    def faults(self, page: Page, scene: Scene) -> Iterator[str]:
        if not page.title().strip(" ·"):
            yield "no title"
        if page.locator("h1").count() != 1:
            yield f"{page.locator('h1').count()} headings of the page"
        if page.locator("script:not([type='application/ld+json'])").count() and not is_scripted(scene):
            yield "needs a script"
        yield from violations(page, WCAG)
        self.keeps(page, f"{scene.name} wide")
        yield from too_wide(page)
        page.emulate_media(color_scheme="dark")
        # Colours that move into place, as in Django's admin, are where they will be.
        page.evaluate("document.getAnimations().forEach((one) => one.finish())")
        yield from (f"dark: {one}" for one in violations(page, CONTRAST))
        for width in PHONES:
            page.set_viewport_size({"width": width, "height": 844})
            yield from too_wide(page)
        self.keeps(page, f"{scene.name} narrow")
        if not scene.path.startswith("/admin/"):
            self.prints(page, scene)
        page.emulate_media(media="screen", color_scheme="light")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # as it is

    def prints(self, page: Page, scene: Scene) -> None:
        """How it lies on paper; the panel is for a screen."""
        page.emulate_media(media="print", color_scheme="light")
        page.set_viewport_size(PAPER)  # type: ignore[arg-type]  # as it is
        self.keeps(page, f"{scene.name} print")

    def keeps(self, page: Page, name: str) -> None:
        if not name.startswith("panel members"):
            page.screenshot(path=self.folder / f"{name}.jpg", quality=70, full_page=True)


def is_scripted(scene: Scene) -> bool:
    return scene.path.startswith("/admin/") or scene.view in SCRIPTED


def violations(page: Page, options: object) -> list[str]:
    found = page.evaluate(f"axe.run({json.dumps({**options, **BRIEFLY})}).then((all) => all.violations)")  # type: ignore[dict-item]  # as it is
    return [f"{one['id']}: {node['html'][:160]}" for one in found if one["id"] not in KNOWN for node in one["nodes"]]


def too_wide(page: Page) -> list[str]:
    shown, wanted = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollWidth]")
    return [f"{wanted} wide where there is {shown}"] if wanted > shown else []


def works_without_scripts(chromium: Browser, looker: Looker, stage: Stage) -> None:
    """Where there is a script: asking, hosting, Django's forms. (The desk: `test_desk.py`.)"""
    context = chromium.new_context(java_script_enabled=False, viewport=WIDE, locale="en-GB")  # type: ignore[arg-type]  # as it is
    context.add_cookies(looker.page_of("organiser").context.cookies())  # type: ignore[arg-type]  # what it gave
    page = context.new_page()
    page.goto(f"{looker.site}{reverse('events:questions', args=[stage.network.slug, stage.coming.slug])}")
    page.get_by_label("Your question").fill("Does this work as well?")
    page.get_by_role("button", name="Ask without my name").click()
    expect(page.locator("main")).to_contain_text("Does this work as well?")
    page.goto(f"{looker.site}{reverse('admin:events_meeting_questions', args=[stage.coming.pk])}")
    asked = page.locator("li, article, section").filter(has_text="Does this work as well?").last
    asked.get_by_role("button", name="Show now").click()
    expect(page.locator("#content")).to_contain_text("Being answered now")
    topic = stage.coming.topics.get(slug="evaluation")
    page.goto(f"{looker.site}{reverse('admin:events_topic_change', args=[topic.pk])}")
    page.get_by_label("Name").fill("Evaluating")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    context.close()


def test_every_page_has_a_scene() -> None:
    """A page that is added without one fails here."""
    stage = the_stage()
    answers = (line.split() for line in rows_of(TABLE))
    pages = {name for name, *statuses in answers if "200" in statuses}
    seen = {scene.view for part in PARTS for scene in scenes_of(part, stage) if scene.status != 404}
    assert {name for name in pages - seen - FILES if not name.endswith(ALIKE)} == set()


def faults_of(part: str, chromium: Browser, site: str) -> list[str]:
    """What is wrong with the pages of one part: what axe finds, sideways scrolling, complaints, requests elsewhere."""
    stage = the_stage()
    looker = Looker(chromium, site, stage.people)
    for scene in scenes_of(part, stage):
        looker.looks_at(scene)
    return looker.wrong


# The other parts are in `test_work_pages.py`, so that two workers do this at once.
@pytest.mark.parametrize("part", PARTS[:2])
def test_every_page(part: str, chromium: Browser, live_server: LiveServer) -> None:
    assert faults_of(part, chromium, live_server.url) == []


def test_pages_with_a_script_work_without(chromium: Browser, live_server: LiveServer) -> None:
    stage = the_stage()
    works_without_scripts(chromium, Looker(chromium, live_server.url, stage.people), stage)
