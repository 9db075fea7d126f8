"""Every letter about a registration: words, ways in and out, and the calendar entry (B31 to B37)."""

import re
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from urllib.parse import urlsplit

import pytest
import time_machine
import vobject
from django.core import mail
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client

from cop.lib.mail import Letter
from events.actions.notifying import tell_registered
from events.actions.publishing import cancel_meeting
from events.actions.registering import cancel_registration, fill_free_places, register_guest, register_member
from events.models import Meeting, Registration
from members.models import Delivery, User
from members.tasks import deliver
from members.writing import known_letters, write
from tests.events.test_registering import GITA, set_capacity

SECRET = "https://video.example/secret-room"


def last_letter() -> Letter:
    """The newest letter, written as it would be now."""
    return write(Delivery.objects.latest("pk"))


def links(text: str) -> list[str]:
    return [urlsplit(link).path for link in re.findall(r"https?://[^\s\"<>]+", text)]


@pytest.fixture
def letters(meeting: Meeting, mira: User, noor: User, olive: User) -> dict[str, Letter]:
    """One of each, in the order of a registration's life."""
    set_capacity(meeting, 1)
    written = {}

    def take() -> None:
        delivery = Delivery.objects.select_related("mailing").latest("pk")
        written[delivery.mailing.letter] = write(delivery)

    first = register_guest(meeting, GITA)
    take()
    second = register_member(meeting, mira)
    take()
    third = register_member(meeting, noor)
    cancel_registration(third)
    take()
    cancel_registration(first)
    take()
    for delivery in Delivery.objects.filter(mailing__letter="events/cancelled"):
        written["events/cancelled"] = write(delivery)
    assert second.pk == Registration.objects.get(state="registered").pk
    tell_registered(meeting, by=olive)
    take()
    cancel_meeting(meeting)
    tell_registered(meeting, by=olive)
    take()
    return written


def test_every_letter_of_ours_is_rendered(letters: dict[str, Letter]) -> None:
    others = {"events/topic_taken_up"}  # in test_suggestions.py
    others |= {"events/introduction_asked", "events/introduced"}  # in test_introductions.py
    others |= {"events/talk_offered", "events/talk_accepted", "events/talk_declined"}  # in test_talks.py
    others |= {"events/speakers_wanted", "events/notes_wanted"}  # in test_nagging.py
    others |= {"events/invitation"}  # in test_inviting.py
    others |= {"events/reminder", "events/reminder_waiting", "events/afterwards"}  # in test_reminding.py
    others |= {
        "events/speaker_invited",
        "events/speaker_nudged",
        "events/speaker_link",
        "events/speaker_thanked",
    }  # in test_talk_page.py
    others |= {"events/speaker_entry", "events/speaker_entry_gone"}  # in test_green_rooms.py
    assert set(letters) == {name for name in known_letters() if name.startswith("events/")} - others


def test_letters_speak_in_words_and_html_alike(letters: dict[str, Letter]) -> None:
    for name, letter in letters.items():
        assert "Juries and panels" in letter.subject, name
        assert "\n" not in letter.subject
        for part in (letter.text, letter.html):
            assert "Wednesday 14 January 2037" in part, name
            assert "2pm to 3:15pm, UK time" in part, name
            assert "{{" not in part
            assert "{%" not in part
        assert "&quot;" not in letter.text
        assert "&#x27;" not in letter.text
        assert sorted(set(links(letter.text))) == sorted(set(links(letter.html))), name


def test_letters_about_one_meeting_stand_together(letters: dict[str, Letter], meeting: Meeting) -> None:
    assert {letter.thread for letter in letters.values()} == {f"meeting-{meeting.calendar_uid}"}


def test_subjects(letters: dict[str, Letter]) -> None:
    day = "Juries and panels, Wednesday 14 January 2037"
    assert {name.removeprefix("events/"): letter.subject for name, letter in letters.items()} == {
        "registered": f"You have a place: {day}",
        "waiting": f"You are on the waiting list: {day}",
        "promoted": f"A place is yours: {day}",
        "cancelled": f"Your place is given back: {day}",
        "left_waiting_list": f"You have left the waiting list: {day}",
        "meeting_changed": f"Changed: {day}",
        "meeting_cancelled": f"Cancelled: {day}",
    }


def test_methods_follow_the_state(letters: dict[str, Letter]) -> None:
    """Complaint 11: who waits has nothing in the calendar yet."""
    methods = {}
    for name, letter in letters.items():
        entry = vobject.readOne(letter.calendar) if letter.calendar else None
        methods[name.removeprefix("events/")] = (entry.method.value, letter.calendar_method) if entry else None
    assert methods == {
        "registered": ("REQUEST", "REQUEST"),
        "waiting": None,
        "promoted": ("REQUEST", "REQUEST"),
        "cancelled": ("CANCEL", "CANCEL"),
        "left_waiting_list": None,
        "meeting_changed": ("REQUEST", "REQUEST"),
        "meeting_cancelled": ("CANCEL", "CANCEL"),
    }


