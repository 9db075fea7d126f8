"""Reminders: each once, by how the person and the meeting stand at that time (B37, B38, complaint 11)."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Component

from events.actions.notifying import tell_registered
from events.actions.publishing import cancel_meeting, note_changes, publish_meeting
from events.actions.registering import Guest, cancel_registration, register_guest, register_member
from events.actions.reminding import drop_plan, forget_reminded, keep_plan, remind_due
from events.actions.scheduling import coming_dates, make_drafts, schedule_meeting
from events.models import Meeting, Registration, Reminded, Series, Speaker
from events.models.reminding import steps_for
from members.actions.subscribing import Wish, choose
from members.actions.ticking import tick
from members.models import Delivery, Kind, Network, User
from tests.conftest import person, signed_in
from tests.events.test_contention import at_once
from tests.post import letters_sent

# The meeting is on 14 January 2037, from 14:00 to 15:15 in London.
START = datetime(2037, 1, 14, 14, tzinfo=UTC)
END = START + timedelta(minutes=75)
EARLY = datetime(2036, 12, 1, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(now: datetime) -> list[EmailMultiAlternatives]:
    """What the worker sends at this time."""
    with time_machine.travel(now, tick=False):
        remind_due(now)
        return letters_sent()


def register(meeting: Meeting, user: User, now: datetime = EARLY) -> Registration:
    with time_machine.travel(now, tick=False):
        registration = register_member(meeting, user)
        letters_sent()
        return registration


def told(letters: list[EmailMultiAlternatives]) -> list[tuple[str, str]]:
    return sorted((letter.to[0], str(letter.subject)) for letter in letters)


def test_person_with_a_place_gets_each_step_once(meeting: Meeting, mira: User) -> None:
    register(meeting, mira)
    steps = [START - timedelta(days=7), START - timedelta(days=1), START - timedelta(hours=1), END]
    subjects = []
    for due in steps:
        assert at(due - MINUTE) == []
        subjects += [letter.subject for letter in at(due)]
        assert at(due + MINUTE) == []
    assert subjects == [
        "Reminder: Juries and panels, Wednesday 14 January 2037",
        "Tomorrow: Juries and panels, Wednesday 14 January 2037",
        "Today: Juries and panels, Wednesday 14 January 2037",
        "After our meeting: Juries and panels",
    ]
    assert sorted(Reminded.objects.values_list("step", flat=True)) == ["1d", "1h", "7d", "after"]


def test_worker_reminds_people_each_minute(meeting: Meeting, mira: User) -> None:
    register(meeting, mira)
    due = START - timedelta(days=1)
    with time_machine.travel(due, tick=False):
        tick(due)
        assert [letter.to for letter in letters_sent()] == [["mira@river.example"]]


def test_reminder_brings_one_in_and_out_without_an_account_and_can_be_stopped(meeting: Meeting, mira: User) -> None:
    """B34, B36, B23: the call, the place and such letters are one link away each."""
    registration = register(meeting, mira)
    (letter,) = at(START - timedelta(days=1))
    text = str(letter.body)
    assert "Tomorrow we meet" in text
    assert "2pm to 3:15pm, UK time" in text
    assert "secret-room" not in text
    links = [word for word in text.split() if "/p/" in word]
    assert [link.split("/p/")[1].split("/")[1] for link in links] == ["join", "registration", "letters"]
    with time_machine.travel(START - timedelta(days=1), tick=False):
        assert Client().get(f"/{links[1].split('/', 3)[3]}").context["registration"] == registration
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["List-Id"].startswith("<reminders.voices.")


def test_whoever_waits_is_told_so_and_not_how_to_join(meeting: Meeting, mira: User, stan: User) -> None:
    Meeting.objects.update(capacity=1)
    meeting.refresh_from_db()
    register(meeting, mira)
    register(meeting, stan)
    letters = at(START - timedelta(days=7))
    assert told(letters) == [
        ("mira@river.example", "Reminder: Juries and panels, Wednesday 14 January 2037"),
        ("stan@elsewhere.example", "You are still on the waiting list: Juries and panels, Wednesday 14 January 2037"),
    ]
    waiting = next(letter for letter in letters if letter.to == ["stan@elsewhere.example"])
    assert "/join/" not in str(waiting.body)
    assert told(at(END)) == [("mira@river.example", "After our meeting: Juries and panels")]


def test_nobody_is_reminded_who_cancelled_or_of_what_is_cancelled(meeting: Meeting, mira: User, stan: User) -> None:
    gone, stays = register(meeting, mira), register(meeting, stan)
    with time_machine.travel(EARLY + MINUTE, tick=False):
        cancel_registration(gone)
        letters_sent()
    assert told(at(START - timedelta(days=7)))[0][0] == stays.email
    with time_machine.travel(START - timedelta(days=6), tick=False):
        cancel_meeting(meeting)
    assert [at(due) for due in (START - timedelta(days=1), START - timedelta(hours=1), END)] == [[], [], []]


def test_whoever_cancels_between_the_press_and_the_post_gets_none(meeting: Meeting, mira: User) -> None:
    registration, due = register(meeting, mira), START - timedelta(days=1)
    with time_machine.travel(due, tick=False):
        assert remind_due(due) == 1
        Registration.objects.filter(pk=registration.pk).update(state="cancelled")
        assert letters_sent() == []


def test_whoever_registered_minutes_ago_has_just_had_a_letter(meeting: Meeting, mira: User, stan: User) -> None:
    due = START - timedelta(days=1)
    register(meeting, mira, due - timedelta(hours=6))
    register(meeting, stan, due - timedelta(minutes=5))
    assert [letter.to for letter in at(due)] == [["mira@river.example"]]
    assert at(due + timedelta(hours=2)) == []
    assert len(at(START - timedelta(hours=1))) == 2


def test_worker_that_was_down_sends_what_is_still_of_use_and_no_more(meeting: Meeting, mira: User) -> None:
    """A week before may be 42 hours late; a day before is missed when the worker is back seven hours later."""
    register(meeting, mira)
    assert len(at(START - timedelta(days=7) + timedelta(hours=41))) == 1
    assert at(START - timedelta(days=1) + timedelta(hours=7)) == []
    assert len(at(START - timedelta(minutes=46))) == 1
    assert len(at(END + timedelta(hours=23))) == 1


def test_reminders_follow_a_meeting_that_moves(meeting: Meeting, mira: User) -> None:
    register(meeting, mira)
    later = START + timedelta(days=1)
    Meeting.objects.update(starts_at=later, ends_at=later + timedelta(hours=1))
    assert at(START - timedelta(days=1)) == []
    assert told(at(later - timedelta(days=1))) == [
        ("mira@river.example", "Tomorrow: Juries and panels, Thursday 15 January 2037")
    ]


def test_refusal_and_pause_hold(meeting: Meeting, network: Network, mira: User, stan: User) -> None:
    register(meeting, mira)
    register(meeting, stan)
    choose(mira.memberships.get(), Wish(kinds=frozenset({Kind.NOTES})))
    assert [letter.to for letter in at(START - timedelta(days=7))] == [["stan@elsewhere.example"]]
    choose(mira.memberships.get(), Wish(kinds=frozenset(Kind)))
    assert at(START - timedelta(days=7) + MINUTE) == []
    assert len(at(START - timedelta(days=1))) == 2


def test_guest_who_has_said_nothing_is_reminded_and_called_nothing(meeting: Meeting) -> None:
    """What a stranger typed is nobody's name."""
    with time_machine.travel(EARLY, tick=False):
        register_guest(meeting, Guest(email="guest@people.example", name="Buy Now Cheap"))
        letters_sent()
    (letter,) = at(START - timedelta(days=7))
    assert letter.to == ["guest@people.example"]
    assert "Buy Now" not in str(letter.message())


