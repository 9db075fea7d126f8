"""The page of questions without a name: for those who are registered, and those who run the network.

Asking, supporting and taking back go to one address and are answered alike, so that a list of requests does not say
which it was; and the page after asking is the one that everybody has.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from events.access import announced_meeting_or_404, asker_by_link, asker_of, registration_by_token
from events.actions.asking import (
    AskingRefused,
    ask_question,
    support_question,
    supported_by,
    take_support_back,
    why_shut,
)
from events.forms import QuestionForm
from events.models import Meeting, Question
from members.access import runs

State = Question.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as one reader sees it."""

    question: Question
    is_supported: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions in the same state, under a heading."""

    title: str
    state: str
    asked: list[Asked]


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """Signed in."""
    found = announced_meeting_or_404(network, meeting)
    person = asker_of(request.user, found)
    if person is None:
        raise Http404
    return answer(request, found, person)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def questions_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in the letter, without an account."""
    registration = registration_by_token(token, "registration")
    return answer(request, registration.meeting, asker_by_link(registration))


@sensitive_variables()
def answer(request: HttpRequest, meeting: Meeting, person: str) -> HttpResponse:
    """The list, or what came of a press."""
    form = QuestionForm(request.POST or None)
    if request.method == "POST":
        try:
            messages.success(request, do_what_was_pressed(request, meeting, person))
            return redirect(request.path)
        except AskingRefused as refused:
            form.is_valid()
            form.add_error("text" if "text" in request.POST else None, str(refused))
    page = {
        "network": meeting.network,
        "meeting": meeting,
        "form": form,
        "groups": groups(meeting, person),
        "shut": why_shut(meeting, at=timezone.now()),
        "runs": runs(request.user, meeting.network),
    }
    return render(request, "events/questions.html", page, status=422 if form.errors else 200)


@sensitive_variables()
def do_what_was_pressed(request: HttpRequest, meeting: Meeting, person: str) -> str:
    """Do it, and what to say of it: nothing that tells one question from another. Raises `AskingRefused`."""
    now, said = timezone.now(), request.POST
    presses: dict[str, Callable[..., None]] = {"support": support_question, "take_back": take_support_back}
    for name, act in presses.items():
        if name in said:
            act(meeting, person=person, question_id=question_id(said[name]), at=now)
            return _("Done. Nobody sees who supports a question.")
    ask_question(meeting, person=person, text=said.get("text", ""), at=now)
    return _("Your question is in the list, without your name.")


def question_id(said: str) -> UUID:
    """The id a button carried; `Http404` if it is none."""
    try:
        return UUID(said)
    except ValueError:
        raise Http404 from None


def groups(meeting: Meeting, person: str) -> list[Group]:
    """All questions by state, most supported first; which of them the reader supports is for this reader only."""
    rows = list(meeting.questions.all())
    theirs = supported_by(person, rows)
    titles = {
        State.SHOWN: _("Being answered now"),
        State.WAITING: _("Waiting"),
        State.ASIDE: _("Put aside for now"),
        State.ANSWERED: _("Answered"),
    }
    return [
        Group(title=title, state=state, asked=asked)
        for state, title in titles.items()
        if (asked := [Asked(question=row, is_supported=row.pk in theirs) for row in rows if row.state == state])
    ]
