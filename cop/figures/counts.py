"""Everything that is counted of one network in one period."""

from dataclasses import dataclass

from cop.figures import counting
from cop.figures.counting import Circulated, Feedback, Held, InSector, People
from cop.figures.membership import Stretch, membership
from cop.figures.rules.periods import Period
from members.models import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Meetings, notes and feedback stand in the order of time."""

    network: Network
    period: Period
    held: list[Held]
    people: People
    sectors: list[InSector]
    members: list[Stretch]
    circulated: list[Circulated]
    feedback: list[Feedback]
    topics: list[tuple[str, int]]

    @property
    def registered(self) -> int:
        return sum(one.registered for one in self.held)

    @property
    def came(self) -> int:
        return sum(one.came for one in self.held)


def counts_of(network: Network, period: Period) -> Counts:
    """In as many queries for one meeting as for a thousand."""
    return Counts(
        network=network,
        period=period,
        held=counting.held(network, period),
        people=counting.people(network, period),
        sectors=counting.by_sector(network, period),
        members=membership(network, period),
        circulated=counting.circulated(network, period),
        feedback=counting.feedback(network, period),
        topics=counting.topics(network, period),
    )