def test_own_plan_of_a_meeting_goes_before_that_of_its_series_and_network(
    meeting: Meeting, series: Series, network: Network, mira: User
) -> None:
    assert steps_for(meeting) == ("7d", "1d", "1h", "after")
    for whose, steps in ((network, ["3d"]), (series, ["14d", "15m"]), (meeting, [])):
        keep_plan(whose, steps)
        assert list(steps_for(meeting)) == steps
    for whose, steps in ((meeting, ["14d", "15m"]), (series, ["3d"]), (network, ["7d", "1d", "1h", "after"])):
        drop_plan(whose)
        assert list(steps_for(meeting)) == steps
    keep_plan(meeting, ["15m"])
    register(meeting, mira)
    assert at(START - timedelta(days=7)) == []
    assert len(at(START - timedelta(minutes=15))) == 1


def test_organiser_sees_the_plan_of_a_meeting_and_changes_it(meeting: Meeting, olive: User, mira: User) -> None:
    register(meeting, mira)
    at(START - timedelta(days=7))
    address = reverse("admin:events_meeting_reminders", args=[meeting.pk])
    with time_machine.travel(START - timedelta(days=6), tick=False):
        client = signed_in(olive)
        page = " ".join(client.get(address).content.decode().split())
        for words in (
            "a week before</td> <td>Wednesday 7 January 2037, 14:00</td> <td> for 1 person so far",
            "a day before</td> <td>Tuesday 13 January 2037, 14:00</td> <td> for 1 person, as things stand",
            "after the end</td> <td>Wednesday 14 January 2037, 15:15</td>",
        ):
            assert words in page
        assert client.post(address, {"steps": ["1h", "3h"]}).headers["Location"] == address
        page = client.get(address).content.decode()
        assert "three hours before" in page
        assert "This meeting has a plan of its own." in page
        assert [step.value for step in steps_for(meeting)] == ["3h", "1h"]
        assert client.post(address, {"steps": ["9y"]}).status_code == 200
        client.post(address, {"drop": "yes"})
        assert len(steps_for(meeting)) == 4
    assert letters_sent() == []


