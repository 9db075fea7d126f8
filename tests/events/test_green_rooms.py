"""Speakers have a meeting in their calendars with the time at which they are expected, and their own way in (B47)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.actions.green_rooms import bring_entries_up_to_date, forget_entries, keep_green_room
from events.actions.notifying import tell_registered
from events.actions.publishing import cancel_meeting, note_changes, publish_meeting
from events.actions.scheduling import schedule_meeting
from events.actions.speaking import take_links_back
from events.admin.acts import publishing
from events.green_rooms import green_room_link
from events.models import AgendaItem, GreenRoom, Meeting, Series, Speaker, SpeakerEntry
from events.rules.green_rooms import comes_at, opens_at
from members.actions.erasing import erase
from members.models import User
from tests.conftest import signed_in
from tests.events.test_talk_page import say
from tests.post import letters_sent

pytestmark = pytest.mark.django_db

HOSTS = "https://video.example/start?host=tulip"
BEFORE = datetime(2036, 12, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_december() -> Iterator[None]:
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def ana(meeting: Meeting) -> Speaker:
    """Somebody who has not said anything yet, at a meeting with a quarter of an hour in the green room."""
    keep_green_room(meeting, minutes=15, host_link=HOSTS)
    talk = AgendaItem.objects.create(meeting=meeting, position=3, title="Trams and people")
    return Speaker.objects.create(agenda_item=talk, name="Ana Prieto", email="Ana@trams.example")


def events_sent() -> list[tuple[str, str, icalendar.Event]]:
    """To whom, by which method and with which event, of every letter with an entry since the last time."""
    found = []
    for letter in letters_sent():
        for part in letter.alternatives:
            content, kind = part[0], part[1]
            if str(kind).startswith("text/calendar"):
                calendar = icalendar.Calendar.from_ical(str(content))
                (event,) = calendar.events
                found.append((letter.to[0], str(calendar["METHOD"]), event))
    return found


def path_of(speaker: Speaker) -> str:
    entry = SpeakerEntry.objects.get(email__iexact=speaker.address)
    return green_room_link(entry).removeprefix("http://testserver")


def test_whoever_says_what_they_want_gets_the_entry_with_green_room_and_way_in(ana: Speaker) -> None:
    """B47, B33, R13: from 13:45 in London; its only attendee is the speaker; the hosts' link is not in it."""
    assert events_sent() == []
    say(ana, name_seen_by="nobody")
    [(to, method, event)] = events_sent()
    assert (to.lower(), method, event["SEQUENCE"]) == ("ana@trams.example", "REQUEST", 0)
    assert event.start == datetime(2037, 1, 14, 13, 45, tzinfo=UTC)
    assert event.end == datetime(2037, 1, 14, 15, 15, tzinfo=UTC)
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert str(event["SUMMARY"]) == "You speak: Monthly meeting: Juries and panels"
    assert str(event["ATTENDEE"]).lower() == "mailto:ana@trams.example"
    assert "Speakers meet at 13:45; the meeting begins at 14:00." in str(event["DESCRIPTION"])
    assert "/green-room/" in str(event["LOCATION"])
    assert "video.example" not in event.to_ical().decode()
    say(ana, biography="Rides trams.")
    assert events_sent() == []


def test_the_letter_says_when_and_where_and_names_no_link_of_the_call(ana: Speaker) -> None:
    say(ana, name_seen_by="nobody")
    [letter] = letters_sent()
    assert letter.subject == "For your calendar: you speak at “Juries and panels”, Wednesday 14 January 2037"
    assert "Speakers and hosts meet at 1:45pm" in str(letter.body)
    assert "Your way in, from 1:30pm" in str(letter.body)
    assert "video.example" not in str(letter.body) + str(letter.alternatives)


def test_a_change_reaches_the_same_entry_with_a_higher_sequence_by_a_press(ana: Speaker, olive: User) -> None:
    """B32, B74: saving tells nobody; the press does, and says to how many."""
    say(ana, name_seen_by="nobody")
    [(_to, _method, first)] = events_sent()
    meeting = ana.agenda_item.meeting
    address = reverse("admin:events_meeting_speakers", args=[meeting.pk])
    page = signed_in(olive).post(address, {"green_room": "1", "minutes": "30", "host_link": HOSTS}, follow=True)
    assert "Send 1 entry" in page.text
    assert events_sent() == []
    page = signed_in(olive).post(address, {"entries": "1"}, follow=True)
    assert "An entry is on its way to 1 speaker." in page.text
    assert "Send 1 entry" not in page.text
    [(_to, method, second)] = events_sent()
    assert (method, second["UID"]) == ("REQUEST", first["UID"])
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert second.start == datetime(2037, 1, 14, 13, 30, tzinfo=UTC)


