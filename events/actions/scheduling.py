"""Putting a meeting into the calendar: its number, its address and its times follow from its series (B72)."""

import itertools
from collections.abc import Collection
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from events.models import AgendaItem, GreenRoom, Meeting, PlannedDate, Series
from events.rules.planning import Against, Proposed, propose
from events.rules.recurrence import first_date, is_counted, moments, next_dates
from members.models import Network

# What people have in their calendars: a change of any of these is a new version of the entry (RFC 5545 §3.8.7.4).
IN_CALENDARS = frozenset(
    {"title", "theme", "summary", "starts_at", "ends_at", "has_times", "time_zone", "place", "room", "state"}
)
# Where a series goes on as it did: how one meets, for how many, and how much may be attributed.
KEPT = ("place", "room", "capacity", "attribution_cap", "takes_questions")
# How far ahead dates are looked at, and how many: as many as there are weeks.
A_YEAR = timedelta(days=366)
MOST_DATES = 53
# How far from a date a meeting may be that stands for it.
NEARBY = timedelta(days=10)
USUAL_AGENDA = (
    (AgendaItem.Kind.WELCOME, AgendaItem.Basis.RULE, 5),
    (AgendaItem.Kind.TALK, AgendaItem.Basis.RECORD, 20),
    (AgendaItem.Kind.TALK, AgendaItem.Basis.RECORD, 20),
    (AgendaItem.Kind.DISCUSSION, AgendaItem.Basis.RULE, 25),
    (AgendaItem.Kind.ACTIONS, AgendaItem.Basis.RULE, 5),
)


def next_date(series: Series) -> date | None:
    """The first free day of the series' rule after today and after its last meeting; None without a rule (B72)."""
    proposed = (one for one in next_proposed(series) if one.is_free)
    return next((one.on for one in proposed), None)


def next_proposed(series: Series) -> list[Proposed]:
    """The days of the rule after today and after the last meeting, up to the first that is free."""
    today, last = _today(series), series.meetings.order_by("-starts_at").first()
    after = max(today, last.local_start.date()) if last else today
    found = propose(next_dates(series.rule, after, MOST_DATES, starting=_began(series)), _against(series))
    free = next((number for number, one in enumerate(found) if one.is_free), len(found))
    return found[: free + 1]


def coming_dates(series: Series) -> list[Proposed]:
    """The days of the rule in the year after today, with what speaks against each."""
    today = _today(series)
    found = next_dates(series.rule, today, MOST_DATES, starting=_began(series))
    return propose((on for on in found if on - today <= A_YEAR), _against(series))


def _today(series: Series) -> date:
    return timezone.localdate(timezone=ZoneInfo(series.network.time_zone))


def _began(series: Series) -> date:
    """Where "every fourth week" is counted from: the day the series says, or that of the meeting held last."""
    today = _today(series)
    if series.counted_from or not is_counted(series.rule or "FREQ=DAILY"):
        return series.counted_from or today
    held = series.meetings.filter(starts_at__lte=timezone.now()).order_by("-starts_at").first()
    found = held or series.meetings.order_by("starts_at").first()
    return _meant(found) if found else today


def begin_counting(series: Series) -> None:
    """Keep from when "every fourth week" is counted, so that moving a meeting moves no others."""
    if series.rule and not series.counted_from and is_counted(series.rule):
        is_new = not series.meetings.exists()
        series.counted_from = first_date(series.rule, _today(series)) if is_new else _began(series)
        series.save(update_fields=["counted_from"])


def _meant(meeting: Meeting) -> date:
    """The day the rule gave for a meeting, wherever it was moved to."""
    planned = PlannedDate.objects.filter(meeting=meeting).first()
    return planned.on if planned else meeting.local_start.date()


def _against(series: Series) -> Against:
    held = {meeting.local_start.date() for meeting in series.meetings.all()}
    decided = dict(series.planned.values_list("on", "meeting"))
    return Against(
        months=series.skipped_months,
        nation=series.holidays_of,
        made=frozenset(held | {on for on, meeting in decided.items() if meeting}),
        left_out=frozenset(on for on, meeting in decided.items() if not meeting),
    )


