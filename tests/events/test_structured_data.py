"""What pages say to search engines: schema.org (B11), one address each, and old addresses (B7)."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from events.formats.schema import Occasion, Presenter, structured
from events.models import Meeting, Speaker, Topic
from members.models import Network, User
from notes.models import Circulation, Edition
from tests.conftest import signed_in
from tests.events.test_public_pages import another

START = datetime(2037, 7, 15, 13, tzinfo=UTC)
ONLINE = Occasion(
    name="Juries",
    about="What juries are good for.",
    url="https://example.org/voices/meetings/juries/",
    picture="https://example.org/voices/meetings/juries/picture.png",
    starts_at=START,
    ends_at=START + timedelta(minutes=75),
    time_zone="Europe/London",
    has_times=True,
    is_online=True,
    room="",
    is_cancelled=False,
    network="Public voices",
    network_url="https://example.org/voices/",
    language="en-gb",
    presenters=(Presenter(name="Tove Berg", organisation="Fjord Forum"),),
)
PLACE = {"@type": "Place", "name": "Town hall", "address": "Town hall"}
CALL = {"@type": "VirtualLocation", "url": ONLINE.url}


def said(**changes: object) -> dict[str, object]:
    found: dict[str, object] = json.loads(structured(Occasion(**{**fields(ONLINE), **changes})))  # type: ignore[arg-type]  # fields by name
    return found


def fields(occasion: Occasion) -> dict[str, object]:
    return {name: getattr(occasion, name) for name in Occasion.__dataclass_fields__}


def test_event_has_all_that_search_engines_ask_for() -> None:
    assert said() == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Juries",
        "description": "What juries are good for.",
        "url": "https://example.org/voices/meetings/juries/",
        "image": "https://example.org/voices/meetings/juries/picture.png",
        "startDate": "2037-07-15T14:00:00+01:00",
        "endDate": "2037-07-15T15:15:00+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": CALL,
        "organizer": {"@type": "Organization", "name": "Public voices", "url": "https://example.org/voices/"},
        "performer": [
            {"@type": "Person", "name": "Tove Berg", "affiliation": {"@type": "Organization", "name": "Fjord Forum"}}
        ],
        "inLanguage": "en-gb",
        "isAccessibleForFree": True,
    }


@pytest.mark.parametrize(
    ("changes", "mode", "location"),
    [
        ({"room": "Town hall"}, "Mixed", [CALL, PLACE]),
        ({"room": "Town hall", "is_online": False}, "Offline", PLACE),
        ({"is_online": False}, "Offline", {"@type": "Place", "name": "Public voices", "address": "Public voices"}),
    ],
)
def test_rooms_are_places(changes: dict[str, object], mode: str, location: object) -> None:
    event = said(**changes)
    assert event["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert event["location"] == location


def test_cancelled_meeting_and_day_without_hours() -> None:
    event = said(is_cancelled=True, has_times=False, presenters=(), about="")
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert (event["startDate"], event["endDate"]) == ("2037-07-15", "2037-07-15")
    assert {"performer", "description"}.isdisjoint(event)


def test_what_people_type_cannot_end_the_element() -> None:
    typed = "</script><script>alert(1)</script><!-- & \u2028"
    text = structured(Occasion(**{**fields(ONLINE), "name": typed}))  # type: ignore[arg-type]  # fields by name
    assert set("<>&\u2028").isdisjoint(text)
    assert json.loads(text)["name"] == typed


def head(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return answer.content.decode().partition("</head>")[0]


def data_in(page: str) -> dict[str, object]:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data: dict[str, object] = json.loads(found)
    return data


@pytest.mark.django_db
def test_page_says_what_strangers_may_know_whoever_looks(meeting: Meeting, mira: User) -> None:
    """B34, B45: no way into the call, and no speaker who is named to members only."""
    Speaker.objects.create(agenda_item=meeting.agenda.get(kind="talk"), name="Una Quill", name_seen_by="members")
    Meeting.objects.update(summary=f"Come to {meeting.video_link} now.")
    page = signed_in(mira).get(meeting.get_absolute_url()).content.decode()
    assert "Una Quill" in page
    for seen in (head(meeting.get_absolute_url()), head(meeting.get_absolute_url(), signed_in(mira))):
        assert "Una Quill" not in seen
        assert "video.example" not in seen
        data = data_in(seen)
        assert data["startDate"] == "2037-01-14T14:00:00+00:00"
        assert data["location"] == {
            "@type": "VirtualLocation",
            "url": f"http://127.0.0.1:8000{meeting.get_absolute_url()}",
        }
        assert data["performer"] == [
            {"@type": "Person", "name": "Tove Berg", "affiliation": {"@type": "Organization", "name": "Fjord Forum"}}
        ]


@pytest.mark.django_db
def test_draft_says_nothing_to_search_engines(meeting: Meeting, olive: User) -> None:
    Meeting.objects.update(state="draft")
    assert "ld+json" not in head(meeting.get_absolute_url(), signed_in(olive))


@pytest.mark.django_db
def test_public_pages_have_one_address_and_words_for_a_preview(meeting: Meeting) -> None:
    for path, title, about in (
        ("/voices/", "Public voices", "People who engage the public on data."),
        ("/voices/meetings/?year=2037", "Meetings", "People who engage the public on data."),
        (meeting.get_absolute_url(), "Juries and panels", "What juries are good for."),
    ):
        page = head(path)
        address = f"http://127.0.0.1:8000{path.partition('?')[0]}"
        assert re.findall(r'<link rel="canonical" href="([^"]+)"', page) == [address]
        told = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)"', page))
        assert {name: told[name] for name in ("url", "title", "description")} == {
            "url": address,
            "title": title,
            "description": about,
        }
        assert f'<meta name="description" content="{about}"' in page


@pytest.mark.django_db
def test_sitemap_lists_the_public_pages_of_listed_networks(meeting: Meeting, other_network: Network) -> None:
    """https://www.sitemaps.org/protocol.html: whole addresses in one namespace; no draft, no members' page."""
    another(meeting, 5, state="draft")
    Network.objects.filter(pk=other_network.pk).update(is_public=False)
    Network.objects.filter(pk=meeting.network_id).update(publishes_write_ups=True)
    about = Topic.objects.create(network=meeting.network, name="Medlars", slug="medlars")
    Topic.objects.create(network=meeting.network, name="Nobody's", slug="nobodys")
    meeting.topics.add(about)
    on = {"circulated_at": START}
    for audience in (0, 1):
        edition = Edition.objects.create(
            meeting=meeting, audience=audience, number=1, title="Notes", content=[], made_on=START.date()
        )
        Circulation.objects.create(edition=edition, **on)
    answer = Client().get("/sitemap.xml")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/xml", "public, max-age=3600")
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = fromstring(answer.content.decode())
    assert found.tag == f"{namespace}urlset"
    pages = [str(one.text).removeprefix("http://127.0.0.1:8000") for one in found.iter(f"{namespace}loc")]
    assert pages == [
        "/voices/",
        "/voices/meetings/",
        "/voices/topics/medlars/",
        "/voices/write-ups/",
        "/voices/meetings/2037-01-14-juries-and-panels/",
        "/voices/write-ups/2037-01-14-juries-and-panels/",
    ]
    assert [Client().get(page).status_code for page in pages] == [200] * 6


@pytest.mark.django_db
def test_robots_are_kept_off_what_is_not_for_everybody() -> None:
    answer = Client().get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /p/",
        "Disallow: /me/",
        "Disallow: /accounts/",
        "Disallow: /admin/",
        "Disallow: /mail/",
        "",
        "Sitemap: http://127.0.0.1:8000/sitemap.xml",
    ]
    assert Client().post("/robots.txt").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["", "/", ".html"])
def test_old_address_leads_to_the_meeting_for_good(meeting: Meeting, ending: str) -> None:
    """B7; also once its address here has changed."""
    old = "/events/2037-01-14-community-of-practice"
    Meeting.objects.update(source_name="2037-01-14-community-of-practice.md", slug="renamed")
    answer = Client().get(f"{old}{ending}")
    assert (answer.status_code, answer["Location"]) == (301, "/voices/meetings/renamed/")
    Meeting.objects.update(state="draft")
    assert Client().get(old).status_code == 404


@pytest.mark.django_db
def test_address_that_never_was_leads_nowhere(meeting: Meeting) -> None:
    for path in ("/events/nothing", "/events/", "/events/%00", "/events/.md", "/events/a/b"):
        assert Client().get(path).status_code == 404
    assert Client().post("/events/nothing").status_code == 405
