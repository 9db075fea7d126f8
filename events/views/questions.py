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
from events.forms.participants import QuestionForm
from events.models import Meeting, Question
from members.access import takes_notes

State = Question.State
PRESSES: dict[str, Callable[..., None]] = {"support": support_question, "take_back": take_support_back}


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
    """The list, or what came of a press. What is half written when a question is supported stays in its field."""
    form, status = QuestionForm(initial={"text": request.POST.get("text", "")}), 200
    if request.method == "POST":
        pressed = request.POST.keys() & PRESSES.keys()
        form = form if pressed else QuestionForm(request.POST)
        try:
            if pressed:
                support_or_take_back(request, meeting, person, pressed.pop())
            elif form.is_valid():
                ask_question(meeting, person=person, text=form.cleaned_data["text"], at=timezone.now())
                messages.success(request, _("Your question is in the list, without your name."))
        except AskingRefused as refused:
            say_why(request, form, refused)
        if not (form.errors or form.initial.get("text")):
            return redirect(request.path)
        status = 422 if form.errors else 200
    page = {
        "network": meeting.network,
        "meeting": meeting,
        "form": form,
        "groups": groups(meeting, person),
        "shut": why_shut(meeting, at=timezone.now()),
        "runs": takes_notes(request.user, meeting.network),
    }
    return render(request, "events/questions.html", page, status=status)


def support_or_take_back(request: HttpRequest, meeting: Meeting, person: str, pressed: str) -> None:
    """Do what one of the list's buttons is for. Raises `AskingRefused`."""
    PRESSES[pressed](meeting, person=person, question_id=question_id(request.POST[pressed]), at=timezone.now())
    messages.success(request, _("Done. Nobody sees who supports a question."))


def say_why(request: HttpRequest, form: QuestionForm, refused: AskingRefused) -> None:
    """At the question, where one was asked; above the page, where a button of the list was pressed."""
    if form.is_bound:
        form.add_error("text", str(refused))
    else:
        messages.error(request, str(refused))


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
