"""The dates that a series' rule gives, as organisers see them, and what they press."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from events.actions.scheduling import coming_dates, leave_out, make_drafts, put_back
from events.models import Meeting, Series
from events.rules.planning import Mark, Proposed

WORDS: dict[Mark, Promise] = {
    Mark.FREE: gettext_lazy("free"),
    Mark.MADE: gettext_lazy("made"),
    Mark.LEFT_OUT: gettext_lazy("left out"),
    Mark.MONTH: gettext_lazy("a month without a meeting"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One date: what is said of it, and the meeting that stands for it."""

    proposed: Proposed
    words: str
    meeting: Meeting | None = None

    @property
    def is_left_out(self) -> bool:
        return self.proposed.mark is Mark.LEFT_OUT


def rows_of(series: Series) -> list[Row]:
    """Each date of the year ahead; moved and cancelled meetings stand where the rule had them."""
    meetings = series.meetings.select_related("planned").order_by("starts_at")
    standing = {one.planned.on if hasattr(one, "planned") else one.local_start.date(): one for one in meetings}
    return [said_of(one, standing) for one in coming_dates(series)]


def said_of(proposed: Proposed, standing: Mapping[date, Meeting]) -> Row:
    """A date with its words, given the meetings by the dates they stand for."""
    meeting = standing.get(proposed.on) if proposed.mark is Mark.MADE else None
    if proposed.mark is Mark.HOLIDAY:
        return Row(proposed, _("bank holiday: %s") % proposed.holiday)
    return Row(proposed, _became(meeting, proposed.on) if meeting else str(WORDS[proposed.mark]), meeting)


def _became(meeting: Meeting, on: date) -> str:
    state = meeting.get_state_display()
    held = meeting.local_start.date()
    moved = _("moved to %s") % date_format(held, "l j F") if held != on else ""
    return ", ".join(filter(None, [state, moved]))


def pressed(series: Series, said: QueryDict) -> tuple[str, str]:
    """Do what was pressed: with one date, or with those chosen. What to say of it, and how loudly."""
    for name, act in PRESSES.items():
        if name in said and (dates := _dates(said.getlist(name))):
            return act(series, dates), "SUCCESS"
    if dates := _dates(said.getlist("on")):
        return _make(series, dates), "SUCCESS"
    return _("Choose at least one date, then press again."), "WARNING"


def _dates(texts: list[str]) -> list[date]:
    return [found for text in texts if (found := _date(text))]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _make(series: Series, dates: list[date]) -> str:
    count = len(make_drafts(series, dates))
    said = ngettext("There is %d draft more.", "There are %d drafts more.", count) % count
    return f"{said} {_('Nobody else sees them before you publish them.')}"


def _leave_out(series: Series, dates: list[date]) -> str:
    leave_out(series, dates)
    return _("The date is left out, and is not proposed again.")


def _put_back(series: Series, dates: list[date]) -> str:
    put_back(series, dates)
    return _("The date is proposed again.")


PRESSES: dict[str, Callable[[Series, list[date]], str]] = {"leave-out": _leave_out, "put-back": _put_back}
