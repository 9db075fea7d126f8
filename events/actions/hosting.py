"""Working through the questions in a meeting: what the host's buttons do. None of it says or learns who asked."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from events.models import AgendaItem, Meeting, Question
from events.signals import question_answered

State = Question.State


class HostingRefused(Exception):
    """The message is for the host. Whoever hears `question_answered` raises it where the answer has no place."""


class QuestionIsGone(HostingRefused):
    def __init__(self) -> None:
        super().__init__(_("This question is no longer there: somebody else took it away."))


def show_question(meeting: Meeting, question_id: UUID) -> None:
    """Make it the one being answered now; another that was goes back to those waiting. Raises `QuestionIsGone`."""
    with transaction.atomic():
        held = _hold(meeting)
        _find(held, question_id)
        held.questions.filter(state=State.SHOWN).update(state=State.WAITING)
        held.questions.filter(pk=question_id).update(state=State.SHOWN)


def put_aside(meeting: Meeting, question_id: UUID) -> None:
    """Not now. Raises `QuestionIsGone`."""
    _move(meeting, question_id, State.ASIDE)


def put_back(meeting: Meeting, question_id: UUID) -> None:
    """Among those waiting again. Raises `QuestionIsGone`."""
    _move(meeting, question_id, State.WAITING)


def take_away(meeting: Meeting, question_id: UUID) -> None:
    """Delete it for good; that somebody supported it says nothing any more, and goes when the meeting ends."""
    with transaction.atomic():
        _hold(meeting).questions.filter(pk=question_id).delete()


def answer_question(meeting: Meeting, question_id: UUID, *, agenda_item: AgendaItem | None) -> None:
    """It has been answered: it moves to the notes, under this part of the meeting. Pressing twice moves it once.

    Raises `HostingRefused` where the notes do not take it; then it stays where it was.
    """
    with transaction.atomic():
        held = _hold(meeting)
        question = _find(held, question_id)
        if question.state != State.ANSWERED:
            held.questions.filter(pk=question_id).update(state=State.ANSWERED)
            question_answered.send(sender=Question, meeting=held, text=question.text, agenda_item=agenda_item)


def _hold(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("network").get(pk=meeting.pk)


def _find(meeting: Meeting, question_id: UUID) -> Question:
    question = meeting.questions.filter(pk=question_id).first()
    if question is None:
        raise QuestionIsGone
    return question


def _move(meeting: Meeting, question_id: UUID, state: str) -> None:
    with transaction.atomic():
        held = _hold(meeting)
        if _find(held, question_id).state != State.ANSWERED:
            held.questions.filter(pk=question_id).update(state=state)
