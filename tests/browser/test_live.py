"""The live page in Chromium: what changes comes without a reload, and leaves whoever is on a button where they are."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from cop.lib.signing import personal_token
from events.models import Meeting, Question, Registration
from tests.browser.conftest import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_live_page_stays_true_without_a_reload(somebody: Callable[[], Person], meeting: Meeting) -> None:
    now = timezone.now()
    Meeting.objects.update(starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=1))
    meeting.agenda.update(minutes=20)
    place = Registration.objects.create(meeting=meeting, guest_email="gita@guest.example", name="Gita", confirmed=True)
    gita = somebody()
    gita.page.clock.install()
    gita.goes_to(reverse("events:live_by_link", args=[personal_token("registration", place.pk)]))
    expect(gita.page.locator("[aria-current=step] h3")).to_have_text("A jury on data")
    expect(gita.page.get_by_role("link", name="Refresh")).to_be_hidden()
    join = gita.page.get_by_role("button", name="Join the call")
    join.focus()
    Question.objects.create(meeting=meeting, text="Who pays for juries?", state="shown")
    Meeting.objects.update(starts_at=now - timedelta(minutes=25))
    with gita.page.expect_response(lambda answer: answer.url.endswith("?now")):
        gita.page.clock.fast_forward("00:21")
    gita.sees("Who pays for juries?")
    expect(gita.page.locator("[aria-current=step] h3")).to_have_text("Discussion")
    expect(gita.page.locator("[data-news]")).to_have_text("Now: Discussion")
    expect(join).to_be_focused()
