"""The next meeting in one press: number, times and shape come along, speakers and links do not (B72)."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from events.actions.scheduling import free_slug, next_date, next_number, schedule_meeting
from events.models import AgendaItem, Meeting, Series, Speaker
from members.models import Network


def test_first_meeting_of_a_series_has_the_usual_agenda(series: Series) -> None:
    meeting = schedule_meeting(series, on=date(2037, 1, 14))
    assert (meeting.number, meeting.slug, meeting.state) == (1, "2037-01-14-monthly-meeting", "draft")
    assert [(item.position, item.kind, item.basis, item.title) for item in meeting.agenda.all()] == [
        (1, "welcome", "rule", "Welcome"),
        (2, "talk", "record", "Talk to be confirmed"),
        (3, "talk", "record", "Talk to be confirmed"),
        (4, "discussion", "rule", "Discussion"),
        (5, "actions", "rule", "Actions"),
    ]


def test_next_goes_on_as_the_last_did(series: Series, meeting: Meeting) -> None:
    Meeting.objects.update(place="both", room="Town hall", capacity=30, attribution_cap=1)
    AgendaItem.objects.filter(kind="discussion").update(minutes=40)
    made = schedule_meeting(series, on=date(2037, 7, 8), theme="Summer", summary="Warm.")
    assert (made.number, made.place, made.room, made.capacity, made.attribution_cap) == (5, "both", "Town hall", 30, 1)
    assert (made.theme, made.summary, made.video_link, made.body) == ("Summer", "Warm.", "", "")
    assert [(item.kind, item.title, item.minutes) for item in made.agenda.all()] == [
        ("talk", "Talk to be confirmed", None),
        ("discussion", "Discussion", 40),
    ]
    assert not Speaker.objects.filter(agenda_item__meeting=made).exists()


@pytest.mark.parametrize(
    ("zone", "starts_at"),
    [
        ("Europe/London", datetime(2037, 7, 8, 13, tzinfo=UTC)),
        ("America/New_York", datetime(2037, 7, 8, 18, tzinfo=UTC)),
    ],
)
def test_times_are_those_of_the_networks_wall_clock(series: Series, zone: str, starts_at: datetime) -> None:
    Network.objects.update(time_zone=zone)
    made = schedule_meeting(series, on=date(2037, 7, 8))
    assert (made.starts_at, made.time_zone) == (starts_at, zone)


def test_addresses_of_one_day_differ(series: Series, network: Network) -> None:
    slugs = [schedule_meeting(series, on=date(2037, 1, 14), theme="Juries").slug for _ in range(3)]
    assert slugs == ["2037-01-14-juries", "2037-01-14-juries-2", "2037-01-14-juries-3"]
    assert free_slug(network, "2037-01-14-juries") == "2037-01-14-juries-4"
    assert len(free_slug(network, "long " * 100)) <= 100


@pytest.mark.parametrize(
    ("rule", "today", "found"),
    [
        ("FREQ=MONTHLY;BYDAY=2WE", datetime(2036, 5, 1, tzinfo=UTC), date(2037, 2, 11)),  # after the last meeting
        ("FREQ=MONTHLY;BYDAY=2WE", datetime(2037, 5, 20, tzinfo=UTC), date(2037, 6, 10)),  # after today
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE", datetime(2037, 5, 20, tzinfo=UTC), date(2037, 7, 8)),
        ("", datetime(2037, 5, 20, tzinfo=UTC), None),
    ],
)
@pytest.mark.usefixtures("meeting")
def test_next_date_follows_the_rule(series: Series, rule: str, today: datetime, found: date | None) -> None:
    Series.objects.update(rule=rule)
    series.refresh_from_db()
    with time_machine.travel(today):
        assert next_date(series) == found
    assert next_number(series) == 5
