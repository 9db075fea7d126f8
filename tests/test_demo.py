"""The demo network: loads by itself, on an empty installation only, and writes to nobody."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from cop.demo import noted
from cop.demo.loading import wednesdays
from cop.ending.site import visit
from events.models import Meeting, Registration, Suggestion, Survey, TalkOffer, Topic
from events.rules.surveys import read
from members.models import Delivery, Membership, Network, User
from notes.models import Correction, Edition, Note
from tests.ending.links import dead_links


def load_demo(*words: str) -> str:
    said = StringIO()
    call_command("load_demo", *words, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize(
    ("today", "last", "coming"),
    [
        (date(2026, 11, 23), date(2026, 11, 18), date(2026, 11, 25)),  # a Monday
        (date(2026, 11, 25), date(2026, 11, 18), date(2026, 12, 2)),  # a Wednesday
        (date(2026, 11, 29), date(2026, 11, 18), date(2026, 12, 2)),  # a Sunday
    ],
)
def test_wednesdays_are_last_weeks_and_the_next_one(today: date, last: date, coming: date) -> None:
    assert wednesdays(today) == (last, coming)


@pytest.fixture(scope="class")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[EmailMessage]]:
    """The demo, loaded once for those who only look at it; answers with the letters that went out."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        yield list(mail.outbox)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
class TestLoaded:
    def test_members_are_asked_and_ask(self) -> None:
        """B66 to B70: topics with support, one that became a meeting, a survey, a call for talks, and feedback."""
        wanted = Suggestion.objects.filter(state="wanted").annotate(people=Count("backings"))
        assert sorted(wanted.values_list("people", flat=True)) == [3, 5, 7]
        assert Suggestion.objects.get(state="taken-up").meeting == Meeting.objects.get(number=9)
        survey = Survey.objects.get(meeting=None)
        assert (survey.state, read(survey.box).count) == ("open", 6)
        assert read(Survey.objects.get(meeting__number=9).box).count == 7
        assert TalkOffer.objects.get().meeting.number == 10

    def test_demo_loads_a_network_with_a_past_and_a_future(self) -> None:
        now = timezone.now()
        network = Network.objects.get()
        past, coming = Meeting.objects.published().past(now), Meeting.objects.published().upcoming(now)
        assert [meeting.number for meeting in past] == [9, 8, 7, 6, 5, 4, 3, 2, 1]
        assert now - past[0].ends_at < timedelta(days=14)
        next_meeting = coming.get()
        assert (next_meeting.number, next_meeting.starts_at > now) == (10, True)
        assert Meeting.objects.get(state="draft").number == 11
        states = list(next_meeting.registrations.values_list("state", flat=True))
        assert (states.count("registered"), states.count("waiting")) == (13, 1)
        assert next_meeting.registrations.filter(user=None).count() == 2
        assert network.memberships.active().count() == 27
        assert Membership.objects.filter(role="owner").count() == Membership.objects.filter(role="note-taker").count()

    def test_everybody_whose_words_were_noted_was_there(self) -> None:
        meetings = Meeting.objects.exclude(number=None).order_by("number")
        for meeting, notes in zip(meetings, (*noted.EARLIER, noted.LAST_WEEK), strict=False):
            there = set(meeting.registrations.filter(state="attended").values_list("user__email", flat=True))
            assert {note.by for note in notes if note.by} <= there
            assert {note.part for note in notes} <= {0, *meeting.agenda.values_list("position", flat=True)}

    def test_demo_shows_what_else_there_is_to_try(self) -> None:
        newest, coming = Meeting.objects.get(number=8), Meeting.objects.get(number=10)
        write_up = Edition.objects.get(meeting=newest, audience=1)
        assert [line["attribution"] for section in write_up.content for line in section["lines"]][-2:] == [
            "Saoirse Ní Bhraonáin",
            "Northquay Consulting",
        ]
        assert [one.about for one in Correction.objects.all()] == [noted.CORRECTED[0]]
        asked = {one.text: one.supports for one in coming.questions.all()}
        assert asked == dict(noted.QUESTIONS)
        suggested = [
            note.suggested_text for note in Note.objects.filter(notebook__meeting__number=9) if note.suggested_text
        ]
        assert suggested == [note.instead for note in noted.LAST_WEEK if note.instead]

    def test_its_archive_is_whole_and_nothing_in_it_leads_nowhere(self) -> None:
        """B98. What only members read is behind no link, and nobody's address is in it."""
        files = dict(visit(Network.objects.get()).files())
        meetings = {f"meetings/{one.slug}/index.html" for one in Meeting.objects.public()}
        topics = {f"topics/{one.slug}/index.html" for one in Topic.objects.filter(meetings__state="published")}
        ours = {"index.html", "meetings/index.html", "write-ups/index.html", "calendar.ics", "feed.atom", "feed.json"}
        assert meetings | topics | ours <= set(files)
        assert dead_links(files) == []
        pages = [content.decode() for name, content in files.items() if name.endswith(".html")]
        assert not any("<form" in page or "<script src" in page or "<button" in page for page in pages)
        whole = b"".join(files.values()).decode()
        assert not any(email in whole for email in User.objects.values_list("email", flat=True))

    def test_demo_sends_no_mail(self, loaded: list[EmailMessage]) -> None:
        assert Delivery.objects.exclude(state="sent").count() == 0
        assert loaded == []


@pytest.mark.django_db
def test_demo_leaves_an_installation_with_a_network_alone(network: Network) -> None:
    assert load_demo().startswith("There is a network already")
    assert list(Network.objects.all()) == [network]


@pytest.mark.one_engine  # that a demo loads is tested on both
@pytest.mark.django_db
def test_demo_again_is_loaded_beside_other_networks_and_once(network: Network, mira: User) -> None:
    load_demo("--again")
    first = Registration.objects.count()
    load_demo("--again")
    assert Network.objects.count() == 2
    assert Registration.objects.count() == first
    assert User.objects.filter(pk=mira.pk).exists()