def test_no_letter_holds_the_video_link_or_another_person(letters: dict[str, Letter], meeting: Meeting) -> None:
    """B33, B34, R13. The secret is there: the meeting has it."""
    assert meeting.video_link == SECRET
    for name, letter in letters.items():
        everything = letter.subject + letter.text + letter.html + letter.calendar
        assert "video.example" not in everything, name
        assert len([one for one in ("Gita", "Mira", "Noor", "Olive") if one in everything]) == 0, name
        assert len(re.findall("mailto:(?!notes@)[^\r\n]*", letter.calendar.replace("\r\n ", ""))) <= 1


def test_sequence_rises_through_a_registrations_life(meeting: Meeting, mira: User) -> None:
    """Complaint 2: what is newer wins in every calendar, under one UID."""
    seen = []

    def take() -> None:
        event = vobject.readOne(last_letter().calendar).vevent
        seen.append((event.uid.value, int(event.sequence.value), event.status.value))

    registration = register_member(meeting, mira)
    take()
    cancel_registration(registration)
    take()
    register_member(meeting, mira)
    take()
    cancel_meeting(meeting)
    tell_registered(meeting)
    take()
    uid = f"{registration.calendar_key}@127.0.0.1"
    assert seen == [(uid, 0, "CONFIRMED"), (uid, 1, "CANCELLED"), (uid, 2, "CONFIRMED"), (uid, 3, "CANCELLED")]


def test_entry_lands_in_london_and_leads_through_our_own_address(meeting: Meeting, mira: User) -> None:
    registration = register_member(meeting, mira)
    letter = last_letter()
    event = vobject.readOne(letter.calendar).vevent
    assert event.dtstart.value.astimezone(meeting.starts_at.tzinfo) == meeting.starts_at
    assert event.summary.value == "Monthly meeting: Juries and panels"
    assert event.attendee.value == "mailto:mira@river.example"
    assert event.location.value == event.url.value
    path = urlsplit(event.url.value).path
    assert path.startswith(f"/p/{registration.pk}.")
    assert path.endswith("/join/")
    with time_machine.travel(meeting.starts_at):
        assert Client().get(path).headers["Location"] == SECRET


def test_links_in_the_letter_lead_where_they_say(meeting: Meeting) -> None:
    register_guest(meeting, GITA)
    pages = [Client().get(path) for path in links(last_letter().text)]
    assert [page.status_code for page in pages] == [200, 200]
    assert ["You are early." in page.content.decode() for page in pages] == [True, False]
    assert ["Cancel my place" in page.content.decode() for page in pages] == [False, True]


def test_room_has_no_joining_link(meeting: Meeting, mira: User) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(place="room", room="Town hall, room 3")
    register_member(meeting, mira)
    letter = last_letter()
    event = vobject.readOne(letter.calendar).vevent
    assert event.location.value == "Town hall, room 3"
    for part in (letter.text, letter.html, letter.calendar):
        assert "Town hall" in part
        assert "/join/" not in part


def test_room_and_call_are_both_in_the_entry(meeting: Meeting, mira: User) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(place="both", room="Town hall")
    register_member(meeting, mira)
    location = vobject.readOne(last_letter().calendar).vevent.location.value
    assert re.fullmatch(r"Town hall; http://127.0.0.1:8000/p/[^/]+/join/", location)


def test_letter_that_is_no_longer_true_is_not_written(meeting: Meeting, mira: User) -> None:
    """Complaint 11: cancelled before the worker came round."""
    registration = register_member(meeting, mira)
    queued = Delivery.objects.get()
    cancel_registration(registration)
    with pytest.raises(ObjectDoesNotExist):
        write(queued)


def test_receipt_still_takes_the_entry_out_when_the_meeting_is_cancelled_too(meeting: Meeting, mira: User) -> None:
    cancel_registration(register_member(meeting, mira))
    cancel_meeting(meeting)
    assert last_letter().calendar_method == "CANCEL"


def test_moving_up_writes_to_the_one_who_moved(meeting: Meeting, mira: User) -> None:
    set_capacity(meeting, 0)
    register_member(meeting, mira)
    assert "You are next on the waiting list." in last_letter().text
    set_capacity(meeting, 1)
    fill_free_places(meeting)
    assert "A place has become free, and it is yours" in last_letter().text


def test_message_carries_the_invitation_where_mail_programs_look_for_it(meeting: Meeting, mira: User) -> None:
    """Complaint 3: text/calendar inside multipart/alternative, with its method."""
    register_member(meeting, mira)
    deliver.func(Delivery.objects.get().mailing_id)
    raw = mail.outbox[0].message().as_bytes()
    message = BytesParser(EmailMessage, policy=default).parsebytes(raw)
    parts = [part for part in message.walk() if not part.is_multipart()]
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    assert parts[2].get_param("method") == "REQUEST"
    assert vobject.readOne(parts[2].get_content()).vevent.attendee.value == "mailto:mira@river.example"
    assert message["To"] == "mira@river.example"
