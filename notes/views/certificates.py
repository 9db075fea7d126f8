"""That a meeting's drafts are forgotten: for organisers, to read and to keep."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from events.access import organised_meeting_or_404
from notes.models.drafts import ForgettingCertificate


@require_safe
def certificate(request: HttpRequest, meeting_id: int) -> HttpResponse:
    found = _certificate_or_404(request, meeting_id)
    context = {"network": found.meeting.network, "meeting": found.meeting, "certificate": found, "may_organise": True}
    return render(request, "notes/certificate.html", context)


@require_safe
def download(request: HttpRequest, meeting_id: int, form: str) -> HttpResponse:
    """The same as a file: "txt" to read, "json" for machines."""
    found = _certificate_or_404(request, meeting_id)
    if form not in {"txt", "json"}:
        raise Http404
    text = _as_json(found) if form == "json" else _as_text(found)
    media_type = "application/json" if form == "json" else "text/plain; charset=utf-8"
    name = f'attachment; filename="forgotten-{meeting_id}.{form}"'
    return HttpResponse(text, content_type=media_type, headers={"Content-Disposition": name})


def _certificate_or_404(request: HttpRequest, meeting_id: int) -> ForgettingCertificate:
    meeting, _organiser = organised_meeting_or_404(request.user, meeting_id)
    return get_object_or_404(ForgettingCertificate.objects.select_related("meeting__network"), meeting=meeting)


def _as_text(found: ForgettingCertificate) -> str:
    return render_to_string("notes/certificate.txt", {"certificate": found, "meeting": found.meeting})


def _as_json(found: ForgettingCertificate) -> str:
    whole = {
        "meeting": found.meeting_id,
        "forgotten_on": found.forgotten_on.isoformat(),
        "space_overwritten": found.is_overwritten,
        "kinds": found.kinds,
    }
    return json.dumps(whole, indent=2)
