"""Who has a place, who waits, until when one may ask."""

from datetime import UTC, datetime, timedelta

import pytest

from events.rules.seating import Closed, free_places, has_place, may_move_up, why_closed

END = datetime(2037, 1, 14, 15, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("capacity", "taken", "free"), [(None, 500, None), (20, 0, 20), (20, 19, 1), (20, 20, 0), (5, 20, 0)]
)
def test_free_places_are_never_less_than_none(capacity: int | None, taken: int, free: int | None) -> None:
    assert free_places(capacity, taken) == free


@pytest.mark.parametrize(
    ("capacity", "taken", "waiting", "place"),
    [
        (None, 1000, 0, True),
        (20, 19, 0, True),
        (20, 20, 0, False),
        (20, 19, 1, False),  # the free place is that of whoever waits
        (20, 17, 2, True),
        (0, 0, 0, False),
    ],
)
def test_nobody_overtakes_those_who_wait(capacity: int | None, taken: int, waiting: int, place: bool) -> None:
    assert has_place(capacity, taken=taken, waiting=waiting) is place


@pytest.mark.parametrize(
    ("capacity", "taken", "waiting", "move"),
    [(20, 20, 3, 0), (20, 19, 3, 1), (20, 10, 3, 3), (None, 20, 3, 3), (10, 20, 3, 0), (20, 19, 0, 0)],
)
def test_as_many_move_up_as_there_are_places(capacity: int | None, taken: int, waiting: int, move: int) -> None:
    assert may_move_up(capacity, taken=taken, waiting=waiting) == move


@pytest.mark.parametrize(
    ("state", "at", "why"),
    [
        ("published", END - timedelta(microseconds=1), None),
        ("published", END, Closed.OVER),
        ("cancelled", END - timedelta(days=1), Closed.CANCELLED),
        ("cancelled", END + timedelta(days=1), Closed.CANCELLED),
        ("draft", END - timedelta(days=1), Closed.DRAFT),
    ],
)
def test_registration_closes_when_the_meeting_ends(state: str, at: datetime, why: Closed | None) -> None:
    """B84."""
    assert why_closed(state=state, ends_at=END, at=at) == why


@pytest.mark.parametrize(
    ("at", "why"), [(END - timedelta(seconds=1), Closed.RESTING), (END, Closed.OVER)], ids=["to come", "over"]
)
def test_nobody_registers_in_a_network_at_rest(at: datetime, why: Closed) -> None:
    """B100. A meeting that is over says so, at rest or not."""
    assert why_closed(state="published", ends_at=END, at=at, is_resting=True) == why
