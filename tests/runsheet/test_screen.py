"""The one screen of a meeting in the panel (B73, B81, B89)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop.runsheet.checklist import checklist_of
from cop.runsheet.messages import messages_of
from cop.runsheet.numbers import numbers_of
from cop.runsheet.preflight import NAMES
from cop.runsheet.screen import state_of
from events.actions.linking import set_link
from events.actions.notifying import changes_since_told
from events.actions.registering import register_member
from events.models import LinkTrial, Material, Meeting, Registration, Speaker
from events.models.reminding import steps_for
from events.rules.reminding import Step
from members.models import Circular, Mailing, User
from tests.conftest import person, signed_in
from tests.post import letters_sent

pytestmark = pytest.mark.django_db
# The meeting of the cast is on Wednesday 14 January 2037, 14:00 to 15:15 UTC.
DAYS_BEFORE = datetime(2037, 1, 10, 9, tzinfo=UTC)
DAY_AFTER = datetime(2037, 1, 15, 9, tzinfo=UTC)


def screen_of(meeting: Meeting) -> str:
    return reverse("admin:events_meeting_screen", args=[meeting.pk])


def words(text: str) -> str:
    return " ".join(text.split())


def test_checklist_says_what_is_done_due_and_late_with_one_press_each(meeting: Meeting) -> None:
    Meeting.objects.update(video_link="")
    meeting.refresh_from_db()
    found = [
        (str(step.name), step.how.value, f"{step.on:%d %b}" if step.on else "", str(step.press))
        for step in checklist_of(meeting, DAYS_BEFORE)
        if str(step.name) not in set(map(str, NAMES.values()))
    ]
    assert found == [
        ("Published", "done", "17 Dec", "Publish"),
        ("Members invited", "late", "31 Dec", "Invite members"),
        ("Speakers ready", "late", "31 Dec", "See what is missing"),
        ("Link set", "late", "07 Jan", "Set the link"),
        ("Reminders", "ahead", "13 Jan", ""),
        ("The meeting", "ahead", "14 Jan", ""),
        ("Notes circulated", "ahead", "21 Jan", ""),
        ("Drafts forgotten", "ahead", "", ""),
    ]


def test_checklist_afterwards_is_about_notes_and_recordings(meeting: Meeting) -> None:
    """B85: a recording waits for its speaker's yes; what was to be done before cannot be done any more."""
    Speaker.objects.update(recording_seen_by="")
    Material.objects.create(meeting=meeting, kind="recording", url="https://video.example/1", visibility="public")
    found = {str(step.name): (step.how.value, str(step.press)) for step in checklist_of(meeting, DAY_AFTER)}
    assert found["Recordings agreed to"] == ("ahead", "Ask the speakers")
    assert found["Notes circulated"] == ("ahead", "Go on with the notes")
    assert found["Speakers ready"] == ("late", "")


def test_cancelled_meeting_needs_nothing_more(meeting: Meeting) -> None:
    Meeting.objects.update(state="cancelled")
    meeting.refresh_from_db()
    assert checklist_of(meeting, DAYS_BEFORE) == []


@pytest.mark.parametrize(
    ("at", "state", "said"),
    [
        (DAYS_BEFORE, "published", "Published. It begins in 4 days."),
        (datetime(2037, 1, 13, 23, tzinfo=UTC), "published", "Published. It is tomorrow."),
        (datetime(2037, 1, 14, 9, tzinfo=UTC), "published", "Published. It is today."),
        (datetime(2037, 1, 14, 14, 30, tzinfo=UTC), "published", "Published, and on now."),
        (DAY_AFTER, "published", "It is over."),
        (DAYS_BEFORE, "draft", "A draft: nobody but you who run the network can see it."),
        (DAY_AFTER, "draft", "A draft of a day that has passed."),
        (DAYS_BEFORE, "cancelled", "Cancelled. Its page says so."),
    ],
)
def test_state_is_a_sentence(meeting: Meeting, at: datetime, state: str, said: str) -> None:
    meeting.state = state
    assert state_of(meeting, at) == said


