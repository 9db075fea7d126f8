"""Searching in Chromium, without a script: no axe violation in any state, and no word in any address."""

from collections.abc import Callable

import pytest
from django.core.management import call_command

from events.models import Meeting, Topic
from members.models import User
from tests.browser.conftest import Person
from tests.browser.test_members_pages import is_clean
from tests.search.conftest import POINT, edition_of, material, titled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_searching_and_topics(
    somebody: Callable[[], Person], meeting: Meeting, mira: User, capsys: pytest.CaptureFixture[str]
) -> None:
    topic = Topic.objects.create(network=meeting.network, name="Juries", slug="juries")
    for number in range(5, 17):
        titled(meeting, number, f"Juries {number}").topics.add(topic)
    meeting.topics.add(topic)
    material(meeting, "Slides on juries", "members")
    edition_of(meeting, POINT, attribution="Fjord Forum")
    browser = somebody()
    browser.goes_to("/voices/search/")
    is_clean(browser, "1 nothing asked")
    call_command("sign_in_link", mira.email)
    browser.goes_to(capsys.readouterr().out.split()[-1])
    browser.presses("Sign in")
    browser.goes_to("/voices/meetings/")
    is_clean(browser, "2 the box in the head")
    browser.page.get_by_role("searchbox").fill("juries")
    browser.page.keyboard.press("Enter")
    browser.sees("13 meetings")
    is_clean(browser, "3 what was found")
    browser.presses("More results")
    browser.sees("Page 2 of 2")
    browser.sees("need quiet afternoons. — Fjord Forum")
    assert browser.page.url.endswith("/voices/search/")
    browser.page.get_by_role("searchbox").fill("zzz")
    browser.page.keyboard.press("Enter")
    browser.sees("Nothing that you can read has all of these words.")
    is_clean(browser, "4 nothing found")
    browser.goes_to("/voices/topics/juries/")
    browser.sees("What we noted")
    is_clean(browser, "5 a topic")
