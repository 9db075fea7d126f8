"""Making and publishing a write-up, in the panel."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from cop.lib.http import number_in
from events.access import organised_meeting_or_404, run_meeting_or_404
from members.access import organises
from notes.actions import publishing, refusals
from notes.actions.freezing import newest_edition
from notes.actions.noting import open_notebook
from notes.actions.reviewing import review
from notes.models.drafts import Notebook
from notes.rules.vocabulary import Audience
from notes.views.review import READY_REASONS, before_sending


@sensitive_variables()
@require_safe
def write_up(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What everybody would read: first the points to choose from, then the preview, then what is published."""
    meeting = run_meeting_or_404(request.user, meeting_id)
    notebook = open_notebook(meeting)
    edition = newest_edition(notebook, Audience.PUBLIC)
    context: dict[str, object] = {
        "network": meeting.network,
        "meeting": meeting,
        "notebook": notebook,
        "edition": edition,
        "may_organise": organises(request.user, meeting.network),
        "can_be_made": meeting.network.publishes_write_ups and notebook.state == Notebook.State.CIRCULATED,
    }
    if edition and not hasattr(edition, "circulation"):
        context |= before_sending(request, notebook, edition)
    if context["can_be_made"]:
        context["review"] = review(notebook, at=timezone.now(), audience=Audience.PUBLIC)
    return render(request, "notes/publish.html", context)


@sensitive_post_parameters()
@require_POST
def act(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """An organiser's press: answer a finding, make the write-up, publish it, or take it down."""
    meeting, organiser = organised_meeting_or_404(request.user, meeting_id)
    notebook, said, now = open_notebook(meeting), request.POST, timezone.now()
    try:
        match said.get("act"):
            case "answer":
                reason = str(READY_REASONS.get(said.get("ready", ""), said.get("reason", "")))
                publishing.answer_for_everybody(notebook, said.get("finding", ""), reason=reason, at=now)
            case "make":
                chosen = {pk for one in said.getlist("item") if (pk := number_in(one)) is not None}
                publishing.make_write_up(notebook, only=chosen, seen=said.get("seen", ""), by=organiser, at=now)
            case "publish":
                publishing.publish(notebook, at=now)
                messages.success(request, _("The write-up is published. Everybody can read it."))
            case "take down":
                publishing.take_down(notebook)
                messages.success(request, _("The write-up is taken down. To visitors it is as if there were none."))
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:notes_notebook_write_up", meeting.pk)
