"""What a member puts on an intranet about a meeting: nothing in it is more than its public page says."""

import re
from html import unescape

import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from events.models import Meeting, Speaker


def page_of(meeting: Meeting) -> str:
    return reverse("events:pass_on", args=[meeting.network.slug, meeting.slug])


def test_short_text_link_and_calendar_file(meeting: Meeting) -> None:
    Meeting.objects.update(theme="Juries & panels")
    page = Client().get(page_of(meeting)).text
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert text is not None
    address = f"{settings.SITE_URL}{meeting.get_absolute_url()}"
    assert unescape(text[1]).split("\n") == [
        "Juries & panels",
        "Wednesday 14 January 2037, 2pm to 3:15pm, UK time",
        "Online",
        "",
        "What juries are good for.",
        "",
        "A meeting of Public voices, under the Chatham House Rule.",
        f"Register: {address}",
        f"For your calendar: {address}calendar.ics",
    ]
    assert f'value="{address}"' in page
    assert "video.example" not in page


def test_page_is_found_while_the_meeting_lies_ahead(meeting: Meeting) -> None:
    client = Client()
    assert page_of(meeting) in client.get(meeting.get_absolute_url()).text
    with time_machine.travel(meeting.ends_at):
        assert "nothing to pass on" in client.get(page_of(meeting)).text
        assert page_of(meeting) not in client.get(meeting.get_absolute_url()).text


def test_speaker_who_shows_their_name_to_nobody_is_not_in_it(meeting: Meeting) -> None:
    """B44: it is for an intranet, so it says what strangers may read."""
    Speaker.objects.update(name_seen_by="members")
    Meeting.objects.update(summary="Tove Berg on juries.")
    page = Client().get(page_of(meeting)).text
    assert "Tove" not in page
    assert "on juries." in page


def test_draft_is_not_passed_on(meeting: Meeting) -> None:
    assert Client().post(page_of(meeting)).status_code == 405
    Meeting.objects.update(state="draft")
    assert Client().get(page_of(meeting)).status_code == 404
