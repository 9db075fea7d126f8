"""The run-sheet of one network, as whoever opens the panel may see it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cop.runsheet import meetings, notes, people
from cop.runsheet.checklist import Step
from cop.runsheet.line import line_of
from cop.runsheet.work import Work, by_urgency
from events.models import Meeting
from members.access import organises
from members.models import Network, User

MOST = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is next, what wants a hand (`more` of it stands further down), and a few numbers."""

    network: Network
    next: Meeting | None
    line: list[Step]
    work: list[Work]
    more: list[Work]
    members: int
    registered: int
    waiting: int
    figures: str


def sheet_of(network: Network, user: User, at: datetime) -> Sheet:
    """Note-takers see the work with notes; organisers all of it, and the figures. A network at rest has none."""
    coming = Meeting.objects.of(network).exclude(state=Meeting.State.CANCELLED).upcoming(at).first()
    is_organiser = organises(user, network)
    work = [] if network.is_resting else _work(network, at, is_organiser=is_organiser)
    return Sheet(
        network=network,
        next=coming,
        line=line_of(coming, at) if coming else [],
        work=work[:MOST],
        more=work[MOST:],
        members=network.memberships.active().count(),
        registered=coming.registrations.with_place().count() if coming else 0,
        waiting=coming.registrations.waiting().count() if coming else 0,
        figures=reverse("admin:figures", args=[network.slug]) if is_organiser else "",
    )


def _work(network: Network, at: datetime, *, is_organiser: bool) -> list[Work]:
    found = list(notes.work(network, at))
    if is_organiser:
        found += [*meetings.work(network, at), *people.work(network, at)]
    return by_urgency(found)
