"""The host's queue of questions, in the panel: for those who run the network."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from events.access import run_meeting_or_404
from events.actions.forgetting import forget_at
from events.actions.hosting import HostingRefused, answer_question, put_aside, put_back, show_question, take_away
from events.forms.participants import PartForm
from events.models import AgendaItem, Meeting
from events.views.questions import groups, question_id
from members.access import organises

PRESSES: dict[str, Callable[[Meeting, UUID], None]] = {
    "show": show_question,
    "aside": put_aside,
    "back": put_back,
    "away": take_away,
}


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What people want answered, most wanted first, and what is done with each."""
    meeting = run_meeting_or_404(request.user, meeting_id)
    form = PartForm(request.POST or request.GET, meeting=meeting)
    part = form.cleaned_data["part"] if form.is_valid() else None
    if request.method == "POST":
        try:
            do_what_was_pressed(request, meeting, part)
        except HostingRefused as refused:
            messages.error(request, str(refused))
        here = reverse("admin:events_meeting_questions", args=[meeting.pk])
        return redirect(f"{here}?part={part.pk}" if part else here)
    page = {
        "network": meeting.network,
        "meeting": meeting,
        "may_change": organises(request.user, meeting.network),
        "form": form,
        "groups": groups(meeting, ""),
        "forgotten_at": forget_at(meeting).astimezone(meeting.zone),
    }
    return render(request, "events/queue.html", page)


def do_what_was_pressed(request: HttpRequest, meeting: Meeting, part: AgendaItem | None) -> None:
    """Do it to the question whose button it was. Raises `HostingRefused`."""
    for name, act in PRESSES.items():
        if name in request.POST:
            act(meeting, question_id(request.POST[name]))
    if "answered" in request.POST:
        answer_question(meeting, question_id(request.POST["answered"]), agenda_item=part)
