"""Putting a meeting into the calendar: its number, its address and its times follow from its series (B72)."""

import itertools
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from events.models import AgendaItem, Meeting, Series
from events.rules.recurrence import moments, next_dates
from members.models import Network

# What people have in their calendars: a change of any of these is a new version of the entry (RFC 5545 §3.8.7.4).
IN_CALENDARS = frozenset({"title", "theme", "summary", "starts_at", "ends_at", "time_zone", "place", "room", "state"})
# Where a series goes on as it did: how one meets, for how many, and how much may be attributed.
KEPT = ("place", "room", "capacity", "attribution_cap", "takes_questions")
USUAL_AGENDA = (
    (AgendaItem.Kind.WELCOME, AgendaItem.Basis.RULE, 5),
    (AgendaItem.Kind.TALK, AgendaItem.Basis.RECORD, 20),
    (AgendaItem.Kind.TALK, AgendaItem.Basis.RECORD, 20),
    (AgendaItem.Kind.DISCUSSION, AgendaItem.Basis.RULE, 25),
    (AgendaItem.Kind.ACTIONS, AgendaItem.Basis.RULE, 5),
)


def next_date(series: Series) -> date | None:
    """The first day the series' rule gives after today and after its last meeting; None without a rule."""
    today = timezone.localdate(timezone=ZoneInfo(series.network.time_zone))
    last = series.meetings.order_by("-starts_at").first()
    began = last.local_start.date() if last else today
    return next(iter(next_dates(series.rule, max(today, began), starting=began)), None)


def next_number(series: Series) -> int:
    return (series.meetings.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def schedule_meeting(series: Series, *, on: date, theme: str = "", summary: str = "") -> Meeting:
    """A draft of the series' next meeting on a day, at the series' time of day in the network's zone.

    Number and times follow from the series; how one meets and the shape of the agenda from its last meeting. Speakers
    and links do not come along (B72).
    """
    series = Series.objects.select_for_update(of=("self",)).select_related("network").get(pk=series.pk)
    last = series.meetings.order_by("-starts_at").first()
    starts_at, ends_at = moments(on, series.starts, series.duration_minutes, series.network.time_zone)
    meeting = Meeting.objects.create(
        network=series.network,
        series=series,
        number=next_number(series),
        title=series.title,
        theme=theme,
        summary=summary,
        slug=free_slug(series.network, f"{on.isoformat()}-{theme or series.title}"),
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=series.network.time_zone,
        **{field: getattr(last, field) for field in KEPT if last},
    )
    lay_out_agenda(meeting, like=last)
    return meeting


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
