"""Every list of the panel: it opens, finds what is searched for, and asks the database as often for many rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib import admin
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop.ending.models import Certificate, Move, Parcel
from events.actions.suggesting import suggest_topic
from events.models import AttendanceReport, Meeting, Registration, Series, Survey, Topic
from members.actions.recording import record_act
from members.models import Batch, Circular, Deletion, Delivery, Mailbox, Mailing, Network, SignUp, User
from notes.models import Notebook
from tests.conftest import member_of, person, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2037, 1, 15, 10, tzinfo=UTC)
# Lists that show something else than rows of their own, or one row a network.
OTHERWISE = {"wording"}


def add_rows(network: Network, number: int) -> None:
    """One more row in each list, about people and things of its own."""
    user = person(f"p{number}@people.example", f"Person {number}", "Commons Trust", "public")
    member_of(network, user)
    other = Network.objects.create(name=f"Network {number}", slug=f"n{number}")
    series = Series.objects.create(network=network, title=f"Series {number}", slug=f"s{number}")
    start = NOW + timedelta(days=number)
    meeting = Meeting.objects.create(
        network=network,
        series=series,
        title=f"Meeting {number}",
        slug=f"m{number}",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        state="published",
    )
    Registration.objects.create(meeting=meeting, user=user, name=user.name)
    Topic.objects.create(network=network, name=f"Topic {number}", slug=f"t{number}")
    Survey.objects.create(network=network, title=f"Survey {number}")
    suggest_topic(network, user, title=f"Suggestion {number}")
    AttendanceReport.objects.create(meeting=meeting, kind="attendance", state="undone", created_by=user)
    mailing = Mailing.objects.create(network=network, letter="events/invitation")
    Delivery.objects.create(mailing=mailing, user=user, email=user.email)
    Circular.objects.create(network=network, audience="members/news", subject=f"News {number}", text="Dear all")
    Mailbox.objects.create(user=user, digest=f"{number:064}", last_at=NOW, paused_at=NOW, why="hard")
    Batch.objects.create(network=network, state="read", created_by=user)
    SignUp.objects.create(network=network, email=f"new{number}@people.example", name="New", sector="public")
    Notebook.objects.create(meeting=meeting)
    Parcel.objects.create(network=network, kind="archive", state="ready", created_by=user)
    Move.objects.create(network=other, home_name="Forum", home_link="https://f.example/", erase_on=NOW, started_at=NOW)
    Certificate.objects.create(network_name="Old", home_name="New", erased_on=NOW, counts={})
    record_act(network, by=user)
    Deletion.objects.create(kind="sign-ups", day=NOW + timedelta(days=number), count=2)


def lists() -> dict[type[models.Model], str]:
    return {
        model: reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    }


def test_no_list_asks_more_often_for_many_rows(network: Network) -> None:
    client = signed_in(User.objects.create_superuser("root@site.example", name="Root"))
    add_rows(network, 1)
    few = asked(client)
    for number in (2, 3, 4):
        add_rows(network, number)
    assert asked(client) == few
    assert {model._meta.model_name for model in lists() if not model._default_manager.exists()} <= OTHERWISE


def asked(client: Client) -> dict[str, int]:
    """How many queries each list makes, once what is kept for a while is there."""
    found = {}
    for model, path in lists().items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200, path
        found[str(model._meta.label)] = len(queries)
    return found


def test_lists_that_grow_can_be_searched_and_count_no_more_than_they_show() -> None:
    """What grows with every member and letter: 100,000 rows are not counted for a number beside the search."""
    growing = {"membership", "registration", "delivery", "user", "mailbox", "meeting", "signup", "suggestion"}
    pages = {model._meta.model_name: page for model, page in admin.site._registry.items()}
    assert {name for name in growing if not pages[name].search_fields} == set()
    assert {name for name in growing if pages[name].show_full_result_count} == set()


@pytest.mark.parametrize(
    ("name", "words", "found"),
    [
        ("members_membership", "Person 1", 1),
        ("events_registration", "p1@people", 1),
        ("events_meeting", "Meeting 2", 1),
        ("events_topic", "Topic", 2),
        ("members_signup", "new2@", 1),
        ("members_circular", "News 3", 0),
    ],
)
def test_what_is_searched_for_is_found(network: Network, olive: User, name: str, words: str, found: int) -> None:
    add_rows(network, 1)
    add_rows(network, 2)
    answer = signed_in(olive).get(reverse(f"admin:{name}_changelist"), {"q": words})
    assert len(answer.context["cl"].result_list) == found


def test_row_of_a_meeting_leads_to_its_screen(meeting: Meeting, olive: User) -> None:
    page = signed_in(olive).get(reverse("admin:events_meeting_changelist")).text
    assert f'<a href="{reverse("admin:events_meeting_screen", args=[meeting.pk])}">Juries and panels</a>' in page
