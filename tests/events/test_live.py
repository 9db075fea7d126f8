"""The live page: open to all, a way in for those with a place, and nobody sees who else is there (B43, R13)."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cop.lib.signing import personal_token
from events.actions.registering import confirm_words, register_guest, register_member
from events.models import AgendaItem, Meeting, Question, Registration
from events.rules.timetable import part_on_now
from members.models import User
from tests.conftest import signed_in
from tests.events.test_registering import GITA, guest

START = datetime.fromisoformat("2037-01-14T14:00+00:00")
LINK = "Open the live page"


def at(**after: int) -> time_machine.travel:
    """A moment so long after the start."""
    return time_machine.travel(START + timedelta(**after), tick=False)


@pytest.fixture
def timed(meeting: Meeting) -> Meeting:
    """A talk of twenty minutes, a discussion of forty, and what next."""
    for kind, minutes in (("talk", 20), ("discussion", 40)):
        meeting.agenda.filter(kind=kind).update(minutes=minutes)
    AgendaItem.objects.create(meeting=meeting, position=3, kind="actions", title="What next")
    return meeting


def path_of(meeting: Meeting) -> str:
    return reverse("events:live", args=[meeting.network.slug, meeting.slug])


def by_link(registration: Registration) -> str:
    return reverse("events:live_by_link", args=[personal_token("registration", registration.pk)])


def seen(client: Client, path: str) -> str:
    return " ".join(client.get(path).text.split())


def marked(page: str) -> list[tuple[str, str]]:
    return re.findall(r'aria-current="step".*?<p class="over-line"[^>]*> (.*?) </p> <h3 lang="en-gb">(.*?)</h3>', page)


@pytest.mark.parametrize(
    ("begins", "after", "place"),
    [
        ([0, 20, 60], -1, None),
        ([0, 20, 60], 0, 0),
        ([0, 20, 60], 19, 0),
        ([0, 20, 60], 20, 1),
        ([0, 20, 60], 500, 2),
        ([0, 20, None], 500, 1),
        ([None, None], 5, None),
        ([], 5, None),
    ],
)
def test_part_on_now_is_the_last_that_is_known_to_have_begun(
    begins: list[int | None], after: int, place: int | None
) -> None:
    times = [None if one is None else START + timedelta(minutes=one) for one in begins]
    assert part_on_now(times, START + timedelta(minutes=after)) == place


@pytest.mark.parametrize(
    ("minutes", "marker"),
    [
        (-1, []),
        (0, [("Now, until 2:20pm", "A jury on data")]),
        (20, [("Now, until 3pm", "Discussion")]),
        (74, [("Now, until 3:15pm", "What next")]),
        (75, []),
    ],
)
def test_marker_goes_with_the_clock(timed: Meeting, minutes: int, marker: list[tuple[str, str]]) -> None:
    with at(minutes=minutes):
        assert marked(seen(Client(), path_of(timed))) == marker


def test_without_times_there_is_no_marker(meeting: Meeting) -> None:
    with at(minutes=5):
        page = seen(Client(), path_of(meeting))
    assert "Discussion" in page
    assert marked(page) == []


def test_meeting_page_and_personal_page_lead_there_from_ten_minutes_before(meeting: Meeting, mira: User) -> None:
    registration = register_member(meeting, mira)
    own = reverse("events:my_registration", args=[personal_token("registration", registration.pk)])
    for minutes, leads in ((-11, False), (-10, True), (74, True), (75, False)):
        with at(minutes=minutes):
            assert (LINK in seen(Client(), meeting.get_absolute_url())) == leads
            assert (LINK in seen(Client(), own)) == leads


def test_everybody_sees_the_agenda_and_the_rule_and_only_who_has_a_place_the_way_in(
    timed: Meeting, mira: User, noor: User
) -> None:
    register_member(timed, mira)
    Question.objects.create(meeting=timed, text="Who pays for juries?", state="shown")
    with at(minutes=5):
        stranger, member = seen(Client(), path_of(timed)), seen(signed_in(mira), path_of(timed))
        host = seen(signed_in(noor), path_of(timed))
    for page in (stranger, member, host):
        assert "do not say who said it, where they work, or that they were there" in page
    for theirs in ("Join the call", "Who pays for juries?", "Ask, or support a question", "Add a point of your own"):
        assert (theirs in stranger, theirs in member) == (False, True)
    assert ("Who pays for juries?" in host, "Join the call" in host) == (True, False)
    assert "Register" in stranger
    assert "Mira" not in stranger + host
    assert "video.example" not in stranger + member + host


def test_guest_has_all_of_it_by_their_link(timed: Meeting) -> None:
    place = register_guest(timed, GITA)
    register_guest(timed, guest(1))
    with at(minutes=5):
        token, joining = personal_token("registration", place.pk), personal_token("join", place.pk)
        page = seen(Client(), by_link(place))
        assert f'action="{reverse("events:join_by_link", args=[joining])}"' in page
        for name in ("events:questions_by_link", "notes:points_by_link", "events:my_registration"):
            assert reverse(name, args=[token]) in page
        assert "You are down as Gita Rao." in page
        assert "Guest 1" not in page
    with at(minutes=-40):
        assert "The call opens half an hour before the start." in seen(Client(), by_link(place))


def test_who_waits_or_has_cancelled_has_no_way_in(timed: Meeting, mira: User) -> None:
    place = register_member(timed, mira)
    for state in ("waiting", "cancelled"):
        Registration.objects.update(state=state)
        with at(minutes=5):
            assert "Join the call" not in seen(signed_in(mira), path_of(timed)) + seen(Client(), by_link(place))


def test_script_is_told_that_nothing_has_changed_until_something_has(timed: Meeting, mira: User) -> None:
    """RFC 9110 §15.4.5; the page and its part have the same tag, so the first asking is answered short too."""
    register_member(timed, mira)
    path = f"{path_of(timed)}?now"
    with at(minutes=5):
        client = signed_in(mira)
        tag = re.findall(r'data-tag="&quot;(\w+)&quot;"', client.get(path_of(timed)).text)[0]
        same = client.get(path, headers={"If-None-Match": f'"{tag}"'})
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", f'"{tag}"')
        Question.objects.create(meeting=timed, text="Who pays for juries?", state="shown")
        changed = client.get(path, headers={"If-None-Match": f'"{tag}"'})
    assert changed.status_code == 200
    assert changed["ETag"] != f'"{tag}"'
    assert "Who pays for juries?" in changed.text
    assert "csrf" not in changed.text
    assert "<html" not in changed.text
    with at(minutes=20):
        assert client.get(path, headers={"If-None-Match": changed["ETag"]}).status_code == 200


def test_page_says_how_the_meeting_stands(timed: Meeting) -> None:
    said = {
        -60: "This page follows the meeting on Wednesday 14 January 2037, from 1:50pm, UK time.",
        -5: "We begin at 2pm, UK time.",
        5: "This meeting is on now, until 3:15pm, UK time.",
        80: "This meeting took place on Wednesday 14 January 2037.",
    }
    for minutes, words in said.items():
        with at(minutes=minutes):
            assert words in seen(Client(), path_of(timed))
    place = register_guest(timed, GITA)
    for minutes, asks in ((5, False), (80, True)):
        with at(minutes=minutes):
            assert ("How was it? Two questions, without your name" in seen(Client(), by_link(place))) == asks
    Meeting.objects.update(state="cancelled")
    with at(minutes=5):
        page = seen(Client(), path_of(timed))
        assert "This meeting is cancelled." in page
        assert LINK not in seen(Client(), timed.get_absolute_url())


def test_drafts_forged_links_and_posts_find_nothing(timed: Meeting, olive: User) -> None:
    assert Client().post(path_of(timed)).status_code == 405
    assert Client().get(reverse("events:live_by_link", args=["1.forged.link"])).status_code == 404
    Meeting.objects.update(state="draft")
    assert signed_in(olive).get(path_of(timed)).status_code == 404


def test_as_many_queries_for_three_as_for_one(timed: Meeting, mira: User) -> None:
    register_member(timed, mira)
    path = f"{path_of(timed)}?now"
    with at(minutes=5):
        client = signed_in(mira)
        client.get(path)
        with CaptureQueriesContext(connection) as one:
            client.get(path)
    for number in range(3):
        confirm_words(register_guest(timed, guest(number)).pk)
        AgendaItem.objects.create(meeting=timed, position=4 + number, kind="talk", title=f"Talk {number}")
        Question.objects.create(meeting=timed, text=f"Question {number}?")
    with at(minutes=5), CaptureQueriesContext(connection) as three:
        assert "Talk 2" in client.get(path).text
    assert len(three) == len(one)
