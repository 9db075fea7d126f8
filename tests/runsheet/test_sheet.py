"""The panel's front page: what is next, and what wants a hand, each with one press (B73, B77, B80, B85)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cop.runsheet.line import line_of
from cop.runsheet.sheet import sheet_of
from events.actions.preparing import mark_tried, name_hosts
from events.actions.registering import register_member
from events.models import LinkTrial, Material, Meeting, Series, Speaker, Suggestion
from members.actions.mailing import Recipient, send_letter
from members.models import Batch, Delivery, Mailbox, Membership, Network, User
from notes.actions.noting import open_notebook
from notes.models import Correction, Notebook
from tests.conftest import member_of, person, signed_in

pytestmark = pytest.mark.django_db
# The meeting of the cast is on Wednesday 14 January 2037, 14:00 to 15:15 UTC.
LONG_BEFORE = datetime(2036, 12, 1, 9, tzinfo=UTC)
WEEK_BEFORE = datetime(2037, 1, 8, 9, tzinfo=UTC)
DURING = datetime(2037, 1, 14, 14, 30, tzinfo=UTC)
DAY_AFTER = datetime(2037, 1, 15, 9, tzinfo=UTC)
LATE = datetime(2037, 1, 22, 9, tzinfo=UTC)


def said(network: Network, user: User, at: datetime) -> dict[str, tuple[str, bool]]:
    """What wants a hand: each sentence, with where its press leads and whether it is late."""
    sheet = sheet_of(network, user, at)
    return {one.what: (one.url, one.is_late) for one in [*sheet.work, *sheet.more]}


@pytest.fixture
def calm(meeting: Meeting, olive: User) -> Network:
    """A network in which nothing waits: two owners, everything there for the meeting."""
    member_of(meeting.network, person("ola@commons.example", "Ola Berg"), "owner")
    Speaker.objects.update(
        role="Chair", biography="Chairs.", name_seen_by="nobody", slides_seen_by="nobody", recording_seen_by="nobody"
    )
    meeting.agenda.update(description="What juries are good for.")
    name_hosts(meeting, User.objects.filter(memberships__role__in=["organiser", "owner"]))
    mark_tried(meeting, by=olive, at=LONG_BEFORE)
    return meeting.network


def test_nothing_waits_where_all_is_done(calm: Network, olive: User) -> None:
    assert said(calm, olive, WEEK_BEFORE) == {}
    page = signed_in(olive).get(reverse("admin:index")).content.decode()
    assert "Nothing waits for you." in page


class TestMembers:
    def test_who_waits_to_be_let_in(self, calm: Network, olive: User) -> None:
        member_of(calm, person("nia@moor.example", "Nia Moor"), state="pending")
        page = f"{reverse('admin:members_membership_changelist')}?state__exact=pending"
        assert said(calm, olive, LONG_BEFORE) == {"1 person waits to be let in.": (page, True)}
        listed = signed_in(olive).get(page).content.decode()
        assert ("Nia Moor" in listed, "Ola Berg" in listed) == (True, False)

    def test_mailboxes_that_letters_come_back_from(self, calm: Network, olive: User, mira: User, otto: User) -> None:
        for user in (mira, otto):
            Mailbox.objects.create(
                user=user, digest=f"{user.pk:064}", last_at=LONG_BEFORE, paused_at=LONG_BEFORE, why="hard"
            )
        page = reverse("admin:members_mailbox_changelist")
        assert said(calm, olive, LONG_BEFORE) == {"Letters to 1 member come back.": (page, False)}

    def test_letters_that_failed_lately(self, calm: Network, olive: User, mira: User) -> None:
        send_letter("welcome", [Recipient(mira.email, mira.name, mira)], network=calm)
        Delivery.objects.update(state="failed")
        words = "1 letter of the last week could not be delivered."
        assert words in said(calm, olive, timezone.now())
        assert words not in said(calm, olive, timezone.now() + timedelta(days=8))

    def test_a_list_that_waits_for_a_decision(self, calm: Network, olive: User) -> None:
        batch = Batch.objects.create(network=calm, created_by=olive, state="read")
        page = reverse("admin:members_batch_change", args=[batch.pk])
        assert said(calm, olive, LONG_BEFORE) == {"A list of people waits for your decision.": (page, False)}

    def test_one_owner_alone(self, calm: Network, olive: User) -> None:
        """B80: organisers do not count; and only an owner can do something about it."""
        other = User.objects.get(name="Ola Berg")
        Membership.objects.filter(user=other).update(role="organiser")
        (words,) = said(calm, olive, LONG_BEFORE)
        assert said(calm, other, LONG_BEFORE) == {}
        assert words.startswith("There is one owner only.")


class TestMeetings:
    def test_a_draft_is_to_be_published(self, calm: Network, meeting: Meeting, olive: User) -> None:
        Meeting.objects.update(state="draft")
        page = reverse("admin:events_meeting_act", args=[meeting.pk, "publish"])
        assert said(calm, olive, LONG_BEFORE) == {}
        three_weeks = meeting.starts_at - timedelta(weeks=3)
        assert said(calm, olive, three_weeks) == {"The meeting on 14 January is still a draft.": (page, False)}
        assert said(calm, olive, WEEK_BEFORE) == {"The meeting on 14 January is still a draft.": (page, True)}
        assert signed_in(olive).get(page).status_code == 200

    def test_a_link_is_missing_but_not_in_a_room(self, calm: Network, meeting: Meeting, olive: User) -> None:
        Meeting.objects.update(video_link="")
        page = f"{reverse('admin:events_meeting_screen', args=[meeting.pk])}#link"
        words = "The meeting on 14 January has no video link."
        assert said(calm, olive, LONG_BEFORE) == {}
        assert said(calm, olive, WEEK_BEFORE) == {words: (page, False)}
        assert said(calm, olive, meeting.starts_at - timedelta(hours=2)) == {words: (page, True)}
        Meeting.objects.update(place="room")
        assert said(calm, olive, WEEK_BEFORE) == {}

    def test_day_before_what_is_open_is_said_at_once(self, calm: Network, meeting: Meeting, olive: User) -> None:
        """B83."""
        meeting.hosts.filter(user=olive).delete()
        LinkTrial.objects.all().delete()
        page = f"{reverse('admin:events_meeting_screen', args=[meeting.pk])}#checklist"
        words = "Before the meeting on 14 January, see to: link tried by a person, two hosts named."
        assert said(calm, olive, WEEK_BEFORE) == {}
        assert said(calm, olive, meeting.starts_at - timedelta(hours=20)) == {words: (page, True)}

    def test_speakers_are_to_be_asked(self, calm: Network, meeting: Meeting, olive: User) -> None:
        page = reverse("admin:events_meeting_speakers", args=[meeting.pk])
        Speaker.objects.update(recording_seen_by="")
        assert said(calm, olive, LONG_BEFORE) == {}
        missing = "Something is missing of 1 speaker on 14 January."
        assert said(calm, olive, WEEK_BEFORE) == {missing: (page, True)}
        Speaker.objects.all().delete()
        assert said(calm, olive, WEEK_BEFORE) == {"1 talk on 14 January has no speaker yet.": (page, True)}

    def test_a_series_without_a_next_meeting(self, calm: Network, series: Series, olive: User) -> None:
        Series.objects.update(rule="FREQ=MONTHLY;BYDAY=2WE")
        page = reverse("admin:events_series_schedule", args=[series.pk])
        assert said(calm, olive, WEEK_BEFORE) == {}
        notebook = open_notebook(Meeting.objects.get())
        Notebook.objects.filter(pk=notebook.pk).update(state="circulated")
        words = "No further meeting of Monthly meeting is planned."
        assert said(calm, olive, DAY_AFTER) == {words: (page, False)}

    def test_a_recording_waits_for_a_yes(self, calm: Network, meeting: Meeting, olive: User) -> None:
        """B85: what the organisers show and its speaker has not agreed to."""
        Notebook.objects.filter(pk=open_notebook(meeting).pk).update(state="circulated")
        talk = meeting.agenda.get(kind="talk")
        one = Material.objects.create(
            meeting=meeting, agenda_item=talk, kind="recording", url="https://video.example/1", visibility="public"
        )
        page = reverse("admin:events_meeting_speakers", args=[meeting.pk])
        words = "A recording of 14 January waits for its speakers to say yes."
        assert said(calm, olive, DAY_AFTER)[words] == (page, False)
        Speaker.objects.update(recording_seen_by="members")
        assert words not in said(calm, olive, DAY_AFTER)
        Speaker.objects.update(recording_seen_by="nobody")
        one.visibility = "nobody"
        one.save()
        assert words not in said(calm, olive, DAY_AFTER)

    def test_topics_without_an_answer(self, calm: Network, olive: User) -> None:
        Suggestion.objects.create(network=calm, title="Quinces")
        (words,) = said(calm, olive, LONG_BEFORE)
        assert words == "1 topic that members want has no answer."


class TestNotes:
    @pytest.mark.parametrize("who", ["olive", "noor"])
    def test_from_the_meeting_to_the_circulation(
        self, calm: Network, meeting: Meeting, who: str, request: pytest.FixtureRequest
    ) -> None:
        """Note-takers and organisers see it; late after five working days (B85)."""
        user: User = request.getfixturevalue(who)
        desk = reverse("admin:notes_notebook_desk", args=[meeting.pk])
        assert said(calm, user, DURING) == {"The meeting of 14 January is on.": (desk, True)}
        assert said(calm, user, DAY_AFTER) == {"Nothing is noted of the meeting of 14 January.": (desk, False)}
        notebook = Notebook.objects.get(pk=open_notebook(meeting).pk)
        review = reverse("admin:notes_notebook_review", args=[meeting.pk])
        words = "The notes of 14 January have not been circulated."
        assert said(calm, user, DAY_AFTER) == {words: (review, False)}
        assert said(calm, user, LATE) == {words: (review, True)}
        notebook.state, notebook.consent_due_at = "asking", LATE - timedelta(hours=1)
        notebook.save()
        assert said(calm, user, DAY_AFTER) == {}
        assert said(calm, user, LATE) == {words: (review, True)}
        Notebook.objects.update(state="circulated")
        assert said(calm, user, LATE) == {}

    def test_second_looks_and_corrections(self, calm: Network, meeting: Meeting, olive: User) -> None:
        open_notebook(meeting)
        Notebook.objects.update(state="circulated", needs_a_look=True)
        Correction.objects.create(meeting=meeting, suggester="1", words="Not so", moved_on=LATE.date())
        assert said(calm, olive, LATE) == {
            "The notes of 14 January need another look.": (
                reverse("admin:notes_notebook_review", args=[meeting.pk]),
                True,
            ),
            "Readers say that something in the notes of 14 January is not right.": (
                reverse("admin:notes_notebook_corrections", args=[meeting.pk]),
                False,
            ),
        }


def test_the_next_meeting_is_a_line_in_time(calm: Network, meeting: Meeting) -> None:
    def line(at: datetime) -> list[tuple[str, str]]:
        return [(str(stage.name), stage.how) for stage in line_of(Meeting.objects.get(), at)]

    assert line(WEEK_BEFORE) == [
        ("Planned", "done"),
        ("Published", "done"),
        ("Speakers ready", "done"),
        ("Link set", "done"),
        ("Reminders", "ahead"),
        ("The meeting", "ahead"),
        ("Notes circulated", "ahead"),
        ("Drafts forgotten", "ahead"),
    ]
    Meeting.objects.update(state="draft", place="room")
    Speaker.objects.all().delete()
    assert dict(line(WEEK_BEFORE)) | {"Published": "late", "Speakers ready": "late"} == dict(line(WEEK_BEFORE))
    assert "Link set" not in dict(line(WEEK_BEFORE))
    assert [stage.on for stage in line_of(Meeting.objects.get(), WEEK_BEFORE)][-2] == datetime(2037, 1, 21).date()  # noqa: DTZ001 - a day


def test_a_bank_holiday_is_no_working_day_for_notes_either(calm: Network, meeting: Meeting, olive: User) -> None:
    """The run sheet and the letter go by one rule, and by the nation of the series (B85): over Easter 2037."""
    start = datetime(2037, 4, 1, 13, tzinfo=UTC)
    Meeting.objects.update(starts_at=start, ends_at=start + timedelta(hours=1))
    open_notebook(meeting)
    words, tenth = "The notes of 1 April have not been circulated.", datetime(2037, 4, 10, 9, tzinfo=UTC)
    for nation, fifth in (("ENG", 10), ("SCT", 9)):
        Series.objects.update(holidays_of=nation)
        assert said(calm, olive, tenth)[words][1] is (fifth < tenth.day)
        assert line_of(Meeting.objects.get(), tenth)[-2].on == tenth.replace(day=fifth).date()


def test_a_network_at_rest_asks_for_nothing(calm: Network, olive: User) -> None:
    Meeting.objects.update(video_link="")
    Network.objects.update(rested_at=LONG_BEFORE)
    calm.refresh_from_db()
    assert said(calm, olive, WEEK_BEFORE) == {}


def test_each_sees_their_own_network_and_work(calm: Network, olive: User, noor: User, otto: User) -> None:
    member_of(calm, person("nia@moor.example", "Nia Moor"), state="pending")

    def page(user: User) -> str:
        return signed_in(user).get(reverse("admin:index")).content.decode()

    assert "1 person waits to be let in." in page(olive)
    assert "Public voices" in page(noor)
    assert "waits to be let in" not in page(noor)
    assert "Museum makers" in page(otto)
    assert "Public voices" not in page(otto)


def test_as_many_questions_for_one_meeting_as_for_three(
    calm: Network, meeting: Meeting, mira: User, olive: User
) -> None:
    client = signed_in(olive)
    register_member(meeting, mira)
    one = count(client)
    for number in range(5, 8):
        member_of(calm, person(f"p{number}@people.example", f"Person {number}"), state="pending")
        Suggestion.objects.create(network=calm, title=f"Topic {number}")
    assert count(client) == one


def count(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("admin:index")).status_code == 200
    return len(asked)


class TestRoles:
    """B80: everybody has the work of their own duties."""

    def work_of(self, network: Network, role: str) -> list[str]:
        user = person(f"{role}@x.example", role.title())
        member_of(network, user, role)
        return sorted(said(network, user, WEEK_BEFORE))

    def test_each_sees_their_own_work(self, calm: Network, meeting: Meeting, series: Series) -> None:
        Meeting.objects.update(video_link="")
        Speaker.objects.update(recording_seen_by="")
        held = meeting.starts_at - timedelta(days=30)
        Meeting.objects.create(
            network=calm,
            title="Held",
            slug="held",
            starts_at=held,
            ends_at=held + timedelta(hours=1),
            state="published",
        )
        notes, speakers, link = (
            "Nothing is noted of the meeting of 15 December.",
            "Something is missing of 1 speaker on 14 January.",
            "The meeting on 14 January has no video link.",
        )
        assert self.work_of(calm, "viewer") == []
        assert self.work_of(calm, "speaker-wrangler") == [speakers]
        assert self.work_of(calm, "note-taker") == [notes]
        assert self.work_of(calm, "organiser") == sorted([notes, speakers, link])

    def test_viewer_reads_how_things_stand(self, calm: Network, meeting: Meeting) -> None:
        user = person("vera@x.example", "Vera Viewer")
        member_of(calm, user, "viewer")
        page = signed_in(user).get(reverse("admin:index")).text
        assert "Juries and panels" in page
        assert "Nothing waits for you." in page
