"""Answers without a name: opening, answering and closing a survey; feedback on meetings (B68, B69; decision 41).

Every act holds the survey's row, in which all answers lie.
"""

from datetime import datetime, timedelta
from random import SystemRandom
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from cop.lib.encryption import keyed_digests
from events.actions.scheduling import free_slug
from events.models import Meeting, Survey, SurveyQuestion
from events.rules import surveys
from events.rules.surveys import KEEP_WORDS, Box, Sheet

State = Survey.State


class AnsweringRefused(Exception):
    """The message is for whoever pressed, and says what to do."""


class CannotOpen(Exception):
    """A survey without a question asks nothing; its words say what to do."""


def feedback_of(meeting: Meeting) -> tuple[Survey, list[SurveyQuestion]]:
    """The feedback on a meeting with its two questions; not in the database before somebody answers."""
    found = Survey.objects.filter(meeting=meeting).select_related("network").first()
    survey = found or Survey(
        network=meeting.network,
        meeting=meeting,
        title=_("Feedback"),
        state=State.OPEN,
        closes_at=meeting.ends_at + surveys.FEEDBACK_FOR,
        shares_figures=False,
    )
    return survey, list(found.questions.all()) if found else _two_questions(survey)


def _two_questions(survey: Survey) -> list[SurveyQuestion]:
    ends = f"{_('not worth my time')}\n{_('well worth it')}"
    kinds = SurveyQuestion.Kind
    return [
        SurveyQuestion(survey=survey, position=1, kind=kinds.SCALE, text=_("Was it worth your time?"), choices=ends),
        SurveyQuestion(survey=survey, position=2, kind=kinds.TEXT, text=_("What shall we keep, or do differently?")),
    ]


def takes_feedback(meeting: Meeting, *, at: datetime) -> bool:
    """Whether people of the meeting can say how it was; a network at rest asks nothing (B100)."""
    held = meeting.state == Meeting.State.PUBLISHED and not meeting.network.is_resting
    return held and surveys.takes_feedback(ends_at=meeting.ends_at, at=at)


@transaction.atomic
def give_feedback(meeting: Meeting, sheet: Sheet, *, person: str, at: datetime) -> None:
    """Put somebody's feedback on a meeting with the others'. Raises `AnsweringRefused`."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("network").get(pk=meeting.pk)
    if not takes_feedback(held, at=at):
        raise AnsweringRefused(_("Feedback on this meeting is closed."))
    survey, questions = feedback_of(held)
    if survey._state.adding:
        survey.save()
        SurveyQuestion.objects.bulk_create(questions)
    answer(survey, sheet, person=person, at=at)


@transaction.atomic
def answer(survey: Survey, sheet: Sheet, *, person: str, at: datetime) -> None:
    """Put somebody's answers with the others', once. Of `person` (as in `events.access`) a digest is kept until it is
    closed, beside all others and no answer. Raises `AnsweringRefused`."""
    held = Survey.objects.select_for_update(of=("self",)).select_related("network").get(pk=survey.pk)
    box, digests = surveys.read(held.box), _digests(held, person)
    if not is_open(held, at=at):
        raise AnsweringRefused(_("This survey is closed, so nothing can be answered any more."))
    if surveys.has_answered(box, digests):
        raise AnsweringRefused(_("You have answered. Nobody can tell which answers are yours, so they stay."))
    if not any(sheet.chosen.values()) and not any(sheet.written.values()):
        raise AnsweringRefused(_("There is no answer yet. One is enough."))
    _keep(held, surveys.put(box, sheet, digest=digests[0], shuffle=SystemRandom().shuffle))


def has_answered(survey: Survey, person: str) -> bool:
    """For that person's own page only."""
    return not survey._state.adding and surveys.has_answered(surveys.read(survey.box), _digests(survey, person))


def is_open(survey: Survey, *, at: datetime) -> bool:
    """Whether it takes answers; none while its network is at rest (B100)."""
    is_time = survey.closes_at is None or at < survey.closes_at
    return survey.state == State.OPEN and is_time and not survey.network.is_resting


def box_of(survey: Survey) -> Box:
    return surveys.read(survey.box)


@transaction.atomic
def open_survey(survey: Survey) -> None:
    """Let members answer; from now on the questions stay as they are. Raises `CannotOpen`."""
    held = Survey.objects.select_for_update().get(pk=survey.pk)
    questions = list(held.questions.all())
    if held.state != State.DRAFT:
        return
    if not questions:
        raise CannotOpen(_("There is no question yet. Add one, then open it."))
    for place, question in enumerate(questions, start=1):
        SurveyQuestion.objects.filter(pk=question.pk).update(position=place)
    Survey.objects.filter(pk=held.pk).update(state=State.OPEN)


@transaction.atomic
def close_survey(survey: Survey, *, at: datetime) -> None:
    """Take no more answers, for good; who has answered is forgotten, and what is of too few."""
    held = Survey.objects.select_for_update().get(pk=survey.pk)
    if held.state == State.OPEN:
        Survey.objects.filter(pk=held.pk).update(state=State.CLOSED, closed_at=at)
        _keep(held, surveys.closed(surveys.read(held.box)))


@transaction.atomic
def meeting_at(question: SurveyQuestion) -> Meeting:
    """A draft of a meeting at the time that was proposed; pressing twice makes one."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("network").get(pk=question.survey_id)
    if question.starts_at is None:
        raise LookupError("This question proposes no time.")
    network, ends_at = survey.network, question.starts_at + timedelta(minutes=survey.duration_minutes)
    at = {"network": network, "title": survey.title, "starts_at": question.starts_at, "ends_at": ends_at}
    there = Meeting.objects.filter(**at, state=Meeting.State.DRAFT).first()
    day = question.starts_at.astimezone(ZoneInfo(network.time_zone)).date()
    slug = free_slug(network, f"{day.isoformat()}-{survey.title}")
    return there or Meeting.objects.create(**at, slug=slug, time_zone=network.time_zone)


def forget_answers(at: datetime) -> int:
    """Close what is due, and delete words a year after; how many surveys lost something. Safe to run at any time."""
    due = list(Survey.objects.open().filter(closes_at__lte=at))
    for survey in due:
        close_survey(survey, at=at)
    old = [one for one in Survey.objects.filter(closed_at__lte=at - KEEP_WORDS) if box_of(one).texts]
    for survey in old:
        _keep(survey, surveys.without_words(box_of(survey)))
    return len(due) + len(old)


def _digests(survey: Survey, person: str) -> list[str]:
    return keyed_digests("answered", str(survey.pk), person)


def _keep(survey: Survey, box: Box) -> None:
    Survey.objects.filter(pk=survey.pk).update(box=surveys.written_down(box))
