"""Giving feedback on a meeting, and answering a survey: without a name, once a person (B68, B69)."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from events.access import (
    announced_meeting_or_404,
    asker_by_link,
    giver_of,
    member_of_network_or_404,
    registration_by_token,
)
from events.actions.answering import (
    AnsweringRefused,
    answer,
    feedback_of,
    give_feedback,
    has_answered,
    is_open,
    takes_feedback,
)
from events.models import Meeting, Survey
from events.rules.surveys import FEEDBACK_FROM, Sheet
from events.views.answers import SheetForm, results_of

METHODS = ["GET", "HEAD", "POST"]


@sensitive_post_parameters()
@sensitive_variables()
@login_required
@require_http_methods(METHODS)
def feedback(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """Signed in."""
    found = announced_meeting_or_404(network, meeting)
    person = giver_of(request.user, found)
    if person is None:
        raise Http404
    return ask_for_feedback(request, found, person)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(METHODS)
def feedback_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in a letter, without an account."""
    registration = registration_by_token(token, "registration")
    return ask_for_feedback(request, registration.meeting, asker_by_link(registration))


@sensitive_variables()
def ask_for_feedback(request: HttpRequest, meeting: Meeting, person: str) -> HttpResponse:
    """Two questions, while there is something to say and time to say it."""
    now = timezone.now()
    asked, questions = feedback_of(meeting)
    form = SheetForm(request.POST if request.method == "POST" else None, questions=questions)

    def give(sheet: Sheet) -> None:
        give_feedback(meeting, sheet, person=person, at=now)

    status = took(request, form, give)
    if status == 302:
        return redirect(request.path)
    page = {
        "network": meeting.network,
        "meeting": meeting,
        "form": form,
        "is_early": now < meeting.ends_at + FEEDBACK_FROM,
        "is_open": takes_feedback(meeting, at=now) and is_open(asked, at=now),
        "has_answered": has_answered(asked, person),
    }
    return render(request, "events/feedback.html", page, status=status)


@sensitive_post_parameters()
@sensitive_variables()
@login_required
@require_http_methods(METHODS)
def survey(request: HttpRequest, network: str, survey_id: int) -> HttpResponse:
    """For members: the questions while it is open, and afterwards the figures, where the organisers share them."""
    where, user = member_of_network_or_404(request.user, network)
    own = Survey.objects.of(where).own().exclude(state=Survey.State.DRAFT).select_related("network")
    found, person, now = get_object_or_404(own, pk=survey_id), f"user {user.pk}", timezone.now()
    questions = found.questions.select_related("survey__network")
    form = SheetForm(request.POST if request.method == "POST" else None, questions=questions)
    status = took(request, form, lambda sheet: answer(found, sheet, person=person, at=now))
    if status == 302:
        return redirect(request.path)
    page = {
        "network": where,
        "survey": found,
        "form": form,
        "is_open": is_open(found, at=now),
        "has_answered": has_answered(found, person),
        "results": results_of(found) if found.shares_figures and found.state == Survey.State.CLOSED else None,
    }
    return render(request, "events/survey.html", page, status=status)


@sensitive_variables()
def took(request: HttpRequest, form: SheetForm, put: Callable[[Sheet], None]) -> int:
    """Put the answers with the others', where there are some; with which status the page answers."""
    if request.method != "POST":
        return 200
    if form.is_valid():
        try:
            put(form.sheet())
        except AnsweringRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Thank you. Your answers are in, without your name."))
            return 302
    return 422
