"""The dates of a series: seen before they are made, made once, not made again once moved, cancelled or left out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from events.actions.publishing import cancel_meeting, publish_meeting
from events.actions.scheduling import coming_dates, make_drafts, next_date, schedule_meeting
from events.models import Meeting, Series
from events.rules.planning import Mark
from members.models import Network, User
from tests.conftest import signed_in


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with time_machine.travel(datetime(2036, 11, 20, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def monthly(series: Series) -> Series:
    """Second Monday of the month, not in August or December; New Year and Easter as in Scotland."""
    series.rule, series.months_off, series.holidays_of = "FREQ=MONTHLY;BYDAY=1MO", "8,12", "SCT"
    series.body = "We meet under the Rule."
    series.save()
    return series


def dates_page(series: Series) -> str:
    return reverse("admin:events_series_dates", args=[series.pk])


def marks(series: Series) -> dict[date, str]:
    return {one.on: one.mark.value for one in coming_dates(series)}


def test_preview_marks_bank_holidays_and_months_off(monthly: Series, olive: User) -> None:
    page = signed_in(olive).get(dates_page(monthly)).content.decode()
    assert "first Monday of the month" in page
    assert "No meetings in August, December." in page
    assert "Bank holidays are those of Scotland." in page
    found = marks(monthly)
    assert len(found) == 12
    against = {date(2036, 12, 1): "month", date(2037, 5, 4): "holiday", date(2037, 8, 3): "month"}
    assert {on: mark for on, mark in found.items() if mark != "free"} == against
    assert "bank holiday: May Day" in page
    assert page.count(" checked") == 9
    assert not Meeting.objects.exists()


def test_drafts_are_made_of_the_chosen_dates_once(monthly: Series, olive: User) -> None:
    client = signed_in(olive)
    for _ in range(2):
        chosen = {"on": ["2037-01-05", "2037-02-02", "2037-02-03", "nonsense"], "make": ""}
        page = client.post(dates_page(monthly), chosen, follow=True).content.decode()
    drafts = Meeting.objects.order_by("starts_at")
    assert [(one.local_start.date(), one.number, one.state, one.body) for one in drafts] == [
        (date(2037, 1, 5), 1, "draft", "We meet under the Rule."),
        (date(2037, 2, 2), 2, "draft", "We meet under the Rule."),
    ]
    assert "There are 0 drafts more." in page
    assert marks(monthly)[date(2037, 1, 5)] == "made"


def test_nothing_chosen_makes_nothing_and_says_so(monthly: Series, olive: User) -> None:
    page = signed_in(olive).post(dates_page(monthly), {"make": ""}, follow=True).content.decode()
    assert "Choose at least one date, then press again." in page
    assert not Meeting.objects.exists()


def test_moved_or_cancelled_date_is_not_made_again_and_a_deleted_draft_frees_its_date(
    monthly: Series, olive: User
) -> None:
    moved, cancelled, deleted = make_drafts(monthly, [date(2037, 1, 5), date(2037, 2, 2), date(2037, 3, 2)])
    Meeting.objects.filter(pk=moved.pk).update(
        starts_at=datetime(2037, 1, 8, 14, tzinfo=UTC), ends_at=datetime(2037, 1, 8, 15, tzinfo=UTC)
    )
    publish_meeting(cancelled)
    cancel_meeting(cancelled)
    deleted.delete()
    found = marks(monthly)
    assert [found[date(2037, month, day)] for month, day in ((1, 5), (2, 2), (3, 2))] == ["made", "made", "free"]
    page = signed_in(olive).get(dates_page(monthly)).content.decode()
    assert "draft, moved to Thursday 8 January" in page
    assert "cancelled" in page


def test_left_out_date_is_passed_over_and_can_be_put_back(monthly: Series, olive: User) -> None:
    client = signed_in(olive)
    assert next_date(monthly) == date(2037, 1, 5)
    client.post(dates_page(monthly), {"leave-out": "2037-01-05", "on": ["2037-02-02"]})
    assert (marks(monthly)[date(2037, 1, 5)], next_date(monthly)) == ("left out", date(2037, 2, 2))
    page = client.get(reverse("admin:events_series_schedule", args=[monthly.pk])).content.decode()
    assert "1 December 2036 (a month without a meeting)" in page
    assert "5 January 2037 (left out)" in page
    assert 'value="2037-02-02"' in page
    client.post(dates_page(monthly), {"put-back": "2037-01-05"})
    assert next_date(monthly) == date(2037, 1, 5)
    assert not Meeting.objects.exists()


def test_next_meeting_on_another_day_stands_for_the_one_proposed(monthly: Series) -> None:
    """Moved when it is made: the first Monday does not come back."""
    schedule_meeting(monthly, on=date(2037, 1, 8))
    assert marks(monthly)[date(2037, 1, 5)] == "made"
    schedule_meeting(monthly, on=date(2037, 2, 20))
    assert marks(monthly)[date(2037, 2, 2)] == "free"


def test_every_fourth_week_goes_on_from_the_first_date_wherever_a_meeting_is_moved(series: Series, olive: User) -> None:
    values = {"title": "Monthly", "slug": "monthly", "rule": "every 4 weeks on Wednesday", "starts": "14:00"}
    answer = signed_in(olive).post(
        reverse("admin:events_series_change", args=[series.pk]),
        values | {"duration_minutes": "75", "months_off": ["8"], "holidays_of": "ENG"},
    )
    assert answer.headers["Location"] == dates_page(series)
    series.refresh_from_db()
    kept = (series.rule, series.counted_from, series.months_off)
    assert kept == ("FREQ=WEEKLY;INTERVAL=4;BYDAY=WE", date(2036, 11, 26), "8")
    made = make_drafts(series, [date(2036, 11, 26)])[0]
    Meeting.objects.filter(pk=made.pk).update(
        starts_at=datetime(2036, 12, 2, 14, tzinfo=UTC), ends_at=datetime(2036, 12, 2, 15, tzinfo=UTC)
    )
    with time_machine.travel(datetime(2036, 12, 10, 12, tzinfo=UTC)):
        assert [one.on for one in coming_dates(series)][:2] == [date(2036, 12, 24), date(2037, 1, 21)]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("every second Wednesday", "This can mean two things. Write “every 2 weeks on Wednesday”"),
        ("every 4 weeks", "On which day?"),
        ("FREQ=HOURLY", "A series has one meeting a day at most."),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "This rule gives no day in the next five years."),
    ],
)
def test_unclear_rule_is_refused_with_a_sentence_and_stays_typed(
    series: Series, olive: User, said: str, answer: str
) -> None:
    values = {"title": "Monthly", "slug": "monthly", "rule": said, "starts": "14:00", "duration_minutes": "75"}
    page = signed_in(olive).post(reverse("admin:events_series_change", args=[series.pk]), values).content.decode()
    assert answer in page
    assert f'value="{said}"' in page


def test_several_series_of_a_network_have_dates_of_their_own(network: Network, monthly: Series) -> None:
    second = Series.objects.create(network=network, title="Clinic", slug="clinic", rule="FREQ=MONTHLY;BYDAY=1MO")
    make_drafts(monthly, [date(2037, 1, 5)])
    assert {one.mark for one in coming_dates(second)} >= {Mark.FREE}
    assert marks(second)[date(2037, 1, 5)] == "free"


def test_series_without_a_rule_says_where_to_give_one(series: Series, olive: User) -> None:
    assert "This series has no rule yet" in signed_in(olive).get(dates_page(series)).content.decode()
    assert coming_dates(series) == []
