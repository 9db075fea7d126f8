"""A meeting as a line in time, from planned to forgotten: what is done, what is due, what is late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cop.runsheet.meetings import LINK, PUBLISH
from cop.runsheet.notes import notes_due
from events.actions.reminding import planned
from events.models import Meeting
from events.rules.nagging import SPEAKERS_AHEAD
from events.talks import wanting_of
from notes.models import Notebook


class How(StrEnum):
    """How a stage stands; the value is a CSS class."""

    DONE = "done"
    AHEAD = "ahead"
    LATE = "late"


WORDS: dict[How, Promise] = {How.DONE: _("done"), How.AHEAD: _("to come"), How.LATE: _("late")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One point of the line; `on` is the day by which it is to be done, or was."""

    name: Promise
    how: How
    on: date | None = None

    @property
    def said(self) -> Promise:
        return WORDS[self.how]


def line_of(meeting: Meeting, at: datetime) -> list[Stage]:
    """The stages of a meeting, in their order."""
    return list(_stages(meeting, at))


def _stages(meeting: Meeting, at: datetime) -> Iterator[Stage]:
    yield Stage(name=_("Planned"), how=How.DONE)
    yield _before(meeting, at, _("Published"), PUBLISH, is_done=meeting.state == Meeting.State.PUBLISHED)
    yield _before(meeting, at, _("Speakers ready"), SPEAKERS_AHEAD, is_done=not wanting_of(meeting))
    if meeting.place != Meeting.Place.ROOM:
        yield _before(meeting, at, _("Link set"), LINK, is_done=bool(meeting.video_link))
    if steps := [step for step in planned(meeting, at) if step.at < meeting.starts_at]:
        left = [step.at.date() for step in steps if not step.is_over]
        yield Stage(name=_("Reminders"), how=How.AHEAD if left else How.DONE, on=left[0] if left else None)
    yield _by(_("The meeting"), meeting.local_start.date(), meeting.day_of(at), is_done=meeting.is_over(at))
    yield from _of_notes(meeting, at)


def _of_notes(meeting: Meeting, at: datetime) -> Iterator[Stage]:
    notebook = Notebook.objects.filter(meeting=meeting).first()
    is_out = notebook is not None and not notebook.is_open
    yield _by(_("Notes circulated"), notes_due(meeting), meeting.day_of(at), is_done=is_out)
    is_forgotten = notebook is not None and notebook.state == Notebook.State.FORGOTTEN
    yield Stage(name=_("Drafts forgotten"), how=How.DONE if is_forgotten else How.AHEAD)


def _before(meeting: Meeting, at: datetime, name: Promise, time: timedelta, *, is_done: bool) -> Stage:
    return _by(name, (meeting.local_start - time).date(), meeting.day_of(at), is_done=is_done)


def _by(name: Promise, due: date, today: date, *, is_done: bool) -> Stage:
    return Stage(name=name, how=How.DONE if is_done else How.LATE if due < today else How.AHEAD, on=due)
