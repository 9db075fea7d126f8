"""“I can’t come”: one press, known to the organisers and to nobody else, and the notes still come (B41)."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.actions.declining import say_cannot_come
from events.actions.publishing import publish_meeting
from events.actions.registering import MeetingHasBegun, RegistrationIsClosed, register_guest, register_member
from events.actions.scheduling import schedule_meeting
from events.actions.standing_places import take_standing_place
from events.actions.suggesting import suggest_topic, tell_supporters
from events.entries import cannot_come_link, cannot_come_token
from events.models import Meeting, Registration, Series
from members.actions.subscribing import Wish, choose
from members.models import Kind, User
from tests.conftest import signed_in
from tests.events.test_letters import links
from tests.events.test_registering import GITA, letters, set_capacity
from tests.events.test_suggestions import taken_up
from tests.post import letters_sent

NOTES = "The notes still reach you: we write when they are out."


def page_of(meeting: Meeting) -> str:
    return reverse("events:cannot_come", args=[meeting.network.slug, meeting.slug])


def link(meeting: Meeting, user: User) -> str:
    return urlsplit(cannot_come_link(meeting, cannot_come_token(meeting.pk, user.pk))).path


def test_who_had_no_place_is_on_the_list_as_not_coming_and_gets_no_letter(meeting: Meeting, mira: User) -> None:
    say_cannot_come(meeting, mira)
    say_cannot_come(meeting, mira)
    found = Registration.objects.get()
    assert (found.user, found.name, found.state, found.confirmed) == (mira, "Mira Novak", "cancelled", True)
    assert letters() == []


def test_a_place_goes_to_whoever_waits_and_the_receipt_comes(meeting: Meeting, mira: User) -> None:
    set_capacity(meeting, 1)
    register_member(meeting, mira)
    register_guest(meeting, GITA)
    say_cannot_come(meeting, mira)
    assert letters()[2:] == [("cancelled", mira.email), ("promoted", GITA.email)]


def test_registering_takes_it_back(meeting: Meeting, mira: User) -> None:
    say_cannot_come(meeting, mira)
    assert register_member(meeting, mira).state == "registered"
    assert Registration.objects.count() == 1


def test_every_meeting_leaves_out_the_one_they_cannot_come_to(meeting: Meeting, series: Series, mira: User) -> None:
    say_cannot_come(meeting, mira)
    take_standing_place(series, mira)
    publish_meeting(schedule_meeting(series, on=(meeting.starts_at + timedelta(weeks=4)).date()))
    states = Registration.objects.order_by("meeting__starts_at").values_list("state", flat=True)
    assert list(states) == ["cancelled", "registered"]


def test_it_is_said_until_the_start(meeting: Meeting, mira: User) -> None:
    with time_machine.travel(meeting.starts_at, tick=False):
        with pytest.raises(MeetingHasBegun):
            say_cannot_come(meeting, mira)
        page = Client().post(link(meeting, mira), follow=True).text
        assert "The meeting has begun, so there is nothing to cancel any more." in page
        assert "I can’t come" not in signed_in(mira).get(meeting.get_absolute_url()).text
    Meeting.objects.update(state="cancelled")
    with pytest.raises(RegistrationIsClosed):
        say_cannot_come(meeting, mira)
    assert not Registration.objects.exists()


def test_from_the_mail_a_button_and_no_account(meeting: Meeting, mira: User) -> None:
    """R14: mail programs open links; only the press says it."""
    page = Client().get(link(meeting, mira)).text
    assert "You can’t come?" in page
    assert NOTES in page
    assert not Registration.objects.exists()
    answer = Client().post(link(meeting, mira), follow=True)
    assert answer.redirect_chain == [(link(meeting, mira), 302)]
    assert "Thank you for telling us" in answer.text
    assert NOTES in answer.text
    assert "Mira" not in answer.text
    assert Registration.objects.get().user == mira


def test_letter_about_a_topic_one_asked_for_has_the_link(meeting: Meeting, mira: User, olive: User) -> None:
    topic = taken_up(suggest_topic(meeting.network, mira, title="Juries"), meeting)
    tell_supporters(topic, by=olive, at=meeting.starts_at - timedelta(days=9))
    (letter,) = letters_sent()
    (path,) = [one for one in links(str(letter.body)) if "cannot-come" in one]
    assert "You can’t come?" in Client().get(path).text
    Client().post(path)
    assert Registration.objects.get().user == mira


def test_on_the_page_one_press(meeting: Meeting, mira: User) -> None:
    client = signed_in(mira)
    assert f'action="{page_of(meeting)}"' in client.get(meeting.get_absolute_url()).text
    assert "Thank you for telling us" in client.post(page_of(meeting), follow=True).text
    page = client.get(meeting.get_absolute_url()).text
    assert "You have told the organisers that you can’t come." in page
    assert f'action="{page_of(meeting)}"' not in page


def test_who_wants_no_notes_is_not_told_that_they_come(meeting: Meeting, mira: User) -> None:
    choose(mira.memberships.get(), Wish(kinds=frozenset(Kind) - {Kind.NOTES}))
    assert NOTES not in Client().get(link(meeting, mira)).text


def test_others_find_nothing(meeting: Meeting, mira: User, otto: User, stan: User) -> None:
    for stranger in (otto, stan):
        assert signed_in(stranger).post(page_of(meeting)).status_code == 404
        assert Client().post(link(meeting, stranger)).status_code == 404
        assert "I can’t come" not in signed_in(stranger).get(meeting.get_absolute_url()).text
    assert Client().get(page_of(meeting))["Location"].startswith("/accounts/login/")
    assert signed_in(mira).put(page_of(meeting)).status_code == 405
    other = link(meeting, mira).replace(f"/{meeting.pk}/", f"/{meeting.pk + 1}/")
    assert Client().get(other).status_code == 404
    assert not Registration.objects.exists()


def test_organisers_learn_how_many_and_who(meeting: Meeting, mira: User, olive: User, noor: User) -> None:
    """R13: and nobody else does."""
    say_cannot_come(meeting, mira)
    panel = reverse("admin:events_meeting_screen", args=[meeting.pk])
    told = reverse("admin:events_meeting_told", args=[meeting.pk])
    assert '1<span class="visually-hidden"> cannot come</span>' in signed_in(olive).get(panel).text
    assert "Mira Novak, River County Council" in " ".join(signed_in(olive).get(told).text.split())
    assert signed_in(noor).get(told).status_code == 404
