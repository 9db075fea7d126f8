"""What a meeting needs until its drafts are forgotten, step by step: by when, whether it is done, and its one press."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cop.runsheet.meetings import LINK, PUBLISH
from cop.runsheet.notes import notes_due
from cop.runsheet.preflight import NAMES, preflight_of
from events.actions.reminding import planned
from events.models import Material, Meeting
from events.rules.nagging import SPEAKERS_AHEAD
from events.rules.preflight import READY_AHEAD, Check
from events.talks import waiting_recordings, wanting_of
from members.models import Circular
from notes.models import Notebook

INVITE = timedelta(days=14)


class How(StrEnum):
    """How a step stands; the value is a CSS class."""

    DONE = "done"
    AHEAD = "ahead"
    LATE = "late"


WORDS: dict[How, Promise] = {How.DONE: _("done"), How.AHEAD: _("to come"), How.LATE: _("late")}


PRESSES: dict[Check, Promise] = {
    Check.LINK: _("Look at the link"),
    Check.TRIED: _("Try it"),
    Check.HOSTS: _("Name them"),
    Check.SPEAKERS: _("Ask them"),
    Check.SLIDES: _("Ask for them"),
    Check.REMINDER: _("Plan one"),
    Check.ENTRY: _("Look at its times"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; `on` is the day by which it is to be done, or was. `url` leads to where that is.

    `posts` where the press is a form, not a link; `is_small` where the line of the run-sheet leaves it out.
    """

    name: Promise
    how: How
    on: date | None = None
    press: str | Promise = ""
    url: str = ""
    posts: bool = False
    is_small: bool = False

    @property
    def said(self) -> Promise:
        return WORDS[self.how]

    @property
    def is_open(self) -> bool:
        return self.how is not How.DONE


def checklist_of(meeting: Meeting, at: datetime) -> list[Step]:
    """Every step of a meeting, in the order of time. One that was cancelled needs nothing more."""
    if meeting.state == Meeting.State.CANCELLED:
        return []
    return [*_before(meeting, at), *_day_before(meeting, at), *_after(meeting, at)]


def _before(meeting: Meeting, at: datetime) -> Iterator[Step]:
    is_out = meeting.state == Meeting.State.PUBLISHED
    publish = reverse("admin:events_meeting_act", args=[meeting.pk, "publish"])
    yield _ahead(meeting, at, PUBLISH, _("Published"), done=is_out, press=_("Publish"), url=publish)
    if is_out:
        invited = Circular.objects.filter(
            network=meeting.network_id, audience=f"events/not-registered {meeting.pk}", mailing__isnull=False
        )
        yield _ahead(
            meeting,
            at,
            INVITE,
            _("Members invited"),
            done=invited.exists() or meeting.is_over(at),
            press=_("Invite members"),
            url=reverse("admin:events_meeting_invite", args=[meeting.pk]),
            posts=True,
            is_small=True,
        )
    speakers = reverse("admin:events_meeting_speakers", args=[meeting.pk])
    is_ready = not wanting_of(meeting)
    yield _ahead(
        meeting, at, SPEAKERS_AHEAD, _("Speakers ready"), done=is_ready, press=_("See what is missing"), url=speakers
    )
    if meeting.place != Meeting.Place.ROOM:
        has_link = bool(meeting.video_link)
        yield _ahead(meeting, at, LINK, _("Link set"), done=has_link, press=_("Set the link"), url=link_page(meeting))
    if steps := [step for step in planned(meeting, at) if step.at < meeting.starts_at]:
        left = [step.at.date() for step in steps if not step.is_over]
        yield Step(name=_("Reminders"), how=How.AHEAD if left else How.DONE, on=left[0] if left else None)


def _day_before(meeting: Meeting, at: datetime) -> Iterator[Step]:
    """What is looked at the day before; once the meeting has begun, nobody asks any more."""
    if meeting.starts_at <= at:
        return
    places = {
        Check.LINK: link_page(meeting),
        Check.TRIED: link_page(meeting),
        Check.HOSTS: f"{meeting_page(meeting)}#hosts",
        Check.SPEAKERS: reverse("admin:events_meeting_speakers", args=[meeting.pk]),
        Check.SLIDES: reverse("admin:events_meeting_speakers", args=[meeting.pk]),
        Check.REMINDER: reverse("admin:events_meeting_reminders", args=[meeting.pk]),
        Check.ENTRY: reverse("admin:events_meeting_change", args=[meeting.pk]),
    }
    for check, done in preflight_of(meeting, at).items():
        press, url = PRESSES[check], places[check]
        yield _ahead(meeting, at, READY_AHEAD, NAMES[check], done=done, press=press, url=url, is_small=True)


def _after(meeting: Meeting, at: datetime) -> Iterator[Step]:
    yield _by(_("The meeting"), meeting.local_start.date(), meeting.day_of(at), done=meeting.is_over(at))
    notebook = Notebook.objects.filter(meeting=meeting).first()
    is_out, is_over = notebook is not None and not notebook.is_open, meeting.is_over(at)
    yield _by(
        _("Notes circulated"),
        notes_due(meeting),
        meeting.day_of(at),
        done=is_out,
        press=_("Go on with the notes") if is_over else "",
        url=reverse("admin:notes_notebook_desk", args=[meeting.pk]) if is_over else "",
    )
    if is_over and meeting.materials.filter(kind=Material.Kind.RECORDING).exists():
        waits = bool(waiting_recordings(meeting))
        yield Step(
            name=_("Recordings agreed to"),
            how=How.AHEAD if waits else How.DONE,
            press=_("Ask the speakers"),
            url=reverse("admin:events_meeting_speakers", args=[meeting.pk]),
            is_small=True,
        )
    is_forgotten = notebook is not None and notebook.state == Notebook.State.FORGOTTEN
    yield Step(name=_("Drafts forgotten"), how=How.DONE if is_forgotten else How.AHEAD)


def meeting_page(meeting: Meeting) -> str:
    """The screen of a meeting in the panel."""
    return reverse("admin:events_meeting_screen", args=[meeting.pk])


def link_page(meeting: Meeting) -> str:
    """Where the link to the call is set."""
    return f"{meeting_page(meeting)}#link"


def _ahead(
    meeting: Meeting,
    at: datetime,
    time: timedelta,
    name: Promise,
    *,
    done: bool,
    press: Promise,
    url: str,
    posts: bool = False,
    is_small: bool = False,
) -> Step:
    """What is to be done so long before a meeting; once that is over, nothing of it can be done any more."""
    due, over = (meeting.local_start - time).date(), meeting.is_over(at)
    step = _by(name, due, meeting.day_of(at), done=done)
    return Step(
        name=name,
        how=step.how,
        on=due,
        press="" if over else press,
        url="" if over else url,
        posts=posts,
        is_small=is_small,
    )


def _by(name: Promise, due: date, today: date, *, done: bool, press: str | Promise = "", url: str = "") -> Step:
    how = How.DONE if done else How.LATE if due < today else How.AHEAD
    return Step(name=name, how=how, on=due, press=press, url=url)
