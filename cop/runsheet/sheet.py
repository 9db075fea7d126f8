"""The run-sheet of one network, as whoever opens the panel may see it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cop.runsheet import meetings, notes, people
from cop.runsheet.checklist import Step
from cop.runsheet.line import line_of
from cop.runsheet.work import Work, by_urgency
from events.models import Meeting
from members.access import duties_in
from members.models import Network, User
from members.rules.roles import Duty

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
    """Each sees the work of their own duties; a viewer sees how things stand, and none. Of a network at rest nothing is
    left to do."""
    coming = Meeting.objects.of(network).exclude(state=Meeting.State.CANCELLED).upcoming(at).first()
    work = [] if network.is_resting else _work(network, user, at)
    return Sheet(
        network=network,
        next=coming,
        line=line_of(coming, at) if coming else [],
        work=work[:MOST],
        more=work[MOST:],
        members=network.memberships.active().count(),
        registered=coming.registrations.with_place().count() if coming else 0,
        waiting=coming.registrations.waiting().count() if coming else 0,
        figures=reverse("admin:figures", args=[network.slug]),
    )


def _work(network: Network, user: User, at: datetime) -> list[Work]:
    duties = duties_in(user, network)
    found = list(notes.work(network, at)) if Duty.NOTES in duties else []
    if Duty.ORGANISE in duties:
        found += [*meetings.work(network, at), *people.work(network, at)]
    elif Duty.SPEAKERS in duties:
        found += meetings.work_with_speakers(network, at)
    if Duty.OWN in duties:
        found += people.too_few_owners(network)
    return by_urgency(found)