def next_number(series: Series) -> int:
    return (series.meetings.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def schedule_meeting(series: Series, *, on: date, theme: str = "", summary: str = "") -> Meeting:
    """A draft of the series' next meeting on a day, at the series' time of day in the network's zone.

    Number, times and text follow from the series; how one meets and the shape of the agenda from its last meeting.
    Speakers and links do not come along (B72). Where the day is not the rule's own but near the one it proposes, the
    meeting stands for that one, which is not proposed again.
    """
    series = _locked(series)
    last = series.meetings.order_by("-starts_at").first()
    stands_for = _stands_for(series, on)
    starts_at, ends_at = moments(on, series.starts, series.duration_minutes, series.network.time_zone)
    meeting = Meeting.objects.create(
        network=series.network,
        series=series,
        number=next_number(series),
        title=series.title,
        theme=theme,
        summary=summary,
        body=series.body,
        slug=free_slug(series.network, f"{on.isoformat()}-{theme or series.title}"),
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=series.network.time_zone,
        **{field: getattr(last, field) for field in KEPT if last},
    )
    lay_out_agenda(meeting, like=last)
    if last and (before := GreenRoom.objects.filter(meeting=last).first()):
        GreenRoom.objects.create(meeting=meeting, minutes=before.minutes)
    if stands_for:
        PlannedDate.objects.update_or_create(series=series, on=stands_for, defaults={"meeting": meeting})
    return meeting


def _stands_for(series: Series, on: date) -> date | None:
    """Which day of the rule, not made yet, a meeting on this day is for: that day, or the one proposed nearby."""
    if not series.rule:
        return None
    if on in next_dates(series.rule, on - timedelta(days=1), starting=min(_began(series), on)):
        return None if on in _against(series).made else on
    near = next_date(series)
    return near if near and abs(near - on) <= NEARBY else None


@transaction.atomic
def make_drafts(series: Series, dates: Collection[date]) -> list[Meeting]:
    """A draft for each of these days that the rule gives and that nobody has decided about; pressed twice, once."""
    series = _locked(series)
    wanted = [one.on for one in coming_dates(series) if one.may_be_made and one.on in dates]
    return [schedule_meeting(series, on=on) for on in wanted]


@transaction.atomic
def leave_out(series: Series, dates: Collection[date]) -> int:
    """Have no meeting on these days of the rule: they are not proposed again. How many."""
    series = _locked(series)
    wanted = [one.on for one in coming_dates(series) if one.may_be_made and one.on in dates]
    return len(PlannedDate.objects.bulk_create(PlannedDate(series=series, on=on) for on in wanted))


@transaction.atomic
def put_back(series: Series, dates: Collection[date]) -> int:
    """Propose days again that were left out. How many."""
    return _locked(series).planned.filter(on__in=dates, meeting=None).delete()[0]


def _locked(series: Series) -> Series:
    return Series.objects.select_for_update(of=("self",)).select_related("network").get(pk=series.pk)


def free_slug(network: Network, words: str) -> str:
    """An address made of these words that no other meeting of the network has."""
    wanted = slugify(words)[:100].strip("-")
    taken = set(Meeting.objects.of(network).filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = itertools.chain([wanted], (f"{wanted}-{number}" for number in itertools.count(2)))
    return next(slug for slug in candidates if slug not in taken)


def lay_out_agenda(meeting: Meeting, *, like: Meeting | None) -> None:
    """An agenda of the shape the last meeting had, or else the usual one; each talk still to be confirmed."""
    parts = [(item.kind, item.basis, item.minutes) for item in like.agenda.all()] if like else []
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=position, kind=kind, basis=basis, minutes=minutes, title=name(kind))
        for position, (kind, basis, minutes) in enumerate(parts or USUAL_AGENDA, start=1)
    )


def name(kind: str) -> str:
    """What an agenda item is called until somebody gives it a title."""
    return gettext("Talk to be confirmed") if kind == AgendaItem.Kind.TALK else AgendaItem.Kind(kind).label.capitalize()
