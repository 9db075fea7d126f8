"""13:55, in a corridor: what an organiser has to do is on the first screen of a phone (B81)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from events.models import Meeting, Registration
from members.actions.signing_in import one_time_link
from members.models import User
from tests.browser.conftest import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_link_letter_and_people_are_on_the_first_screen(
    somebody: Callable[[], Person], meeting: Meeting, olive: User, mira: User
) -> None:
    """B81: fix the link, message the registered, see who is in; with nothing to scroll to or to zoom."""
    now = timezone.now()
    Meeting.objects.update(starts_at=now + timedelta(minutes=5), ends_at=now + timedelta(hours=1), capacity=20)
    Registration.objects.create(meeting=meeting, user=mira, name=mira.name, confirmed=True)
    host = somebody()
    host.page.set_viewport_size({"width": 390, "height": 844})
    host.goes_to(one_time_link(olive))
    host.page.locator("main").get_by_role("button").first.click()
    screen = reverse("admin:events_meeting_screen", args=[meeting.pk])
    host.goes_to(screen)
    link = host.page.get_by_label("Link to the call")
    at_hand = [
        link,
        host.page.get_by_role("button", name="Save the link"),
        host.page.get_by_role("link", name="Write to the registered"),
        host.page.get_by_role("link", name="See who is in"),
        host.page.get_by_role("link", name="1 registered"),
    ]
    for one in at_hand:
        expect(one).to_be_in_viewport(ratio=1)
    assert host.page.evaluate("document.documentElement.scrollWidth") == 390
    host.keeps_a_picture("first screen")
    link.fill("https://video.example/another-room")
    host.presses("Save the link")
    host.sees("own way in leads there now")
    assert Meeting.objects.get().video_link == "https://video.example/another-room"
    host.page.get_by_role("link", name="See who is in").click()
    host.sees("Mira Novak")
    host.goes_to(screen)
    host.page.get_by_role("link", name="Write to the registered").click()
    expect(host.page.get_by_label("To", exact=False).first).to_have_value(
        f"{meeting.network_id} events/registered {meeting.pk}"
    )
