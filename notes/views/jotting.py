"""The desk while somebody writes: what is typed is kept, and what others have noted appears."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from cop.lib.http import number_in
from events.access import run_meeting_or_404
from members.access import organises
from members.models import User
from notes.actions.jotting import drop, jot
from notes.actions.noting import open_notebook
from notes.actions.refusals import Refused
from notes.views.noted import etag_of, parts_of, unnoted_names

FIELDS = ("text", "agenda_item", "contributor", "kind", "confidential", "revision")
LONGEST = 20_000


@sensitive_variables()
@require_safe
def items(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What is noted so far, and nothing else of the desk; 304 while nothing has changed."""
    notebook = open_notebook(run_meeting_or_404(request.user, meeting_id))
    parts, unnoted = parts_of(notebook), unnoted_names(notebook)
    etag = etag_of(parts, notebook.state, *unnoted)
    context = {
        "meeting": notebook.meeting,
        "notebook": notebook,
        "parts": parts,
        "unnoted": unnoted,
        "may_organise": organises(request.user, notebook.meeting.network),
    }
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = render(request, "notes/_noted.html", context)
    response["ETag"] = etag
    return response


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def keep(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Keep what is in one form, or throw it away where its text is empty or "leave" was pressed."""
    meeting = run_meeting_or_404(request.user, meeting_id)
    notebook, writer, token = open_notebook(meeting), request.user, token_in(request.POST.get("token", ""))
    if not isinstance(writer, User) or token is None:
        return HttpResponse(status=400)
    if "leave" in request.POST:
        drop(notebook, writer=writer, token=token)
        return redirect("admin:notes_notebook_desk", meeting.pk)
    words = {name: request.POST.get(name, "")[:LONGEST].replace("\r\n", "\n") for name in FIELDS}
    changes = number_in(request.POST.get("changes", ""))
    try:
        jot(notebook, writer=writer, token=token, words=words, changes=changes)
    except Refused as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


def token_in(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
