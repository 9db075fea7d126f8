"""Meetings that were held, and how many came."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from events.models import Meeting, Registration
from members.models import Network

Hold = Callable[..., Meeting]
JANUARY = datetime(2025, 1, 15, 14, tzinfo=UTC)


@pytest.fixture
def hold(network: Network) -> Hold:
    """A meeting `after` some days; `people` are (address, sector, came)."""

    def hold_it(after: int = 0, people: tuple[tuple[str, str, bool], ...] = (), **fields: object) -> Meeting:
        start = JANUARY + timedelta(days=after)
        usual = {
            "network": network, "title": "Meeting", "theme": f"Day {after}", "slug": f"day-{after}",
            "state": "published",            "starts_at": start, "ends_at": start + timedelta(hours=1),
        }  # fmt: skip
        meeting = Meeting.objects.create(**{**usual, **fields})
        Registration.objects.bulk_create(
            Registration(
                meeting=meeting,
                guest_email=f"{name}@people.example",
                name=name,
                organisation=f"{name[0].upper()} Trust",
                sector=sector,
                state="attended" if came else "registered",
            )
            for name, sector, came in people
        )
        return meeting

    return hold_it


def crowd(sector: str, number: int, came: int, begin: str = "") -> tuple[tuple[str, str, bool], ...]:
    """So many people of a sector, of whom so many came."""
    return tuple((f"{begin or sector[:3]}{at}", sector, at < came) for at in range(number))
