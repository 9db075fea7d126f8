"""Whoever joins is told what comes next, with an entry for their calendar (B21)."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from events.models import Meeting
from members.actions.mailing import Recipient, send_letter
from members.models import Network, User
from tests.post import letters_sent


def welcome(network: Network, user: User) -> str:
    send_letter(
        "welcome", [Recipient(user.email, user.name, user)], network=network, about_id=user.memberships.get().pk
    )
    (letter,) = letters_sent()
    return str(letter.body)


def test_published_meetings_ahead_are_listed_soonest_first_and_nothing_else(
    meeting: Meeting, network: Network, other_network: Network, mira: User
) -> None:
    start = timezone.now() + timedelta(days=40)
    for number, (theme, state, home, days) in enumerate(
        (
            ("Sooner than that", "published", network, 0),
            ("A secret draft", "draft", network, 1),
            ("Called off", "cancelled", network, 2),
            ("Long ago", "published", network, -80),
            ("Elsewhere", "published", other_network, 3),
        )
    ):
        Meeting.objects.create(
            network=home,
            title="Meeting",
            theme=theme,
            slug=f"meeting-{number}",
            starts_at=start + timedelta(days=days),
            ends_at=start + timedelta(days=days, hours=1),
            state=state,
        )
    text = welcome(network, mira)
    assert text.index("Sooner than that") < text.index(
        "Wednesday 14 January 2037, 2pm to 3:15pm, UK time: Juries and panels"
    )
    for theme in ("A secret draft", "Called off", "Long ago", "Elsewhere", "secret-room"):
        assert theme not in text


def test_each_date_leads_to_its_page_and_its_entry(meeting: Meeting, network: Network, mira: User) -> None:
    with time_machine.travel(datetime(2036, 12, 1, 10, tzinfo=UTC), tick=False):
        words = welcome(network, mira).split()
        paths = ["/" + word.split("/", 3)[3] for word in words if word.startswith("http")]
        assert paths[:3] == [
            "/voices/meetings/2037-01-14-juries-and-panels/",
            "/voices/meetings/2037-01-14-juries-and-panels/calendar.ics",
            "/voices/calendar.ics",
        ]
        answers = [Client().get(path) for path in paths[:3]]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert b"DTSTART;TZID=Europe/London:20370114T140000" in answers[1].content


def test_network_without_a_date_says_so(network: Network, mira: User) -> None:
    assert "The next date is not known yet." in welcome(network, mira)
