"""Telling people what has changed: seen before it is sent, to exactly as many as were seen (B74, complaint 4)."""

import pytest
from django.urls import reverse

from events.actions.notifying import CannotTell, changes_since_told, remember_told, tell_registered
from events.actions.publishing import cancel_meeting, publish_meeting
from events.actions.registering import register_guest, register_member
from events.models import AgendaItem, Meeting, Notice, Speaker
from events.rules.differences import Difference, Part, differences
from members.models import Delivery, User
from tests.conftest import signed_in
from tests.events.forms import form_values
from tests.events.test_registering import GITA, set_capacity
from tests.post import letters_sent


@pytest.fixture
def told(meeting: Meeting, mira: User) -> Meeting:
    """Published by the press, and one person comes."""
    Meeting.objects.update(state="draft")
    published = publish_meeting(meeting)
    register_member(published, mira)
    letters_sent()
    return published


def parts(meeting: Meeting) -> list[str]:
    return [one.part.value for one in changes_since_told(meeting) or []]


def page_for(meeting: Meeting) -> str:
    return reverse("admin:events_meeting_tell", args=[meeting.pk])


def test_differences_are_in_the_order_of_telling_and_say_no_secret() -> None:
    before = {"when": "Wednesday", "link": "a1", "title": "Juries", "speakers": ""}
    now = {"title": "Panels", "when": "Thursday", "link": "b2", "speakers": ""}
    assert differences(before, now) == [
        Difference(Part.WHEN, "Wednesday", "Thursday"),
        Difference(Part.LINK),
        Difference(Part.TITLE, "Juries", "Panels"),
    ]
    assert differences(now, now) == []


def test_every_part_that_people_know_of_is_compared(told: Meeting) -> None:
    assert parts(told) == []
    told.starts_at, told.place, told.room = told.starts_at.replace(hour=13), "both", "Town hall"
    told.video_link, told.theme, told.summary = "https://video.example/other", "Panels", "Other words."
    told.save()
    AgendaItem.objects.filter(kind="discussion").update(title="A long discussion")
    Speaker.objects.update(name="Somebody Else")
    assert parts(told) == ["when", "place", "link", "title", "summary", "agenda", "speakers"]


def test_what_is_kept_of_links_and_speakers_cannot_be_read(told: Meeting) -> None:
    kept = str(Notice.objects.get().said)
    assert "2pm to 3:15pm, UK time" in kept
    assert "secret-room" not in kept
    assert "Tove" not in kept


def test_saving_tells_nobody_and_the_screen_says_what_is_untold(told: Meeting, olive: User) -> None:
    """B74."""
    client, change = signed_in(olive), reverse("admin:events_meeting_change", args=[told.pk])
    values = form_values(client.get(change).content.decode()) | {"theme": "Panels only", "starts_at_1": "13:30"}
    page = " ".join(client.post(change, values, follow=True).content.decode().split())
    assert "Those who registered have not been told of a change yet: When, Title." in page
    assert letters_sent() == []


def test_page_shows_the_difference_the_count_and_the_letter_and_sends_nothing(told: Meeting, olive: User) -> None:
    set_capacity(told, 1)
    register_guest(told, GITA)
    letters_sent()
    Meeting.objects.filter(pk=told.pk).update(theme="Panels", video_link="https://video.example/other")
    page = " ".join(signed_in(olive).get(page_for(told)).content.decode().split())
    assert "<td>Juries and panels</td> <td>Panels</td>" in page
    assert '<th scope="row">Link to the call</th> <td colspan="2">changed</td>' in page
    assert "brings the entry in their calendars up to date" in page
    assert "<strong>2</strong> people who have registered" in page
    assert "1 of them is on the waiting list" in page
    assert "Changed: Panels, Wednesday 14 January 2037" in page
    assert "- Title: Panels" in page
    assert "/p/sample/" in page
    assert "video.example" not in page
    assert (Notice.objects.count(), letters_sent()) == (1, [])


def test_letter_says_what_has_changed_and_afterwards_nothing_is_untold(told: Meeting, olive: User) -> None:
    later = told.starts_at.replace(hour=15)
    Meeting.objects.filter(pk=told.pk).update(starts_at=later, ends_at=later.replace(hour=16), video_link="")
    answer = signed_in(olive).post(page_for(told), {"seen": "1"}, follow=True)
    assert "A letter is on its way to 1 person." in answer.content.decode()
    (letter,) = letters_sent()
    text, calendar = str(letter.body), str(letter.alternatives)
    for words in (
        "What has changed since we last wrote to everybody:\n- When: Wednesday 14 January 2037, 3pm to 4pm, UK time",
        "(before: Wednesday 14 January 2037, 2pm to 3:15pm, UK time)",
        "- The link to the call is another one.",
    ):
        assert words in text
    assert "video.example" not in text + calendar
    assert "METHOD:REQUEST" in calendar
    told.refresh_from_db()
    assert changes_since_told(told) == []
    assert Delivery.objects.latest("pk").mailing.created_by == olive


def test_nobody_is_told_where_more_have_registered_than_were_seen(told: Meeting, olive: User) -> None:
    register_guest(told, GITA)
    letters_sent()
    page = signed_in(olive).post(page_for(told), {"seen": "1"}, follow=True).content.decode()
    assert "2 people would get it by now. Please look again, and press once more." in page
    with pytest.raises(CannotTell):
        tell_registered(told, seen=3)
    assert (letters_sent(), Notice.objects.count()) == ([], 1)


def test_cancelling_is_a_difference_too(told: Meeting, olive: User) -> None:
    cancelled = cancel_meeting(told)
    assert changes_since_told(cancelled) == [Difference(Part.STATE, "published", "cancelled")]
    signed_in(olive).post(page_for(told), {"seen": "1"})
    (letter,) = letters_sent()
    assert letter.subject.startswith("Cancelled: ")
    assert "METHOD:CANCEL" in str(letter.alternatives)


def test_what_was_published_before_this_was_kept_is_not_guessed(meeting: Meeting, mira: User, olive: User) -> None:
    register_member(meeting, mira)
    letters_sent()
    assert changes_since_told(meeting) is None
    assert "What they were told before is not known" in signed_in(olive).get(page_for(meeting)).content.decode()
    remember_told(meeting)
    remember_told(meeting)
    assert (changes_since_told(meeting), Notice.objects.count()) == ([], 1)


def test_nobody_to_tell_leads_back(meeting: Meeting, olive: User) -> None:
    page = signed_in(olive).get(page_for(meeting), follow=True).content.decode()
    assert "There is nothing to do any more." in page