@pytest.mark.parametrize("scope", ["series", "network"])
def test_plan_of_series_and_network_is_changed_by_its_organisers_only(
    meeting: Meeting, network: Network, scope: str, olive: User, otto: User
) -> None:
    part = meeting.series_id if scope == "series" else network.slug
    address = reverse(f"admin:events_{scope}_reminders", args=[part])
    assert signed_in(otto).post(address, {"steps": ["1h"]}).status_code == 404
    assert signed_in(olive).post(address, {"steps": ["1d"]}).status_code == 302
    assert list(steps_for(meeting)) == ["1d"]


def test_who_was_reminded_is_forgotten_a_week_after(meeting: Meeting, mira: User) -> None:
    register(meeting, mira)
    at(START - timedelta(days=1))
    assert forget_reminded(END + timedelta(days=6)) == 0
    assert forget_reminded(END + timedelta(days=8)) == 1
    assert not Reminded.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_workers_remind_each_person_once(meeting: Meeting) -> None:
    people = [person(f"p{number}@people.example", f"P {number}") for number in range(20)]
    Registration.objects.bulk_create(
        Registration(meeting=meeting, user=user, name=user.name, confirmed=True) for user in people
    )
    Registration.objects.update(queued_at=EARLY)
    due = START - timedelta(days=1)
    at_once([lambda: remind_due(due)] * 8, threads=4)
    assert Counter(Delivery.objects.values_list("email", flat=True)) == {user.email: 1 for user in people}
    assert Reminded.objects.count() == 20


