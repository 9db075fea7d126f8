"""Feeds of a network: valid by other programs' judgement and by the specifications, and telling no secret (B10)."""

import json
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import feedparser
import icalendar
import pytest
import time_machine
import vobject
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.actions.publishing import cancel_meeting
from events.actions.registering import register_guest, register_member
from events.models import Material, Meeting, Topic
from members.models import Network, User
from tests.events.test_public_pages import another
from tests.events.test_registering import GITA

pytestmark = pytest.mark.django_db

FEEDS = ("/voices/calendar.ics", "/voices/feed.atom", "/voices/feed.json")
ATOM = "{http://www.w3.org/2005/Atom}"
NOW = datetime(2037, 1, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def fetch(path: str, **headers: str) -> HttpResponse:
    answer: HttpResponse = Client().get(path, headers=headers)  # type: ignore[assignment]  # as a view gave it
    return answer


def text_of(path: str) -> str:
    answer = fetch(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\r\n ", "")


def atom_entry() -> feedparser.FeedParserDict:
    read = feedparser.parse(fetch("/voices/feed.atom").content)
    assert (read.bozo, read.version, len(read.entries)) == (False, "atom10", 1)
    return read.entries[0]


def test_atom_reads_as_it_should(meeting: Meeting) -> None:
    meeting.topics.add(Topic.objects.create(network=meeting.network, name="Juries", slug="juries"))
    read = feedparser.parse(fetch("/voices/feed.atom").content)
    assert read.feed.title == "Public voices"
    assert read.feed.subtitle == "People who engage the public on data."
    assert read.feed.link == "http://127.0.0.1:8000/voices/"
    entry = atom_entry()
    assert entry.title == "Juries and panels"
    assert entry.link == f"http://127.0.0.1:8000{meeting.get_absolute_url()}"
    assert entry.id == f"urn:uuid:{meeting.calendar_uid}"
    assert [tag.term for tag in entry.tags] == ["Juries"]
    assert entry.summary == (
        "<p> Wednesday 14 January 2037, 2pm to 3:15pm, UK time. Online. </p> "
        "<p>What juries are good for.</p> <p> With Tove Berg (Fjord Forum). </p>"
    )


def test_atom_keeps_what_the_specification_requires(meeting: Meeting) -> None:
    """RFC 4287 §4.1.1 and §4.1.2: ids that are IRIs and unlike one another, titles, times, an author, a self link."""
    another(meeting, 5)
    answer = fetch("/voices/feed.atom")
    feed = fromstring(answer.content.decode())
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(f"{ATOM}{name}")
            assert one.text
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo is not None
        (alternate,) = [one for one in element.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        assert alternate.get("href", "").startswith("http://127.0.0.1:8000/voices/")
    (own,) = [one for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]
    assert own.get("href") == "http://127.0.0.1:8000/voices/feed.atom"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Public voices"
    ids = [entry.findtext(f"{ATOM}id", "") for entry in feed.findall(f"{ATOM}entry")]
    assert [str(UUID(one.removeprefix("urn:uuid:"))) for one in ids] == [one.removeprefix("urn:uuid:") for one in ids]
    assert len(set(ids)) == 2


def test_json_feed_keeps_what_the_specification_requires(meeting: Meeting) -> None:
    """JSON Feed 1.1: version, title, items; each with an id that is a text, and something to read."""
    answer = fetch("/voices/feed.json")
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(answer.content)
    assert {name: feed[name] for name in feed if name != "items"} == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Public voices",
        "description": "People who engage the public on data.",
        "home_page_url": "http://127.0.0.1:8000/voices/",
        "feed_url": "http://127.0.0.1:8000/voices/feed.json",
        "language": "en-gb",
        "authors": [{"name": "Public voices", "url": "http://127.0.0.1:8000/voices/"}],
    }
    (item,) = feed["items"]
    assert "<p>What juries are good for.</p>" in item.pop("content_html")
    assert item == {
        "id": f"urn:uuid:{meeting.calendar_uid}",
        "url": f"http://127.0.0.1:8000{meeting.get_absolute_url()}",
        "title": "Juries and panels",
        "date_published": "2037-01-02T09:00:00+00:00",
        "date_modified": "2037-01-02T09:00:00+00:00",
        "tags": [],
    }


def test_calendar_keeps_what_the_specification_requires(meeting: Meeting) -> None:
    """RFC 5545 §3.6, RFC 5546 §3.2.1 (PUBLISH), RFC 7986 (what programs call it, how often they ask)."""
    another(meeting, 5, state="cancelled")
    answer = fetch("/voices/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert calendar.errors == []
    assert (calendar["VERSION"], calendar["METHOD"], calendar["NAME"]) == ("2.0", "PUBLISH", "Public voices")
    assert calendar["X-WR-CALNAME"] == "Public voices"
    assert calendar.decoded("REFRESH-INTERVAL") == timedelta(hours=1)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in answer.content.decode()
    assert [str(zone["TZID"]) for zone in calendar.timezones] == ["Europe/London"]
    assert [str(event["STATUS"]) for event in calendar.events] == ["CONFIRMED", "CANCELLED"]
    for event in calendar.events:
        assert event.errors == []
        for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "ORGANIZER", "URL"):
            assert not isinstance(event[name], list)
        assert "ATTENDEE" not in event
    first = vobject.readOne(answer.content.decode()).vevent_list[0]
    assert first.dtstart.value.astimezone(UTC) == meeting.starts_at
    assert first.uid.value == f"{meeting.calendar_uid}@127.0.0.1"


@pytest.mark.parametrize("path", FEEDS)
def test_feed_of_a_network_without_meetings_is_valid(path: str, network: Network) -> None:
    text = text_of(path)
    if path.endswith("ics"):
        assert list(icalendar.Calendar.from_ical(text).events) == []
    elif path.endswith("json"):
        assert json.loads(text)["items"] == []
    else:
        read = feedparser.parse(text)
        assert (read.bozo, read.entries, read.feed.updated) == (False, [], "2000-01-01T00:00:00+00:00")


@pytest.mark.parametrize("path", FEEDS)
def test_feed_tells_no_way_into_the_call_and_nobody_but_who_speaks(path: str, meeting: Meeting, mira: User) -> None:
    """B10, B34, B45, R13. What must not be there is there on its way: in the summary, and on the list."""
    gone, shown = "https://watch.example/taken-back", "https://watch.example/for-all"
    Material.objects.create(meeting=meeting, kind="recording", title="Talk", url=gone, visibility="members")
    Material.objects.create(meeting=meeting, kind="link", title="Paper", url=shown, visibility="public")
    summary = f"Come in [here]({meeting.video_link}) or {meeting.video_link}, watch {gone}, read {shown}."
    Meeting.objects.update(summary=summary, body="In the body only.")
    another(meeting, 5, state="draft", theme="Not announced")
    register_member(meeting, mira)
    register_guest(meeting, GITA)
    text = text_of(path)
    assert shown in text
    for secret in ("video.example", gone, "/join", "/p/", "Mira", "mira@", "Gita", "ATTENDEE", "Not announced"):
        assert secret not in text
    assert ("Tove Berg" in text) is not path.endswith("ics")


@pytest.mark.parametrize("path", FEEDS)
def test_feed_has_nothing_of_other_networks(path: str, meeting: Meeting, other_network: Network) -> None:
    Meeting.objects.create(
        network=other_network,
        title="Glass",
        slug="glass",
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        state="published",
    )
    assert "Glass" not in text_of(path)
    assert "Glass" in text_of(path.replace("voices", "makers"))


@pytest.mark.parametrize("path", FEEDS)
def test_program_that_asks_again_hears_that_nothing_changed(path: str, meeting: Meeting) -> None:
    """RFC 9110 §13.1: by ETag, or else by the time; and hears of a change, also that something is gone."""
    first = fetch(path)
    etag, since = {"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}
    assert first["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in first.get("Vary", "")
    with time_machine.travel(NOW + timedelta(minutes=5)):
        for asked in (etag, since):
            again = fetch(path, **asked)
            assert (again.status_code, again.content) == (304, b"")
            assert (again["ETag"], again["Last-Modified"]) == (first["ETag"], first["Last-Modified"])
        assert fetch(path).content == first.content
        Meeting.objects.update(theme="Panels and juries")
        assert [fetch(path, **asked).status_code for asked in (etag, since)] == [200, 200]
    with time_machine.travel(NOW + timedelta(minutes=10)):
        since = {"if-modified-since": fetch(path)["Last-Modified"]}
    with time_machine.travel(NOW + timedelta(minutes=15)):
        Meeting.objects.update(state="draft")
        gone = fetch(path, **since)
        assert gone.status_code == 200
        assert b"Panels and juries" not in gone.content


def test_entry_is_new_when_it_changes_and_only_then(meeting: Meeting) -> None:
    first = atom_entry()
    assert first.updated == first.published == "2037-01-02T09:00:00+00:00"
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert atom_entry() == first
        cancel_meeting(meeting)
        changed = atom_entry()
    assert (changed.id, changed.published) == (first.id, first.published)
    assert changed.updated == "2037-01-02T10:00:00+00:00"
    assert changed.title == "Cancelled: Juries and panels"
    with time_machine.travel(meeting.ends_at + timedelta(days=400)):
        assert atom_entry() == changed


def test_imported_archive_is_no_news(meeting: Meeting) -> None:
    Meeting.objects.update(starts_at=NOW - timedelta(days=900), ends_at=NOW - timedelta(days=899))
    assert atom_entry().updated == "2034-07-17T09:00:00+00:00"
    assert "BEGIN:VEVENT" not in text_of("/voices/calendar.ics")


def test_pages_say_where_the_feeds_are(meeting: Meeting) -> None:
    alternates = re.compile(r'<link rel="alternate"\s+type="([^"]+)"\s+title="[^"]+"\s+href="([^"]+)"')
    for page in ("/voices/", "/voices/meetings/", meeting.get_absolute_url()):
        found = alternates.findall(fetch(page).content.decode())
        assert found == list(
            zip(["text/calendar", "application/atom+xml", "application/feed+json"], FEEDS, strict=True)
        )


@pytest.mark.parametrize("path", FEEDS)
def test_feed_asks_as_much_of_the_database_for_three_as_for_one(path: str, meeting: Meeting) -> None:
    counts = []
    for number in (5, 6, 7):
        fetch(path)
        with CaptureQueriesContext(connection) as asked:
            fetch(path)
        counts.append(len(asked))
        another(meeting, number)
    assert counts[0] == counts[2]


@pytest.mark.parametrize("path", FEEDS)
def test_feed_is_404_where_there_is_no_network_and_405_for_a_post(path: str, network: Network) -> None:
    assert fetch(path.replace("voices", "nobody")).status_code == 404
    assert Client().post(path).status_code == 405
    assert (Client().head(path).status_code, Client().head(path).content) == (200, b"")
