"""Questions without a name: asking, and supporting what others asked (docs/decisions/0007).

Every act holds the meeting's row, so that counts are right however close together people press.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from random import SystemRandom
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from cop.lib.encryption import keyed_digest, keyed_digests
from events.models import Allowance, Meeting, Question, Support
from events.rules.questions import LONGEST_QUESTION, MOST_A_PERSON, Unfit, folded, why_unfit
from events.rules.seating import Closed

UNFIT: dict[Unfit, Promise] = {
    Unfit.EMPTY: gettext_lazy("There is no question yet. Write it, then press the button."),
    Unfit.LONG: gettext_lazy("The question is too long. Say it in %d characters or fewer."),
    Unfit.HIDDEN: gettext_lazy("The text holds marks that cannot be seen. Type it again without them."),
}
SHUT: dict[Closed, Promise] = {
    Closed.DRAFT: gettext_lazy("This meeting has not been announced yet, so nothing can be asked."),
    Closed.CANCELLED: gettext_lazy("This meeting has been cancelled, so nothing can be asked any more."),
    Closed.OVER: gettext_lazy("This meeting is over, so nothing can be asked any more."),
    Closed.RESTING: gettext_lazy("This network is at rest, so nothing can be asked any more."),
}


class AskingRefused(Exception):
    """The message is for the person who asked, and says what to do."""


def why_shut(meeting: Meeting, *, at: datetime) -> str:
    """Why nothing can be asked or supported at `at`, in a sentence; empty while it can."""
    if not meeting.takes_questions:
        return _("The organisers have switched questions off for this meeting.")
    closed = meeting.why_closed(at)
    return str(SHUT[closed]) if closed else ""


def ask_question(meeting: Meeting, *, person: str, text: str, at: datetime) -> None:
    """Put a question to the meeting. `person` (of `events.access.asker_of`) is counted, and kept with nothing.

    What is asked already is not asked twice, so pressing twice is harmless. Raises `AskingRefused`.
    """
    text = folded(text)
    unfit = why_unfit(text)
    if unfit is not None:
        words = str(UNFIT[unfit])
        raise AskingRefused(words % LONGEST_QUESTION if unfit == Unfit.LONG else words)
    with _open(meeting, at) as held:
        questions = list(held.questions.all())
        if all(one.text != text for one in questions):
            _deal(held, [*questions, Question(meeting=held, text=text)], _counted(held, person))


def support_question(meeting: Meeting, *, person: str, question_id: UUID, at: datetime) -> None:
    """Count `person` among those who want this answered, once. Raises `AskingRefused`."""
    with _open(meeting, at) as held:
        question = _waiting(held, question_id)
        if held.supports.filter(digest__in=_support_digests(question_id, person)).exists():
            return
        held.supports.create(digest=keyed_digest("support", str(question_id), person))
        held.questions.filter(pk=question.pk).update(supports=F("supports") + 1)


def take_support_back(meeting: Meeting, *, person: str, question_id: UUID, at: datetime) -> None:
    """Count `person` no longer; where they were not counted, nothing changes. Raises `AskingRefused`."""
    with _open(meeting, at) as held:
        question = _waiting(held, question_id)
        gone, _rows = held.supports.filter(digest__in=_support_digests(question_id, person)).delete()
        held.questions.filter(pk=question.pk).update(supports=F("supports") - gone)


def supported_by(person: str, questions: Iterable[Question]) -> set[UUID]:
    """Which of these `person` supports; for that person's own page only."""
    asked = {digest: one.pk for one in questions for digest in _support_digests(one.pk, person)}
    known = Support.objects.filter(digest__in=asked).values_list("digest", flat=True)
    return {asked[digest] for digest in known}


@contextmanager
def _open(meeting: Meeting, at: datetime) -> Iterator[Meeting]:
    with transaction.atomic():
        held = Meeting.objects.select_for_update().get(pk=meeting.pk)
        shut = why_shut(held, at=at)
        if shut:
            raise AskingRefused(shut)
        yield held


def _waiting(meeting: Meeting, question_id: UUID) -> Question:
    """The question, while it can be supported."""
    question = meeting.questions.filter(pk=question_id).exclude(state=Question.State.ANSWERED).first()
    if question is None:
        raise AskingRefused(_("This question has been answered or taken away. The list is up to date now."))
    return question


def _support_digests(question_id: UUID, person: str) -> list[str]:
    return keyed_digests("support", str(question_id), person)


def _counted(meeting: Meeting, person: str) -> list[Allowance]:
    """Everybody's counts at this meeting, this person's raised by one."""
    allowances = list(meeting.allowances.all())
    theirs = keyed_digests("questions asked", str(meeting.pk), person)
    own = next((one for one in allowances if one.digest in theirs), None)
    if own is None:
        return [*allowances, Allowance(meeting=meeting, digest=theirs[0], used=1)]
    if own.used >= MOST_A_PERSON:
        words = _("You have asked %d questions, as many as one person can here. You can still support those of others.")
        raise AskingRefused(words % MOST_A_PERSON)
    own.used += 1
    return allowances


def _deal(meeting: Meeting, questions: list[Question], allowances: list[Allowance]) -> None:
    """Lay all rows of the meeting anew, in random order and in one transaction.

    Rows as they were added would pair the newest question with the count that was raised beside it: by their order in
    the file, and in PostgreSQL by the number of the transaction that wrote them.
    """
    for rows in (questions, allowances):
        SystemRandom().shuffle(rows)
    meeting.questions.all().delete()
    meeting.allowances.all().delete()
    Question.objects.bulk_create(questions)
    Allowance.objects.bulk_create(allowances)
