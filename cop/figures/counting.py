"""What is counted of a network's meetings in a period: each in one query, however many rows there are."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import CharField, Count, Q, Value
from django.db.models.functions import Cast, Coalesce, Lower, NullIf, Trim
from django.utils import timezone

from cop.figures.periods import bounds
from cop.figures.rules.periods import Period
from events.models import Meeting, Registration, Survey, SurveyQuestion, Topic
from events.models.meetings import MeetingQuerySet
from events.models.registrations import HAVE_A_PLACE, RegistrationQuerySet
from events.rules import surveys
from members.models import Delivery, Network, Sector
from notes.models import Circulation
from notes.rules.vocabulary import Audience

HAS_PLACE = Q(registrations__state__in=HAVE_A_PLACE)
CAME = Q(registrations__state=Registration.State.ATTENDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One meeting that was held. `came` is 0 where nobody kept who did."""

    day: date
    title: str
    registered: int
    came: int


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """How many different people had a place, how many of them came, and how many organisations they named."""

    registered: int
    came: int
    organisations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InSector:
    """`sector` is empty for those who did not say."""

    sector: str
    registered: int
    came: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Circulated:
    """Notes of one meeting that went out, and to how many."""

    day: date
    title: str
    letters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What people said of one meeting; `mean` is None where too few answered for anybody to see it."""

    day: date
    title: str
    answers: int
    mean: float | None


def meetings_held(network: Network, period: Period) -> MeetingQuerySet:
    """Those that were announced, not cancelled, and have begun."""
    start, end = bounds(network, period)
    return Meeting.objects.of(network).published().filter(starts_at__gte=start, starts_at__lt=min(end, timezone.now()))


def held(network: Network, period: Period) -> list[Held]:
    """The meetings of a period, the first one first."""
    rows = meetings_held(network, period).order_by("starts_at", "pk")
    counted = rows.annotate(registered=Count("registrations", HAS_PLACE), came=Count("registrations", CAME))
    asked = counted.values_list("starts_at", "time_zone", "theme", "title", "registered", "came")
    return [
        Held(
            day=_day(starts_at, zone),
            title=theme or title,
            registered=registered,
            came=came,
        )
        for starts_at, zone, theme, title, registered, came in asked
    ]


def people(network: Network, period: Period) -> People:
    """People are told apart by their account, or a guest's address; organisations by what people call them."""
    found = _places(network, period).aggregate(
        registered=Count(_who(), distinct=True),
        came=Count(_who(), Q(state=Registration.State.ATTENDED), distinct=True),
        organisations=Count(NullIf(Lower(Trim("organisation")), Value("")), distinct=True),
    )
    return People(**found)


def by_sector(network: Network, period: Period) -> list[InSector]:
    """Different people, not places: whoever came to twelve meetings is one. Who said two sectors is in both."""
    rows = _places(network, period).order_by().values("sector")
    counted = rows.annotate(
        registered=Count(_who(), distinct=True),
        came=Count(_who(), Q(state=Registration.State.ATTENDED), distinct=True),
    )
    found = {
        sector: (registered, came) for sector, registered, came in counted.values_list("sector", "registered", "came")
    }
    return [
        InSector(sector=sector, registered=found.get(sector, (0, 0))[0], came=found.get(sector, (0, 0))[1])
        for sector in [*Sector.values, ""]
        if sector or "" in found
    ]


def circulated(network: Network, period: Period) -> list[Circulated]:
    """Notes for the network that went out in the period. Who opened them is nowhere kept."""
    start, end = bounds(network, period)
    rows = Circulation.objects.filter(edition__meeting__network=network, edition__audience=Audience.NETWORK)
    out = rows.filter(circulated_at__gte=start, circulated_at__lt=end).order_by("circulated_at", "pk")
    sent = Count("mailing__deliveries", Q(mailing__deliveries__state=Delivery.State.SENT))
    asked = out.annotate(letters=sent).values_list(
        "circulated_at", "edition__meeting__theme", "edition__meeting__title", "letters"
    )
    return [
        Circulated(day=_day(at, network.time_zone), title=theme or title, letters=letters)
        for at, theme, title, letters in asked
    ]


def feedback(network: Network, period: Period) -> list[Feedback]:
    """What people said of meetings whose feedback is closed, as far as anybody may see it (docs/decisions/0041)."""
    closed = Survey.objects.filter(meeting__in=meetings_held(network, period), state=Survey.State.CLOSED)
    scales = SurveyQuestion.objects.filter(survey__in=closed, kind=SurveyQuestion.Kind.SCALE)
    asked = dict(scales.order_by("-position").values_list("survey_id", "position"))
    rows = closed.order_by("meeting__starts_at", "pk").values_list(
        "pk", "meeting__starts_at", "meeting__time_zone", "meeting__theme", "meeting__title", "box"
    )
    found = []
    for pk, starts_at, zone, theme, title, text in rows:
        box = surveys.read(text)
        shown = pk in asked and surveys.may_be_seen(box, is_closed=True)
        mean = surveys.mean(box, str(asked[pk])) if shown else None
        found.append(Feedback(day=_day(starts_at, zone), title=theme or title, answers=box.count, mean=mean))
    return found


def topics(network: Network, period: Period) -> list[tuple[str, int]]:
    """Topics of the meetings held, those of most meetings first."""
    meetings = Count("meetings", Q(meetings__in=meetings_held(network, period)), distinct=True)
    found = Topic.objects.filter(network=network).annotate(held=meetings).filter(held__gt=0)
    return list(found.order_by("-held", "name").values_list("name", "held"))


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _places(network: Network, period: Period) -> RegistrationQuerySet:
    rows = Registration.objects.with_place()
    return rows.filter(meeting__in=meetings_held(network, period))


def _who() -> Coalesce:
    return Coalesce(Cast("user_id", CharField()), Lower("guest_email"))
