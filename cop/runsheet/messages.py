"""The messages of a meeting as a line in time: what was sent, and what will be (B89)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext

from events.actions.reminding import Planned, planned
from events.models import Meeting
from events.models.reminding import STEPS
from events.rules.reminding import Step
from members.models import Circular
from notes.models import Circulation


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message or reminder; `at` is on the meeting's clock. A planned one has its `step`, which can be changed."""

    at: datetime
    what: str | Promise
    people: str
    is_over: bool
    url: str = ""
    step: Step | None = None


def messages_of(meeting: Meeting, at: datetime) -> list[Message]:
    """What was sent about a meeting, and what is planned, in the order of time."""
    found = [*_reminders(meeting, at), *_letters(meeting), *_notices(meeting), *_notes(meeting)]
    return sorted(found, key=lambda one: one.at)


def _reminders(meeting: Meeting, at: datetime) -> Iterator[Message]:
    """A meeting that is not announced, or has no time of day, reminds nobody."""
    if meeting.state != Meeting.State.PUBLISHED or not meeting.has_times:
        return
    for one in planned(meeting, at):
        yield Message(
            at=one.at,
            what=_("Reminder: %s") % STEPS[one.step],
            people=_for_whom(one),
            is_over=bool(one.had) or one.is_over,
            step=None if one.had or one.is_over else one.step,
        )


def _for_whom(one: Planned) -> str:
    if one.had:
        return _people(one.had)
    if one.is_over:
        return _("nobody")
    return ngettext("%d person as things stand", "%d people as things stand", one.would) % one.would


def _letters(meeting: Meeting) -> Iterator[Message]:
    """Letters in organisers' own words to the meeting's people, drafts among them."""
    about = Circular.objects.filter(network=meeting.network_id, audience__endswith=f" {meeting.pk}")
    for one in about.select_related("mailing").annotate(people=Count("mailing__deliveries")):
        yield Message(
            at=(one.mailing.created_at if one.mailing else one.created_at).astimezone(meeting.zone),
            what=_("Letter: %s") % one.subject if one.mailing else _("A draft: %s") % one.subject,
            people=_people(one.people) if one.mailing else _("nobody yet"),
            is_over=one.mailing is not None,
            url=reverse("admin:members_circular_look", args=[one.pk]),
        )


def _notices(meeting: Meeting) -> Iterator[Message]:
    sent = meeting.notices.filter(mailing__isnull=False).annotate(people=Count("mailing__deliveries"))
    for one in sent:
        yield Message(
            at=one.told_at.astimezone(meeting.zone),
            what=_("What has changed, to those who registered"),
            people=_people(one.people),  # type: ignore[attr-defined]  # counted above
            is_over=True,
        )


def _notes(meeting: Meeting) -> Iterator[Message]:
    sent = Circulation.objects.filter(edition__meeting=meeting, edition__audience=0, mailing__isnull=False)
    for one in sent.annotate(people=Count("mailing__deliveries")):
        yield Message(
            at=one.circulated_at.astimezone(meeting.zone),
            what=_("The notes"),
            people=_people(one.people),
            is_over=True,
        )


def _people(count: int) -> str:
    return ngettext("%d person", "%d people", count) % count
