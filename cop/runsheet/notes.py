"""Work with notes: what was said, and has not reached the network yet."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from cop.runsheet.meetings import on_day
from cop.runsheet.work import Work
from events.models import Meeting
from events.rules.nagging import NOTES_AFTER_WORKING_DAYS, working_day_after
from members.models import Network
from notes.models import Correction, Notebook

# Whoever has not noted anything in two months does not mean to.
RECENT = timedelta(days=60)


def work(network: Network, at: datetime) -> Iterator[Work]:
    """What note-takers and organisers have to see to, the earliest meeting first."""
    held = Meeting.objects.of(network).published().filter(starts_at__lte=at, ends_at__gt=at - RECENT)
    notebooks = {one.meeting_id: one for one in Notebook.objects.filter(meeting__in=held)}
    for meeting in held.select_related("series").order_by("starts_at"):
        if one := of_meeting(meeting, notebooks.get(meeting.pk), at):
            yield one
    yield from second_looks(network)
    yield from corrections(network)


def of_meeting(meeting: Meeting, notebook: Notebook | None, at: datetime) -> Work | None:
    """The next step of one meeting's notes; none once they are circulated, or while contributors choose."""
    day, desk = on_day(meeting), reverse("admin:notes_notebook_desk", args=[meeting.pk])
    if not meeting.is_over(at):
        return Work(what=_("The meeting of %s is on.") % day, press=_("Take notes"), url=desk, is_late=True)
    is_late = meeting.day_of(at) > notes_due(meeting)
    if notebook is None:
        return Work(what=_("Nothing is noted of the meeting of %s.") % day, press=_("Write"), url=desk, is_late=is_late)
    if not notebook.is_open or (notebook.state == Notebook.State.ASKING and not notebook.is_overdue(at)):
        return None
    review = reverse("admin:notes_notebook_review", args=[meeting.pk])
    said = _("The notes of %s have not been circulated.") % day
    return Work(what=said, press=_("Go on with them"), url=review, is_late=is_late)


def notes_due(meeting: Meeting) -> date:
    """The day by which a meeting's notes are to go round; organisers are reminded that morning (B85)."""
    return working_day_after(meeting.local_end.date(), NOTES_AFTER_WORKING_DAYS, meeting.holidays_of)


def second_looks(network: Network) -> Iterator[Work]:
    looks = Notebook.objects.filter(meeting__network=network, needs_a_look=True).select_related("meeting")
    for notebook in looks.order_by("meeting__starts_at"):
        yield Work(
            what=_("The notes of %s need another look.") % on_day(notebook.meeting),
            press=_("Look at them"),
            url=reverse("admin:notes_notebook_review", args=[notebook.meeting_id]),
            is_late=True,
        )


def corrections(network: Network) -> Iterator[Work]:
    waiting = [Correction.State.OPEN, Correction.State.WORDED]
    held = Meeting.objects.of(network).filter(
        pk__in=Correction.objects.filter(state__in=waiting, meeting__network=network).values("meeting")
    )
    for meeting in held.order_by("starts_at"):
        yield Work(
            what=_("Readers say that something in the notes of %s is not right.") % on_day(meeting),
            press=_("Look at it"),
            url=reverse("admin:notes_notebook_corrections", args=[meeting.pk]),
        )
