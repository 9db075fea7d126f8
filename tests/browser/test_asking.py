"""Questions without a name in Chromium: no axe violation, and a fresh list that leaves the cursor where it is."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from cop.lib.signing import personal_token
from events.actions.asking import support_question
from events.models import Meeting, Registration
from members.models import User
from tests.browser.conftest import Person
from tests.browser.test_members_pages import is_clean
from tests.events.test_questions import BEFORE, ask

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = (
    "When a jury comes to a recommendation that the department that paid for it cannot follow, who tells its members, "
    "and what have you seen that keeps their trust in the next one?"
)


def on_a_phone(browser: Person, name: str) -> None:
    size = browser.page.viewport_size
    assert size is not None
    browser.page.set_viewport_size({"width": 390, "height": 844})
    assert browser.page.evaluate("document.documentElement.scrollWidth") == 390
    browser.keeps_a_picture(name)
    browser.page.set_viewport_size(size)


def test_asking_and_hosting(
    somebody: Callable[[], Person], meeting: Meeting, noor: User, capsys: pytest.CaptureFixture[str]
) -> None:
    place = Registration.objects.create(meeting=meeting, guest_email="gita@guest.example", name="Gita", confirmed=True)
    gita, host = somebody(), somebody()
    gita.page.clock.install()
    gita.goes_to(reverse("events:questions_by_link", args=[personal_token("registration", place.pk)]))
    is_clean(gita, "1 nothing asked yet")
    gita.fills(Your_question="Who pays for juries?")
    gita.presses("Ask without my name")
    gita.sees("Your question is in the list, without your name.")
    gita.fills(Your_question="What I am still writing")

    asked = ask(meeting, LONG, "user 7")
    for who in ("user 8", "user 9"):
        support_question(meeting, person=who, question_id=asked.pk, at=BEFORE)
    gita.page.clock.fast_forward("00:16")
    gita.sees("2 support this")
    expect(gita.page.locator("[data-news]")).to_have_text("The list of questions has changed.")
    expect(gita.page.get_by_label("Your question")).to_have_value("What I am still writing")
    expect(gita.page.get_by_label("Your question")).to_be_focused()

    call_command("sign_in_link", noor.email)
    host.goes_to(capsys.readouterr().out.split()[-1])
    host.presses("Sign in")
    host.goes_to(reverse("admin:events_meeting_questions", args=[meeting.pk]))
    is_clean(host, "2 the queue")
    on_a_phone(host, "3 the queue on a phone")
    host.page.get_by_label("Answered questions go into the notes under").select_option("Discussion")
    host.presses("Show now")
    host.sees("Being answered now")
    ask(meeting, "Is there a checklist?", "user 9")
    ask(meeting, "How many people is enough?", "user 3")

    gita.page.clock.fast_forward("00:16")
    gita.sees("Being answered now")
    gita.presses("Support")
    gita.sees("Nobody sees who supports a question.")
    is_clean(gita, "4 supported")
    on_a_phone(gita, "5 supported on a phone")
    host.presses("Answered")
    host.sees("Is there a checklist?")
    host.presses("Put aside")
    host.page.get_by_text("Take away", exact=True).last.click()
    is_clean(host, "6 worked through")
    on_a_phone(host, "7 worked through on a phone")