def test_a_year_of_a_series_across_both_changes_of_the_clocks(series: Series, mira: User) -> None:
    """B31, B32, B38, B72: two o'clock in London in each entry and letter, every letter once, on its day; one meeting
    is put off by a day, and one is called off."""
    series.rule, series.months_off = "FREQ=MONTHLY;BYDAY=-1WE", "8,12"
    series.save()
    with time_machine.travel(datetime(2027, 1, 1, 10, tzinfo=UTC), tick=False):
        drafts = make_drafts(series, [one.on for one in coming_dates(series) if one.is_free])
        # The day after the clocks have gone back, as 31 March is three days after they have gone forward.
        drafts.append(schedule_meeting(series, on=date(2027, 11, 1)))
        meetings = [publish_meeting(one) for one in drafts]
        for meeting in meetings:
            register_member(meeting, mira)
        letters = letters_sent()
    assert [one.local_start.month for one in meetings] == [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 11]
    assert ["2pm to 3:15pm, UK time" in str(letter.body) for letter in letters] == [True] * 11
    entries = [entry_in(letter) for letter in letters]
    starts, ends = ([entry.decoded(name) for entry in entries] for name in ("DTSTART", "DTEND"))
    assert {f"{start:%H:%M} {start.tzinfo}" for start in starts} == {"14:00 Europe/London"}
    assert [start.astimezone(UTC).hour for start in starts] == [14, 14, 13, 13, 13, 13, 13, 13, 13, 14, 14]
    assert [(start, end - start) for start, end in zip(starts, ends, strict=True)] == [
        (one.starts_at, timedelta(minutes=75)) for one in meetings
    ]
    assert len({entry["UID"] for entry in entries}) == 11
    moved, off = meetings[4], meetings[7]
    moved.starts_at, moved.ends_at = moved.starts_at + timedelta(days=1), moved.ends_at + timedelta(days=1)
    decided = {datetime(2027, 5, 3, 10, tzinfo=UTC): put_off, datetime(2027, 9, 6, 10, tzinfo=UTC): cancel_meeting}
    expected = sorted(line for meeting in meetings if meeting != off for line in letters_of(meeting))
    news, sent = [], []
    for now in sorted({*decided, *(due for due, _subject in expected)}):
        if now in decided:
            with time_machine.travel(now, tick=False):
                tell_registered(decided[now](moved if decided[now] is put_off else off))
                news += letters_sent()
        sent += [(now, letter.subject) for letter in at(now)]
    assert sent == expected
    assert [letter.subject for letter in news] == [
        "Changed: Monthly meeting, Thursday 27 May 2027",
        "Cancelled: Monthly meeting, Wednesday 29 September 2027",
    ]
    assert [said_in(letter) for letter in news] == [
        ("REQUEST", str(entries[4]["UID"]), 1, "CONFIRMED", moved.starts_at),
        ("CANCEL", str(entries[7]["UID"]), 1, "CANCELLED", off.starts_at),
    ]
    assert [said_in(letters[place])[:3] for place in (4, 7)] == [
        ("REQUEST", str(entries[4]["UID"]), 0),
        ("REQUEST", str(entries[7]["UID"]), 0),
    ]


def put_off(meeting: Meeting) -> Meeting:
    """What the panel does where somebody saves other times."""
    meeting.save(update_fields=["starts_at", "ends_at"])
    note_changes(meeting, {"starts_at", "ends_at"})
    return meeting


def letters_of(meeting: Meeting) -> list[tuple[datetime, str]]:
    """What goes out about a meeting, and when."""
    day, start = meeting.local_start.date(), meeting.starts_at
    title = f"Monthly meeting, {day:%A} {day.day} {day:%B} 2027"
    return [
        (in_london(day - timedelta(days=7)), f"Reminder: {title}"),
        (in_london(day - timedelta(days=1)), f"Tomorrow: {title}"),
        (start - timedelta(hours=1), f"Today: {title}"),
        (start + timedelta(minutes=75), "After our meeting: Monthly meeting"),
    ]


def in_london(day: date) -> datetime:
    """Two o'clock in London on a day of 2027, in UTC."""
    summer = date(2027, 3, 28) <= day < date(2027, 10, 31)
    return datetime(day.year, day.month, day.day, 13 if summer else 14, tzinfo=UTC)


def calendar_in(letter: EmailMultiAlternatives) -> Component:
    return Calendar.from_ical(next(str(words) for words, kind in letter.alternatives if "text/calendar" in kind))


def entry_in(letter: EmailMultiAlternatives) -> Component:
    return calendar_in(letter).walk("VEVENT")[0]


def said_in(letter: EmailMultiAlternatives) -> tuple[str, str, int, str, datetime]:
    """What a calendar goes by: method, UID, sequence, status, and the start."""
    entry = entry_in(letter)
    words = (str(calendar_in(letter)["METHOD"]), str(entry["UID"]))
    return (*words, int(str(entry["SEQUENCE"])), str(entry["STATUS"]), entry.decoded("DTSTART"))


def test_reminder_names_nobody_who_does_not_want_it_and_leads_to_no_call(meeting: Meeting, mira: User) -> None:
    """B34, B44: the summary says in the letter what it says on the page."""
    register(meeting, mira)
    Speaker.objects.update(name_seen_by="members")
    meeting.summary = f"Tove Berg on juries. {meeting.video_link}"
    meeting.save()
    [letter] = at(START - timedelta(days=7))
    for text in (str(letter.body), str(letter.alternatives[0][0])):
        assert "on juries" in text
        assert [word for word in ("Tove", "Berg", "secret-room") if word in text] == []
