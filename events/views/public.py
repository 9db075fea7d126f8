"""The programme as everybody may read it: the next meeting, the archive, one meeting."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.access import registration_of, standing
from events.models import Meeting
from events.rules.timetable import agenda_times
from events.views.listing import meeting_tense, noted_meetings, rows
from members.access import is_member, network_or_404, runs


@require_safe
def next_meeting(request: HttpRequest, network: str) -> HttpResponse:
    """Always leads to the next meeting, or to the home, which says that there is none yet (B2)."""
    home = network_or_404(network)
    meeting = Meeting.objects.of(home).published().upcoming(timezone.now()).select_related("network").first()
    return redirect(meeting or home)


@require_safe
def archive(request: HttpRequest, network: str) -> HttpResponse:
    home, now = network_or_404(network), timezone.now()
    meetings = Meeting.objects.of(home).public()
    listed = rows(meetings, is_member=is_member(request.user, home), now=now)
    return render(request, "events/archive.html", {"network": home, "rows": listed})


@require_safe
def meeting(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    home, now = network_or_404(network), timezone.now()
    found = get_object_or_404(Meeting.objects.select_related("network", "series"), network=home, slug=meeting)
    if found.state == Meeting.State.DRAFT and not runs(request.user, home):
        raise Http404
    agenda = list(found.agenda.prefetch_related("speakers"))
    begins = agenda_times(found.local_start, [item.minutes for item in agenda])
    context = {
        "network": home,
        "meeting": found,
        "tense": meeting_tense(found, now),
        "agenda": list(zip(begins, agenda, strict=True)),
        "has_notes": found.pk in noted_meetings([found]),
        "standing": standing(found, registration_of(request.user, found), at=now),
    }
    return render(request, "events/meeting.html", context)
