"""Letting go of questions: of who was counted when the meeting has ended, of their words some time after (R11)."""

from datetime import datetime, timedelta

from cop.lib.space import overwrite_space
from events.models import Allowance, Meeting, Question, Support


def forget_due(at: datetime) -> int:
    """Delete what is due at `at`; how many rows. Safe to run at any time."""
    ended = {"meeting__ends_at__lte": at}
    gone = sum(rows.filter(**ended).delete()[0] for rows in (Support.objects, Allowance.objects))
    held = Meeting.objects.filter(ends_at__lte=at, pk__in=Question.objects.values("meeting")).select_related("network")
    gone += sum(forget_questions(meeting) for meeting in held if forget_at(meeting) <= at)
    if gone:
        overwrite_space()
    return gone


def forget_at(meeting: Meeting) -> datetime:
    """When a meeting's questions are deleted: the network's days after its end."""
    return meeting.ends_at + timedelta(days=meeting.network.retention_days)


def forget_questions(meeting: Meeting) -> int:
    """Delete a meeting's questions, and all that was counted for them; how many rows."""
    kinds = (meeting.questions, meeting.supports, meeting.allowances)
    return sum(rows.all().delete()[0] for rows in kinds)