def test_telling_people_brings_speakers_up_to_date_too(ana: Speaker, olive: User) -> None:
    """The count before the press has them in it."""
    say(ana, name_seen_by="nobody")
    letters_sent()
    meeting = Meeting.objects.get()
    hour = timedelta(hours=1)
    Meeting.objects.update(starts_at=meeting.starts_at + hour, ends_at=meeting.ends_at + hour)
    note_changes(meeting, ["starts_at", "ends_at"])
    page = signed_in(olive).get(reverse("admin:events_meeting_tell", args=[meeting.pk])).text
    assert "And <strong>1</strong> speaker" in page
    assert 'name="seen" value="1"' in page
    assert tell_registered(meeting, seen=1) == 1
    [(_to, method, event)] = events_sent()
    assert (method, event["SEQUENCE"]) == ("REQUEST", 2)
    assert event.start == datetime(2037, 1, 14, 14, 45, tzinfo=UTC)


def test_cancelling_and_striking_off_take_the_entry_out(ana: Speaker) -> None:
    """B32: METHOD:CANCEL with the same UID and a higher SEQUENCE, to the address that has the entry."""
    say(ana, name_seen_by="nobody")
    [(_to, _method, first)] = events_sent()
    meeting = Meeting.objects.get()
    ana.delete()
    assert events_sent() == []
    assert bring_entries_up_to_date(meeting) == 1
    [(to, method, event)] = events_sent()
    assert (to.lower(), method, event["UID"], event["STATUS"]) == (
        "ana@trams.example", "CANCEL", first["UID"], "CANCELLED",
    )  # fmt: skip
    assert event["SEQUENCE"] == 1
    assert bring_entries_up_to_date(meeting) == 0


def test_a_cancelled_meeting_is_taken_out_by_telling(ana: Speaker) -> None:
    say(ana, name_seen_by="nobody")
    letters_sent()
    tell_registered(cancel_meeting(Meeting.objects.get()))
    [letter] = letters_sent()
    assert "will not take place. We are sorry." in str(letter.body)
    assert "METHOD:CANCEL" in str(letter.alternatives)


def test_another_address_gets_the_entry_and_the_old_one_loses_it(ana: Speaker) -> None:
    say(ana, name_seen_by="nobody")
    letters_sent()
    Speaker.objects.filter(pk=ana.pk).update(email="ana@home.example")
    bring_entries_up_to_date(Meeting.objects.get())
    assert sorted((to.lower(), method) for to, method, _event in events_sent()) == [
        ("ana@home.example", "REQUEST"),
        ("ana@trams.example", "CANCEL"),
    ]


def test_a_draft_sends_nothing_until_it_is_published(ana: Speaker) -> None:
    """And the press says beforehand who gets it."""
    Meeting.objects.update(state="draft")
    say(ana, name_seen_by="nobody")
    assert events_sent() == []
    meeting = Meeting.objects.get()
    assert publishing(meeting)[1:3] == ["1 speaker gets the entry for their calendar.", "Nobody else is written to."]
    publish_meeting(meeting)
    assert [(method, event["SEQUENCE"]) for _to, method, event in events_sent()] == [("REQUEST", 0)]


def test_who_gives_two_talks_has_one_entry(ana: Speaker) -> None:
    talk = AgendaItem.objects.create(meeting=ana.agenda_item.meeting, position=4, title="Buses")
    again = Speaker.objects.create(agenda_item=talk, name="Ana Prieto", email=ana.email)
    for one in (ana, again):
        say(one, name_seen_by="nobody")
    assert len(events_sent()) == 1
    assert bring_entries_up_to_date(talk.meeting) == 0


