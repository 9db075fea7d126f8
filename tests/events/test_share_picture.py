"""The picture of a meeting on the web: kept by its ETag, and another once the meeting is cancelled (B13)."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from events.actions.publishing import cancel_meeting
from events.models import Meeting
from events.views.sharing import card_of
from tests.events.formats.test_picture import size_of

pytestmark = pytest.mark.django_db

PATH = "/voices/meetings/2037-01-14-juries-and-panels/picture.png"


def told(meeting: Meeting) -> dict[str, str]:
    page = Client().get(meeting.get_absolute_url()).content.decode()
    return dict(re.findall(r'<meta (?:property|name)="([\w:]+)"\s+content="([^"]*)"', page))


def test_page_says_where_its_picture_is(meeting: Meeting) -> None:
    meta = told(meeting)
    assert re.fullmatch(rf"http://127\.0\.0\.1:8000{PATH}\?v=[0-9a-f]{{16}}", meta["og:image"])
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["og:image:alt"] == "Juries and panels (14 January 2037)"
    assert meta["twitter:card"] == "summary_large_image"
    drawn = Client().get(meta["og:image"])
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/png")
    assert (drawn["Cache-Control"], drawn["Cross-Origin-Resource-Policy"]) == ("public, no-cache", "cross-origin")
    assert size_of(drawn.content) == (1200, 630)
    page = Client().get(meeting.get_absolute_url()).content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(data)["image"] == meta["og:image"]


def test_picture_is_fetched_again_only_once_it_is_another(meeting: Meeting) -> None:
    before, first = told(meeting)["og:image"], Client().get(PATH)
    again = Client().get(PATH, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    cancel_meeting(meeting)
    after = Client().get(PATH, headers={"if-none-match": first["ETag"]})
    assert after.status_code == 200
    assert after.content != first.content
    assert told(meeting)["og:image"] != before


def test_picture_says_when_and_where_and_that_it_is_cancelled(meeting: Meeting) -> None:
    card = card_of(meeting)
    assert (card.weekday, card.day, card.month, card.year) == ("Wednesday", "14", "January", "2037")
    assert (card.title, card.network) == ("Juries and panels", "Public voices")
    assert (card.facts, card.cancelled) == ("2pm to 3:15pm, UK time · Online", "")
    meeting.state, meeting.place, meeting.has_times = Meeting.State.CANCELLED, Meeting.Place.BOTH, False
    meeting.ends_at = datetime(2037, 1, 16, tzinfo=UTC)
    card = card_of(meeting)
    assert (card.facts, card.cancelled) == ("14 to 15 January 2037 · Online and in a room", "Cancelled")


def test_draft_has_no_picture(meeting: Meeting) -> None:
    Meeting.objects.update(state="draft")
    assert Client().get(PATH).status_code == 404
    assert Client().get(PATH.replace("juries", "nothing")).status_code == 404
    assert Client().post(PATH).status_code == 405