def test_numbers_lead_to_the_people(meeting: Meeting, mira: User, noor: User, olive: User) -> None:
    for user, state in ((mira, "registered"), (noor, "waiting"), (olive, "cancelled")):
        Registration.objects.create(meeting=meeting, user=user, name=user.name, state=state)
    found = numbers_of(meeting, DAYS_BEFORE)
    assert [(str(one.words), one.count) for one in found] == [("registered", 1), ("waiting", 1), ("cannot come", 1)]
    client = signed_in(olive)
    listed = [client.get(one.url).content.decode() for one in found]
    assert ["Mira Novak" in page for page in listed] == [True, False, False]
    assert ["Noor Haddad" in page for page in listed] == [False, True, False]


def test_link_is_changed_in_place_and_tells_nobody(meeting: Meeting, olive: User, mira: User) -> None:
    """B35, B74, B81: and the history says that it was changed, not to what."""
    register_member(meeting, mira)
    letters_sent()
    client = signed_in(olive)
    page = client.post(screen_of(meeting), {"video_link": "video.example/new-room"}, follow=True).content.decode()
    assert "https://video.example/new-room" in page
    meeting.refresh_from_db()
    assert (meeting.video_link, letters_sent()) == ("https://video.example/new-room", [])
    assert [one.part.value for one in changes_since_told(meeting) or []] == ["link"]
    assert list(LogEntry.objects.values_list("object_repr", "change_message")) == [
        (f"meeting {meeting.pk}", "Link to the call")
    ]


def test_what_is_no_address_says_so_and_keeps_what_was_typed(meeting: Meeting, olive: User) -> None:
    page = signed_in(olive).post(screen_of(meeting), {"video_link": "the usual room"}).content.decode()
    assert "This is not a web address. Copy the whole of it: https://…" in page
    assert 'value="the usual room"' in page
    meeting.refresh_from_db()
    assert meeting.video_link == "https://video.example/secret-room"


def test_note_taker_looks_and_changes_nothing(meeting: Meeting, noor: User) -> None:
    client = signed_in(noor)
    page = client.get(screen_of(meeting)).content.decode()
    assert ("Juries and panels" in page, "secret-room" in page, "Invite members" in page) == (True, False, False)
    assert client.post(screen_of(meeting), {"video_link": ""}).status_code == 404
    assert client.put(screen_of(meeting)).status_code == 405
    meeting.refresh_from_db()
    assert meeting.video_link == "https://video.example/secret-room"


def test_messages_are_a_line_in_time(meeting: Meeting, olive: User, mira: User) -> None:
    """B89: what was sent, and what is planned."""
    register_member(meeting, mira)
    sent = Mailing.objects.create(network=meeting.network, letter="events/invitation")
    word = f"events/not-registered {meeting.pk}"
    Circular.objects.create(network=meeting.network, audience=word, subject="Do come", mailing=sent)
    Circular.objects.create(network=meeting.network, audience=f"{word}9", subject="Another meeting's")
    found = [(str(one.what), one.is_over, one.people) for one in messages_of(meeting, DAYS_BEFORE)]
    assert found == [
        ("Letter: Do come", True, "0 people"),
        ("Reminder: a week before", True, "nobody"),
        ("Reminder: a day before", False, "1 person as things stand"),
        ("Reminder: an hour before", False, "1 person as things stand"),
        ("Reminder: after the end", False, "1 person as things stand"),
    ]


def test_time_of_a_planned_reminder_is_changed_from_the_line(meeting: Meeting, olive: User) -> None:
    """B89: for this meeting only; "not at all" takes it out."""
    with time_machine.travel(DAYS_BEFORE):
        client = signed_in(olive)
        client.post(screen_of(meeting), {"step": "1d", "to": "3d"})
        assert steps_for(meeting) == (Step.WEEK, Step.THREE_DAYS, Step.HOUR, Step.AFTER)
        client.post(screen_of(meeting), {"step": "1h", "to": ""})
        assert steps_for(meeting) == (Step.WEEK, Step.THREE_DAYS, Step.AFTER)
        refused = client.post(screen_of(meeting), {"step": "3d", "to": "a fortnight"}, follow=True).content.decode()
    assert "There is no such time. Choose one of the list." in refused
    assert steps_for(meeting) == (Step.WEEK, Step.THREE_DAYS, Step.AFTER)


