"""A person's own calendar: their meetings, at an address that only they know and can make anew (B39)."""

import io
import logging
import re
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.actions.own_calendars import make_own_calendar
from events.actions.publishing import cancel_meeting
from events.actions.registering import cancel_registration, register_guest, register_member
from events.models import Material, Meeting, OwnCalendar, Registration
from members.actions.erasing import erase
from members.models import User
from tests.conftest import signed_in
from tests.events.test_registering import GITA, set_capacity

pytestmark = pytest.mark.django_db

SECRET = "https://video.example/secret-room"


def address_in(page: bytes) -> str:
    found = re.search(r'value="http://127\.0\.0\.1:8000(/p/[\w-]{43}/calendar\.ics)"', page.decode())
    assert found is not None
    return found[1]


def address_of(user: User) -> str:
    return f"/p/{make_own_calendar(user, on=date(2037, 1, 1))}/calendar.ics"


def entries_at(address: str) -> list[icalendar.Event]:
    """What a calendar program finds there, without a cookie."""
    answer = Client().get(address)
    assert answer.status_code == 200
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert calendar["METHOD"] == "PUBLISH"
    return list(calendar.events)


def test_address_is_made_by_a_press_and_shown_once(mira: User) -> None:
    client = signed_in(mira)
    assert "Make an address" in client.get("/me/calendar/").content.decode()
    assert not OwnCalendar.objects.exists()
    made = client.post("/me/calendar/")
    address = address_in(made.content)
    assert made["Cache-Control"] == "private, no-store"
    assert f"webcal://127.0.0.1:8000{address}" in made.content.decode()
    assert address.split("/")[2] not in client.get("/me/calendar/").content.decode()
    assert Client().get(address).status_code == 200


def test_address_is_nowhere_in_the_database(mira: User) -> None:
    """Whoever holds a copy of the database finds nobody's calendar with it."""
    token = make_own_calendar(mira, on=date(2037, 1, 1))
    dump = io.StringIO()
    call_command("dumpdata", "events.owncalendar", stdout=dump)
    assert f'"user": {mira.pk}' in dump.getvalue()
    assert token not in dump.getvalue()


def test_new_address_ends_the_old_one_and_its_ways_into_calls(meeting: Meeting, mira: User) -> None:
    register_member(meeting, mira)
    old = address_of(mira)
    (entry,) = entries_at(old)
    join = str(entry["URL"]).removeprefix("http://127.0.0.1:8000")
    with time_machine.travel(meeting.starts_at):
        assert Client().get(join)["Location"] == SECRET
        client = signed_in(mira)
        new = address_in(client.post("/me/calendar/").content)
        assert [Client().get(path).status_code for path in (old, join, new)] == [404, 404, 200]
        assert client.post("/me/calendar/end/").status_code == 302
        assert Client().get(new).status_code == 404
    assert not OwnCalendar.objects.exists()


def test_answers_like_a_page_that_does_not_exist(mira: User, client: Client) -> None:
    """R12: an address that was never made, one that was reset, one of somebody erased or shut out."""
    address = address_of(mira)
    unknown = client.get("/p/nothing/calendar.ics")
    User.objects.filter(pk=mira.pk).update(is_active=False)
    shut_out = client.get(address)
    erase(mira.email, at=datetime(2037, 1, 1, tzinfo=UTC))
    gone = client.get(address)
    assert {(one.status_code, one["Content-Type"]) for one in (unknown, shut_out, gone)} == {
        (404, "text/html; charset=utf-8")
    }
    assert not OwnCalendar.objects.exists()


def test_holds_the_meetings_at_which_one_has_a_place(meeting: Meeting, mira: User, olive: User) -> None:
    """Complaint 11: not those for which one waits; complaint 2: what is cancelled says so."""
    address = address_of(mira)
    assert entries_at(address) == []
    registration = register_member(meeting, mira)
    (entry,) = entries_at(address)
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == (
        f"{registration.calendar_key}@127.0.0.1",
        0,
        "CONFIRMED",
    )
    assert entry.decoded("DTSTART") == meeting.starts_at
    assert entry["SUMMARY"] == "Monthly meeting: Juries and panels"
    cancel_meeting(meeting)
    (entry,) = entries_at(address)
    assert (entry["SEQUENCE"], entry["STATUS"]) == (1, "CANCELLED")
    Meeting.objects.update(state="published")
    cancel_registration(registration)
    assert entries_at(address) == []
    set_capacity(meeting, 1)
    register_member(meeting, olive)
    assert register_member(meeting, mira).state == Registration.State.WAITING
    assert entries_at(address) == []


def test_names_nobody_and_hides_what_the_page_hides(meeting: Meeting, mira: User, olive: User) -> None:
    """B33, B34, B45: no attendee (RFC 5546 §3.2.1), no video link, no recording that its speaker took back."""
    gone, shown = "https://watch.example/taken-back", "https://watch.example/for-all"
    Material.objects.create(meeting=meeting, kind="recording", title="Talk", url=gone, visibility="nobody")
    Material.objects.create(meeting=meeting, kind="link", title="Paper", url=shown, visibility="public")
    Meeting.objects.update(summary=f"Come to {SECRET}, watch {gone} and read {shown}.")
    register_member(meeting, mira)
    register_member(meeting, olive)
    register_guest(meeting, GITA)
    text = Client().get(address_of(mira)).content.decode().replace("\r\n ", "")
    assert shown in text
    for secret in (SECRET, "video.example", gone, "ATTENDEE", "Mira", "mira@", "Olive", "Gita"):
        assert secret not in text


def test_join_link_is_for_meetings_of_ones_own(meeting: Meeting, mira: User, olive: User) -> None:
    token = make_own_calendar(mira, on=date(2037, 1, 1))
    register_member(meeting, olive)
    with time_machine.travel(meeting.starts_at + timedelta(minutes=1)):
        assert Client().get(f"/p/{token}/join/{meeting.pk}/").status_code == 404
        assert Client().get(f"/p/{token}/join/{meeting.pk + 1}/").status_code == 404
        register_member(meeting, mira)
        assert Client().get(f"/p/{token}/join/{meeting.pk}/")["Location"] == SECRET


def test_asks_as_much_of_the_database_for_three_as_for_one(meeting: Meeting, mira: User) -> None:
    address = address_of(mira)
    counts = []
    for number in (1, 2, 3):
        another = Meeting.objects.create(
            network=meeting.network,
            title="Another",
            slug=f"another-{number}",
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            state="published",
        )
        register_member(another, mira)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(entries_at(address)) == number
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_only_those_who_are_signed_in_make_one(client: Client, mira: User) -> None:
    for path in ("/me/calendar/", "/me/calendar/end/"):
        answer = client.post(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={path}")
    assert client.post(address_of(mira)).status_code == 405
    assert signed_in(mira).get("/me/calendar/end/").status_code == 405


def test_no_log_tells_the_address(mira: User, caplog: pytest.LogCaptureFixture) -> None:
    """R15: a program that asks at an old address is noted without it."""
    token = make_own_calendar(mira, on=date(2037, 1, 1))
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("web").info("GET %s 404", f"/p/{token}/calendar.ics")
        Client().get(f"/p/{token}x/calendar.ics")
    assert "GET /p/…/calendar.ics 404" in caplog.text
    assert token not in caplog.text
