"""The tense of a meeting, the times of its agenda, and its days and hours in figures."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.rules.timetable import Tense, agenda_times, announces, clock_figures, last_day, tense, zone_city

START = datetime(2037, 1, 14, 14, tzinfo=UTC)
END = START + timedelta(minutes=75)
LONDON = ZoneInfo("Europe/London")
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (START - MOMENT, Tense.UPCOMING),
        (START, Tense.LIVE),
        (END - MOMENT, Tense.LIVE),
        (END, Tense.PAST),
    ],
)
def test_the_tense_follows_the_clock(now: datetime, expected: Tense) -> None:
    """B3: nobody has to edit anything."""
    assert tense(START, END, now=now) == expected
    assert tense(START, END, now=now, is_cancelled=True) == Tense.CANCELLED


@pytest.mark.parametrize(
    ("minutes", "begins"),
    [
        ([5, 20, 50], [0, 5, 25]),
        ([5, None, 50], [0, 5, None]),
        ([None, 20], [0, None]),
        ([None, None], [None, None]),
        ([], []),
    ],
)
def test_agenda_times_are_known_as_long_as_the_lengths_before_are(
    minutes: list[int | None], begins: list[int | None]
) -> None:
    expected = [None if after is None else START + timedelta(minutes=after) for after in begins]
    assert agenda_times(START, minutes) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (datetime(2037, 1, 14, tzinfo=LONDON), datetime(2037, 1, 15, tzinfo=LONDON), date(2037, 1, 14)),
        (datetime(2037, 1, 14, tzinfo=LONDON), datetime(2037, 1, 15, 0, 1, tzinfo=LONDON), date(2037, 1, 15)),
        (datetime(2037, 1, 14, 14, tzinfo=LONDON), datetime(2037, 1, 14, 15, tzinfo=LONDON), date(2037, 1, 14)),
    ],
)
def test_a_meeting_that_ends_at_midnight_stays_within_its_day(start: datetime, end: datetime, expected: date) -> None:
    assert last_day(start, end) == expected


@pytest.mark.parametrize(
    ("hour", "minute", "figures"),
    [
        (0, 0, (12, 0, False)),
        (9, 5, (9, 5, False)),
        (12, 0, (12, 0, True)),
        (14, 0, (2, 0, True)),
        (23, 59, (11, 59, True)),
    ],
)
def test_clock_figures_count_to_twelve(hour: int, minute: int, figures: tuple[int, int, bool]) -> None:
    assert clock_figures(datetime(2037, 1, 14, hour, minute, tzinfo=UTC)) == figures


@pytest.mark.parametrize(
    ("name", "city"),
    [("America/New_York", "New York"), ("America/Argentina/Buenos_Aires", "Buenos Aires"), ("UTC", "UTC")],
)
def test_a_zone_is_called_by_its_city(name: str, city: str) -> None:
    assert zone_city(name) == city


@pytest.mark.parametrize("text", ["On Wednesday we will hold the tenth meeting.", "Please register here.", "Join us!"])
def test_a_text_that_looks_forward_is_an_announcement(text: str) -> None:
    assert announces(text) is True


@pytest.mark.parametrize("text", ["On Wednesday we held the tenth meeting.", "A register of wills.", ""])
def test_a_text_that_looks_back_is_none(text: str) -> None:
    assert announces(text) is False
