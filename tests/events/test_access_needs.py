"""What people need to take part: for the meeting's organisers, encrypted, and gone a month after (B40)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop.lib.signing import personal_token
from events.actions.access_needs import (
    access_need_of,
    access_needs,
    forget_access_needs,
    note_access_need,
    say_access_need,
)
from events.actions.registering import cancel_registration, register_guest, register_member
from events.models import AccessNeed, Meeting, Registration
from members.models import Delivery, User
from tests.conftest import signed_in
from tests.events.test_registering import GITA, guest

NEED = "Captions, please: I am deaf."


def by_link(registration: Registration) -> str:
    return reverse("events:access_need_by_link", args=[personal_token("registration", registration.pk)])


def signed(meeting: Meeting) -> str:
    return reverse("events:access_need", args=[meeting.network.slug, meeting.slug])


def told(meeting: Meeting) -> str:
    return reverse("admin:events_meeting_told", args=[meeting.pk])


@pytest.fixture
def place(meeting: Meeting, mira: User) -> Registration:
    return register_member(meeting, mira)


def test_what_was_said_last_counts_and_empty_takes_it_back(place: Registration) -> None:
    say_access_need(place, NEED)
    say_access_need(place, "  A quiet room.  ")
    assert access_need_of(place) == "A quiet room."
    say_access_need(place, " ")
    assert not AccessNeed.objects.exists()


def test_by_link_and_signed_in_it_is_the_same(meeting: Meeting, place: Registration, mira: User) -> None:
    answer = Client().post(by_link(place), {"text": NEED}, follow=True)
    assert "Saved. The organisers of this meeting see it, and nobody else." in answer.text
    assert NEED in signed_in(mira).get(signed(meeting)).text
    signed_in(mira).post(signed(meeting), {"text": ""})
    assert NEED not in Client().get(by_link(place)).text


def test_too_long_is_said_and_kept(place: Registration) -> None:
    answer = Client().post(by_link(place), {"text": "Steps. " * 400})
    assert answer.status_code == 422
    assert "Steps. Steps." in answer.text
    assert not AccessNeed.objects.exists()


def test_guest_says_it_while_registering(meeting: Meeting) -> None:
    said = {"name": "Gita Rao", "email": GITA.email, "access_need": NEED}
    Client().post(reverse("events:register", args=["voices", meeting.slug]), said)
    assert access_need_of(Registration.objects.get()) == NEED


def test_form_replaces_nobodys_word(meeting: Meeting, place: Registration) -> None:
    """Anybody can fill it in with anybody's address."""
    note_access_need(place, "Nothing at all.")
    stranger = register_guest(meeting, GITA)
    note_access_need(stranger, NEED)
    note_access_need(stranger, "Nothing at all.")
    assert (access_need_of(place), access_need_of(stranger)) == ("", NEED)


def test_organisers_of_this_meeting_see_it_and_nobody_else(
    meeting: Meeting, place: Registration, olive: User, noor: User, otto: User
) -> None:
    say_access_need(place, NEED)
    page = signed_in(olive).get(told(meeting)).text
    assert NEED in page
    assert "Mira Novak" in page
    for other in (noor, otto):
        assert signed_in(other).get(told(meeting)).status_code == 404
        assert "What people told you" not in signed_in(other).get(f"/admin/events/meeting/{meeting.pk}/change/").text
    assert signed_in(olive).post(told(meeting)).status_code == 405
    for path in ("/admin/events/registration/", f"/admin/events/registration/{place.pk}/change/"):
        assert "Captions" not in signed_in(olive).get(path).text
    table = signed_in(olive).post(reverse("admin:events_registration_export")).getvalue()
    assert b"Mira Novak" in table
    assert b"Captions" not in table


def test_others_cannot_open_it(meeting: Meeting, place: Registration, stan: User) -> None:
    assert signed_in(stan).get(signed(meeting)).status_code == 404
    assert Client().get(signed(meeting))["Location"].startswith("/accounts/login/")
    assert Client().get(by_link(place).replace("1", "2", 1)).status_code == 404
    assert Client().put(by_link(place)).status_code == 405
    cancel_registration(place)
    assert Client().get(by_link(place)).status_code == 404


def test_r15_it_is_in_no_clear_row_log_letter_or_fixture(
    meeting: Meeting, place: Registration, olive: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG", logger="cop"):
        Client().post(by_link(place), {"text": NEED})
        signed_in(olive).get(told(meeting))
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM events_accessneed")
        assert [stored[:5] for (stored,) in cursor.fetchall()] == ["gAAAA"]
    out = StringIO()
    call_command("dumpdata", "events", stdout=out)
    assert "events.meeting" in out.getvalue()
    assert "events.accessneed" not in out.getvalue()
    assert "Captions" not in caplog.text
    assert not LogEntry.objects.filter(change_message__contains="Captions").exists()
    assert list(Delivery.objects.values_list("mailing__letter", flat=True)) == ["events/registered"]


def test_it_is_forgotten_a_month_after_the_meeting(meeting: Meeting, place: Registration) -> None:
    say_access_need(place, NEED)
    due = meeting.ends_at + timedelta(days=30)
    assert forget_access_needs(due - timedelta(seconds=1)) == 0
    assert access_need_of(place) == NEED
    assert forget_access_needs(due) == 1
    assert not AccessNeed.objects.exists()
    assert Registration.objects.filter(pk=place.pk).exists()


def test_who_does_not_come_needs_nothing(meeting: Meeting, place: Registration) -> None:
    say_access_need(place, NEED)
    cancel_registration(place)
    assert access_needs(meeting) == []
    assert not AccessNeed.objects.exists()


def test_page_takes_as_many_queries_for_three_as_for_one(meeting: Meeting, place: Registration, olive: User) -> None:
    client = signed_in(olive)
    say_access_need(place, NEED)
    client.get(told(meeting))
    with CaptureQueriesContext(connection) as one:
        client.get(told(meeting))
    for number in (1, 2):
        say_access_need(register_guest(meeting, guest(number)), f"Need {number}")
    with CaptureQueriesContext(connection) as three:
        assert "Need 2" in client.get(told(meeting)).text
    assert len(three) == len(one)
