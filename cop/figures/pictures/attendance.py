"""Registered and came, meeting by meeting (B82)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _, ngettext

from cop.figures.counting import Held
from cop.figures.counts import Counts
from cop.figures.rules import drawing
from cop.figures.rules.drawing import Value
from cop.figures.rules.periods import MOST_COLUMNS, Grain, grain_of, span_of, spans
from cop.figures.spoken import head, number, stretch, under, unknown
from cop.figures.tables import Figure, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One column: a meeting, or those of a month, quarter or year. `came` is 0 where nobody kept who did."""

    day: date
    title: str
    meetings: int
    registered: int
    came: int


def attendance(counts: Counts) -> Figure:
    title = _("Registered, and came")
    if not counts.held:
        return Figure(key="attendance", title=title, nothing=_("No meeting was held in this time."))
    grain, rows = in_rows(counts.held)
    values = [Value(under=under(row.day, grain), whole=row.registered, part=row.came or None) for row in rows]
    gaps = any(one.registered and not one.came for one in counts.held)
    return Figure(
        key="attendance",
        title=title,
        said=_said(counts),
        whole=_("registered"),
        part=_("came"),
        columns=drawing.columns(values),
        table=table_of(counts, grain, rows),
        note=_("Where nobody kept who came there is a dash: that is not nought.") if gaps else "",
    )


def in_rows(held: Sequence[Held], *, most: int = MOST_COLUMNS) -> tuple[Grain, list[Row]]:
    """At most so many columns, where years are fine enough; a month without a meeting is there, and empty."""
    grain = grain_of([one.day for one in held], most=most)
    if grain is Grain.MEETING or not held:
        return grain, [
            Row(day=one.day, title=one.title, meetings=1, registered=one.registered, came=one.came) for one in held
        ]
    those: dict[date, list[Held]] = {day: [] for day in spans(held[0].day, held[-1].day, grain)}
    for one in held:
        those[span_of(one.day, grain)].append(one)
    return grain, [_together(day, meetings) for day, meetings in those.items()]


def _together(day: date, held: Sequence[Held]) -> Row:
    registered, came = sum(one.registered for one in held), sum(one.came for one in held)
    return Row(day=day, title="", meetings=len(held), registered=registered, came=came)


def table_of(counts: Counts, grain: Grain, rows: Sequence[Row]) -> Table:
    """By meeting, or with how many meetings there were."""
    several = grain is not Grain.MEETING

    def line(name: str, row: Row) -> tuple[str, ...]:
        came = number(row.came) if row.came else unknown()
        return (name, *([number(row.meetings)] if several else []), number(row.registered), came)

    return Table(
        caption=_("Who registered, and who came"),
        heads=(head(grain), *([_("Meetings")] if several else []), _("Registered"), _("Came")),
        rows=tuple(line(stretch(row.day, grain, row.title), row) for row in rows),
        foot=line(_("Together"), _together(counts.period.first, counts.held)),
    )


def _said(counts: Counts) -> str:
    words = {"meetings": number(len(counts.held)), "registered": number(counts.registered)}
    said = ngettext(
        "%(meetings)s meeting, %(registered)s places taken",
        "%(meetings)s meetings, %(registered)s places taken",
        len(counts.held),
    )
    share = share_that_came(counts.held)
    if share is None:
        return _("%s; who came was not kept.") % (said % words)
    return _("%(said)s; of 100 who registered, %(share)d came.") % {"said": said % words, "share": share}


def share_that_came(held: Iterable[Held]) -> int | None:
    """Of a hundred who registered for meetings at which it was kept who came; None where it never was."""
    kept = [one for one in held if one.came]
    registered = sum(one.registered for one in kept)
    return round(100 * sum(one.came for one in kept) / registered) if registered else None
