"""A topic's page: what the network has learned about it, as far as its reader may read (B14, R12, T30, T32)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from events.models import Meeting, Topic
from members.models import Network, User
from tests.conftest import signed_in
from tests.events.test_public_pages import count_queries
from tests.search.conftest import POINT, edition_of, in_words, material, titled

pytestmark = pytest.mark.django_db
PAGE = "/voices/topics/juries/"


@pytest.fixture
def topic(meeting: Meeting) -> Topic:
    made = Topic.objects.create(network=meeting.network, name="Citizens’ juries", slug="juries")
    meeting.topics.add(made)
    return made


def said(reader: Client) -> str:
    answer = reader.get(PAGE)
    assert answer.status_code == 200
    return in_words(answer.content.decode().partition("<main")[2].partition("</main>")[0])


def past(meeting: Meeting, number: int, title: str) -> Meeting:
    """One that was held long ago."""
    held = titled(meeting, number, title)
    held.starts_at = datetime(2020, 1, 1, 14, tzinfo=UTC) + timedelta(days=number)
    held.ends_at = held.starts_at + timedelta(hours=1)
    held.save()
    return held


def test_gathers_meetings_and_public_materials_for_everybody(client: Client, meeting: Meeting, topic: Topic) -> None:
    material(meeting, "Apricots", "public")
    early = past(meeting, 300, "Early days")
    early.topics.add(topic)
    titled(meeting, 5, "Something else")
    words = said(client)
    assert "Citizens’ juries Coming 14 Jan 2037 Juries and panels" in words
    assert "To read and to watch Apricots slides, slides.example · Wednesday 14 January 2037" in words
    assert "Earlier meetings" in words
    assert "Early days" in words
    assert "Something else" not in words


def test_gathers_how_the_notes_open_for_members(meeting: Meeting, topic: Topic, mira: User) -> None:
    edition_of(meeting, POINT, attribution="River County Council")
    words = said(signed_in(mira))
    assert "Juries and panels Wednesday 14 January 2037 Discussion Juries need quiet afternoons. River County" in words
    assert "Members also read" not in words


def test_shows_no_more_than_the_first_points_and_says_so(meeting: Meeting, topic: Topic, mira: User) -> None:
    edition_of(meeting, *[f"Point {number}." for number in range(1, 9)])
    words = said(signed_in(mira))
    assert "Point 6. The notes say more about this." in words
    assert "Point 7." not in words


def test_is_the_same_for_strangers_whatever_is_hidden(
    client: Client, meeting: Meeting, topic: Topic, stan: User, otto: User
) -> None:
    readers = (client, signed_in(stan), signed_in(otto))
    before = [said(reader) for reader in readers]
    assert "Members also read the notes of these meetings." in before[0]
    material(meeting, "Bananas", "members")
    material(meeting, "Cherries", "nobody")
    draft = titled(meeting, 5, "In draft", state="draft")
    draft.topics.add(topic)
    edition_of(draft, "Walnuts.")
    edition_of(titled(meeting, 6, "Elsewhere"), POINT)
    edition_of(meeting, POINT, is_circulated=False)
    assert [said(reader) for reader in readers] == before


def test_does_not_exist_where_no_meeting_is_announced(
    client: Client, meeting: Meeting, topic: Topic, other_network: Network, olive: User
) -> None:
    Topic.objects.create(network=other_network, name="Theirs", slug="theirs")
    Topic.objects.create(network=meeting.network, name="Nothing yet", slug="nothing")
    meeting.state = "draft"
    meeting.save()
    for reader in (client, signed_in(olive)):
        for slug in ("juries", "theirs", "nothing", "unknown"):
            assert reader.get(f"/voices/topics/{slug}/").status_code == 404
    assert client.get("/nobody/topics/juries/").status_code == 404


def test_is_405_for_post(client: Client, topic: Topic) -> None:
    assert client.post(PAGE).status_code == 405


def test_is_linked_from_the_meeting_and_the_archive(client: Client, meeting: Meeting, topic: Topic) -> None:
    for address in (meeting.get_absolute_url(), "/voices/meetings/"):
        assert f'href="{PAGE}">Citizens’ juries</a>' in client.get(address).content.decode()


def test_asks_as_many_questions_of_the_database_for_one_meeting_as_for_many(
    meeting: Meeting, topic: Topic, mira: User
) -> None:
    reader = signed_in(mira)
    for one in (meeting, past(meeting, 300, "Past")):
        one.topics.add(topic)
        edition_of(one, POINT)
        material(one, "Apricots", "members")
    before = count_queries(reader, PAGE)
    for number in range(301, 304):
        other = past(meeting, number, f"Juries {number}")
        other.topics.add(topic)
        edition_of(other, POINT)
        material(other, "Apricots", "members")
    assert count_queries(reader, PAGE) == before
