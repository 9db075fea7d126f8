"""Who came, marked by hand: a list with boxes to tick, in the panel and on a phone (B82)."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop.lib.http import number_in
from events.access import organised_meeting_or_404
from events.actions.attending import correct_attendance, mark_attended
from events.models import Meeting, Registration
from members.admin.history import remember_change

# A form of more fields than Django takes (1,000) would lose what was ticked.
PEOPLE_A_PAGE = 200


@require_http_methods(["GET", "HEAD", "POST"])
def came(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """For the meeting's organisers. Only what was changed here is written: others may have pressed meanwhile."""
    meeting, _user = organised_meeting_or_404(request.user, meeting_id)
    has_begun = meeting.starts_at <= timezone.now()
    if request.method == "POST" and has_begun:
        return _keep(request, meeting)
    rows = meeting.registrations.all()
    page = {
        "network": meeting.network,
        "meeting": meeting,
        "has_begun": has_begun,
        "people": _page(request, meeting),
        "came": rows.filter(state=Registration.State.ATTENDED).count(),
        "registered": rows.with_place().count(),
    }
    return render(request, "events/came.html", page, status=409 if request.method == "POST" else 200)


def _page(request: HttpRequest, meeting: Meeting) -> Page[Registration]:
    """By name; those who gave their place back stand among the others, for some come all the same."""
    rows = meeting.registrations.order_by("name", "pk")
    return Paginator(rows, PEOPLE_A_PAGE).get_page(request.GET.get("page"))


def _keep(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if "everybody" in request.POST:
        changed = mark_attended(meeting, meeting.registrations.with_place())
    else:
        was, now = (_numbers(request.POST.getlist(name)) for name in ("was", "came"))
        changed = correct_attendance(meeting, came=now - was, did_not=was - now)
    if changed:
        remember_change(request, meeting, _("Who came"))
        messages.success(request, _("Saved."))
    else:
        messages.success(request, _("Nothing was different."))
    return redirect(request.get_full_path())


def _numbers(said: list[str]) -> frozenset[int]:
    return frozenset(number for one in said if (number := number_in(one)) is not None)