def test_the_way_in_opens_before_everybodys_and_leads_to_the_hosts_link(ana: Speaker) -> None:
    """B34, B35: the address stays, wherever it leads by then."""
    say(ana, name_seen_by="nobody")
    path, client = path_of(ana), Client()
    page = client.get(path)
    assert (page.status_code, "from 1:30pm, UK time" in page.text, "video.example" in page.text) == (200, True, False)
    with time_machine.travel(datetime(2037, 1, 14, 13, 30, tzinfo=UTC)):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"], answer["Referrer-Policy"]) == (302, HOSTS, "no-referrer")
        GreenRoom.objects.update(host_link="")
        assert client.get(path)["Location"] == "https://video.example/secret-room"
        Meeting.objects.update(video_link="")
        assert "have not given the way into the call yet" in client.get(path).text
        Meeting.objects.update(state="cancelled")
        assert "has been cancelled" in client.get(path).text
        assert client.post(path).status_code == 405
    with time_machine.travel(datetime(2037, 1, 14, 16, tzinfo=UTC)):
        Meeting.objects.update(state="published")
        assert "This meeting is over." in client.get(path).text


def test_links_taken_back_and_speakers_struck_off_have_no_way_in(ana: Speaker) -> None:
    say(ana, name_seen_by="nobody")
    before = path_of(ana)
    take_links_back(ana)
    assert Client().get(before).status_code == 404
    after = path_of(ana)
    assert Client().get(after).status_code == 200
    assert bring_entries_up_to_date(Meeting.objects.get()) == 1
    ana.delete()
    assert Client().get(after).status_code == 404
    assert Client().get("/p/1.abc.def/green-room/").status_code == 404


def test_the_hosts_link_is_on_no_page_that_others_read_and_unreadable_at_rest(
    ana: Speaker, meeting: Meeting, mira: User, olive: User
) -> None:
    """B10, B34."""
    public = [meeting.get_absolute_url(), "/voices/calendar.ics", "/voices/feed.atom", "/voices/feed.json", "/voices/"]
    for path in public:
        assert "tulip" not in signed_in(mira).get(path).text
    assert "tulip" in signed_in(olive).get(reverse("admin:events_meeting_speakers", args=[meeting.pk])).text
    assert GreenRoom.objects.extra(where=["host_link LIKE %s"], params=["%tulip%"]).count() == 0


def test_bad_input_says_why_and_is_kept(ana: Speaker, olive: User) -> None:
    address = reverse("admin:events_meeting_speakers", args=[ana.agenda_item.meeting_id])
    page = signed_in(olive).post(address, {"green_room": "1", "minutes": "500", "host_link": "javascript:alert(1)"})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"minutes", "host_link"}
    assert 'value="500"' in page.text
    assert GreenRoom.objects.get().minutes == 15


def test_the_time_comes_along_to_the_next_meeting_and_the_link_does_not(ana: Speaker, series: Series) -> None:
    """B72."""
    made = schedule_meeting(series, on=datetime(2037, 2, 11, tzinfo=UTC).date())
    room = GreenRoom.objects.get(meeting=made)
    assert (room.minutes, room.host_link) == (15, "")


def test_entries_are_forgotten_after_a_week_and_with_the_person(ana: Speaker, mira: User) -> None:
    say(ana, name_seen_by="nobody")
    Speaker.objects.filter(pk=ana.pk).update(email=mira.email)
    bring_entries_up_to_date(Meeting.objects.get())
    assert SpeakerEntry.objects.count() == 2
    erase(mira.email, at=BEFORE)
    assert [entry.email.lower() for entry in SpeakerEntry.objects.all()] == ["ana@trams.example"]
    assert forget_entries(datetime(2037, 1, 21, 15, tzinfo=UTC)) == 0
    assert forget_entries(datetime(2037, 1, 21, 16, tzinfo=UTC)) == 1


def test_a_letter_that_is_overtaken_says_nothing(ana: Speaker) -> None:
    """Letters are written when they are sent: who was struck off meanwhile is not told to come."""
    say(ana, name_seen_by="nobody")
    ana.delete()
    assert letters_sent() == []


@pytest.mark.parametrize(("minutes", "comes", "opens"), [(0, 14 * 60, 810), (15, 825, 810), (30, 810, 800)])
def test_speakers_get_in_ten_minutes_before_they_are_expected_and_never_after_others(
    minutes: int, comes: int, opens: int
) -> None:
    midnight = datetime(2037, 1, 14, tzinfo=UTC)
    start = midnight + timedelta(hours=14)
    assert comes_at(start, minutes=minutes) - midnight == timedelta(minutes=comes)
    assert opens_at(start, minutes=minutes) - midnight == timedelta(minutes=opens)
