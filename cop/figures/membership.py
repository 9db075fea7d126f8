"""How many members a network had, who joined and who left: counted, without a name."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncMonth

from cop.figures.periods import bounds
from cop.figures.rules.periods import Grain, Period, grain_between, span_of, spans
from members.models import Agreement, Decision, Membership, Network

State, LEFT = Membership.State, Decision.What.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One month, quarter or year: who joined in it, who left, and how many there were at its end."""

    begins: date
    grain: Grain
    joined: int
    left: int
    members: int


def membership(network: Network, period: Period) -> list[Stretch]:
    """Counted back from the members there are now, since a membership knows when it began, and the log when it ended.

    Who came back is counted as joining again. Of people who are erased nothing is left to count, at no time.
    """
    last = min(period.last, network.today)
    if last < period.first:
        return []
    grain = grain_between(period.first, last)
    begins = spans(period.first, last, grain)
    joined, left = (_cut(months, grain) for months in _by_month(network, begins[0]))
    members, found = network.memberships.active().count(), list[Stretch]()
    for begin in sorted({*begins, *joined, *left}, reverse=True):
        found.append(Stretch(begins=begin, grain=grain, joined=joined[begin], left=left[begin], members=members))
        members += left[begin] - joined[begin]
    return [one for one in reversed(found) if one.begins <= begins[-1]]


def _by_month(network: Network, since: date) -> tuple[Counter[date], Counter[date]]:
    """Who joined and who left, from then until now: what came after the period has to be taken off again."""
    zone = ZoneInfo(network.time_zone)
    start, _end = bounds(network, Period(since, since))
    ended = Decision.objects.filter(membership=OuterRef("pk"), what=LEFT)
    agreed = Agreement.objects.filter(membership=OuterRef("pk")).order_by("given_at").values("given_at")[:1]
    # A membership that was ended without a word in the log cannot be placed in time: it counts nowhere.
    known = Q(state=State.ACTIVE, user__is_active=True) | Q(Exists(ended), state=State.LEFT)
    began = network.memberships.filter(known).annotate(at=Coalesce(Subquery(agreed), "joined_at"))
    back = Agreement.objects.filter(
        membership__network=network, membership__decisions__what=LEFT, membership__decisions__made_at__lt=F("given_at")
    )
    went = Decision.objects.filter(membership__network=network, what=LEFT)
    joined = _months(began, "at", start, zone) + _months(back, "given_at", start, zone)
    return joined, _months(went, "made_at", start, zone)


def _months(rows: QuerySet[Any], at: str, start: datetime, zone: ZoneInfo) -> Counter[date]:
    """How many rows there are in each month, by its first day."""
    months = rows.filter(**{f"{at}__gte": start}).order_by().values(month=TruncMonth(at, tzinfo=zone))
    return Counter({month.date(): count for month, count in months.values_list("month", Count("pk", distinct=True))})


def _cut(months: Counter[date], grain: Grain) -> Counter[date]:
    found = Counter[date]()
    for month, count in months.items():
        found[span_of(month, grain)] += count
    return found