def test_writing_to_the_registered_is_begun_for_these_people(meeting: Meeting, olive: User) -> None:
    """B81: the letter's page has them chosen."""
    client = signed_in(olive)
    address = f"{reverse('admin:members_circular_add')}?to={meeting.network_id}+events%2Fregistered+{meeting.pk}"
    assert address in client.get(screen_of(meeting)).content.decode()
    chosen = f'<option value="{meeting.network_id} events/registered {meeting.pk}" selected>'
    assert chosen in client.get(address).content.decode()


def test_screen_asks_the_database_as_often_for_many_as_for_one(meeting: Meeting, olive: User) -> None:
    client = signed_in(olive)
    register_member(meeting, olive)

    def queries() -> int:
        client.get(screen_of(meeting))
        with CaptureQueriesContext(connection) as asked:
            client.get(screen_of(meeting))
        return len(asked)

    one = queries()
    talk = meeting.agenda.get(kind="talk")
    for number in range(3):
        Speaker.objects.create(agenda_item=talk, name=f"Speaker {number}")
        user = person(f"p{number}@people.example", f"Person {number}")
        Registration.objects.create(meeting=meeting, user=user, name=user.name)
        Circular.objects.create(network=meeting.network, audience=f"events/registered {meeting.pk}", subject="Hello")
    assert queries() == one
    assert one < 60


def test_recordings_and_notes_have_their_way_in(meeting: Meeting, olive: User) -> None:
    Material.objects.create(
        meeting=meeting, kind="recording", title="The film", url="https://video.example/1", visibility="public"
    )
    Speaker.objects.update(recording_seen_by="")
    with time_machine.travel(meeting.ends_at + timedelta(days=1)):
        page = words(signed_in(olive).get(screen_of(meeting)).content.decode())
    assert "Nobody sees it: a speaker has not said yes." in page
    assert reverse("admin:notes_notebook_desk", args=[meeting.pk]) in page


def test_hosts_are_named_of_those_who_run_the_network(meeting: Meeting, olive: User, noor: User, mira: User) -> None:
    """B83: two; a member who does not run the network is not offered, nor kept when a form says so."""
    client = signed_in(olive)
    both = {"name_hosts": "yes", "hosts": [olive.pk, noor.pk]}
    assert "Noor Haddad, Olive Okonjo" in words(client.post(screen_of(meeting), both, follow=True).content.decode())
    refused = client.post(screen_of(meeting), {"name_hosts": "yes", "hosts": [mira.pk]}, follow=True).content.decode()
    assert "Somebody you chose does not run the network any more." in refused
    assert [one.user for one in meeting.hosts.all()] == [noor, olive]
    client.post(screen_of(meeting), {"name_hosts": "yes"})
    assert not meeting.hosts.exists()


def test_trial_of_a_link_is_kept_until_the_link_is_another(meeting: Meeting, olive: User) -> None:
    """B83: a person opens it and says so; the server opens nothing (docs/decisions/0057)."""
    client = signed_in(olive)
    page = words(client.post(screen_of(meeting), {"tried": "yes"}, follow=True).content.decode())
    assert "Tried by Olive Okonjo," in page
    assert "secret-room" not in str(LinkTrial.objects.values())
    set_link(meeting, "https://video.example/other")
    assert "Tried by" not in client.get(screen_of(meeting)).content.decode()
    set_link(meeting, "")
    refused = client.post(screen_of(meeting), {"tried": "yes"}, follow=True).content.decode()
    assert "There is no link to try yet. Set it first." in refused


def test_day_before_says_what_is_open(meeting: Meeting) -> None:
    """B83: on the meeting's screen, each with its press."""
    day_before = [step for step in checklist_of(meeting, DAYS_BEFORE) if f"{step.on}" == "2037-01-13" and step.press]
    assert [(str(step.name), step.how.value) for step in day_before] == [
        ("Link well formed", "done"),
        ("Link tried by a person", "ahead"),
        ("Two hosts named", "ahead"),
        ("Speakers confirmed", "done"),
        ("Slides in", "ahead"),
        ("Reminder planned", "done"),
        ("Calendar entry reads back", "done"),
    ]
