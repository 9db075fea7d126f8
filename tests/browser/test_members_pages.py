"""Joining, signing in and one's own page in Chromium: no axe violation on any of them, in any state."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from members.models import Network, User
from tests.browser.conftest import Person
from tests.post import letters_sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def is_clean(person: Person, name: str) -> None:
    """Fail with axe's own words where it finds something; keep a picture."""
    found = Axe().run(person.page, options=WCAG).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    person.keeps_a_picture(name)


def test_joining_pages(somebody: Callable[[], Person], network: Network) -> None:
    nia = somebody()
    nia.goes_to("/voices/join/")
    is_clean(nia, "1 the form")
    nia.presses("Join")
    nia.sees("Something needs another look")
    assert nia.page.evaluate("document.activeElement.className") == "error-summary"
    nia.complaints.clear()  # the browser notes the 422 in its console
    is_clean(nia, "2 what is missing")
    nia.page.get_by_role("link", name=re.compile("^Name: ")).click()
    assert nia.page.evaluate("document.activeElement.id") == "id_name"
    nia.page.get_by_label("E-mail address").fill("nia@river.example")
    nia.page.get_by_label("Name", exact=True).fill("Nia New")
    nia.page.get_by_label("Sector").select_option("public")
    nia.page.get_by_role("checkbox").check()
    nia.presses("Join")
    nia.sees("Look into your mailbox")
    is_clean(nia, "3 look into your mailbox")
    [letter] = letters_sent()
    nia.goes_to(re.findall(r"\S+/confirm/", str(letter.body))[0])
    is_clean(nia, "4 the button")
    nia.presses("Yes, I join and keep to the ground rules")
    nia.sees("You are a member of this network. Welcome.")
    nia.goes_to("/me/")
    is_clean(nia, "5 my page")
    nia.presses("Sign out")
    nia.sees("You have signed out.")


def test_signing_in_pages(somebody: Callable[[], Person], mira: User) -> None:
    browser = somebody()
    browser.goes_to("/accounts/login/")
    is_clean(browser, "1 the address")
    browser.page.get_by_label("E-mail address").fill(mira.email)
    browser.presses("Send me a code")
    is_clean(browser, "2 the code")
    browser.page.get_by_label("Code").fill("12")
    browser.presses("Sign in")
    browser.sees("This is not the code in the newest letter.")
    is_clean(browser, "3 a wrong code")
    [letter] = letters_sent()
    browser.page.get_by_label("Code").fill(re.findall(r"^\d{6}$", str(letter.body), re.MULTILINE)[0])
    browser.presses("Sign in")
    browser.sees("My page")
    browser.goes_to("/accounts/logout/")
    is_clean(browser, "4 signing out")


def test_other_pages(somebody: Callable[[], Person], mira: User, capsys: pytest.CaptureFixture[str]) -> None:
    browser = somebody()
    call_command("sign_in_link", mira.email)
    browser.goes_to(capsys.readouterr().out.split()[-1])
    is_clean(browser, "1 the link")
    for number, (page, name) in enumerate(
        [("/accounts/signup/", "no other way in"), ("/accounts/inactive/", "closed")]
    ):
        browser.goes_to(page)
        is_clean(browser, f"{number + 2} {name}")
    browser.goes_to("/p/1.a.b/confirm/")
    browser.complaints.clear()  # the browser notes the 404 in its console
    is_clean(browser, "4 a link that is gone")
