"""Telling those who registered: what has changed, who gets the letter, how it reads; and one press (B74, B75)."""

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from cop.lib.http import number_in
from cop.lib.mail import Letter
from events.access import organised_meeting_or_404
from events.actions.green_rooms import overdue_entries
from events.actions.notifying import CannotTell, changes_since_told, people_to_tell, tell_registered
from events.models import Meeting
from events.rules.differences import IN_ENTRIES, Difference, Part
from members.admin.history import remember_change
from members.models import Delivery
from members.samples import without_keys
from members.writing import write

PARTS: dict[Part, Promise] = {
    Part.STATE: gettext_lazy("State"),
    Part.WHEN: gettext_lazy("When"),
    Part.PLACE: gettext_lazy("Where"),
    Part.LINK: gettext_lazy("Link to the call"),
    Part.TITLE: gettext_lazy("Title"),
    Part.SUMMARY: gettext_lazy("Summary"),
    Part.AGENDA: gettext_lazy("Agenda"),
    Part.SPEAKERS: gettext_lazy("Speakers"),
}


def may_be_told(meeting: Meeting) -> bool:
    """Whether there is anybody, and anything, to tell of a meeting."""
    is_ahead = meeting.state != Meeting.State.DRAFT and not meeting.is_over(timezone.now())
    return is_ahead and (meeting.registrations.standing().exists() or overdue_entries(meeting).count > 0)


def untold(meeting: Meeting) -> list[Promise]:
    """What is different from what people were told, by the names of its parts."""
    return [PARTS[one.part] for one in changes_since_told(meeting) or []] if may_be_told(meeting) else []


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What will be said to how many; the button says it to exactly them."""
    meeting, by = organised_meeting_or_404(request.user, meeting_id)
    if not may_be_told(meeting):
        messages.warning(request, _("There is nothing to do any more."))
        return redirect("admin:events_meeting_screen", meeting.pk)
    if request.method == "POST":
        try:
            count = tell_registered(meeting, seen=number_in(request.POST.get("seen", "")) or 0, by=by)
        except CannotTell as reason:
            messages.warning(request, str(reason))
            return redirect(request.path)
        said = ngettext("A letter is on its way to %d person.", "A letter is on its way to %d people.", count)
        messages.success(request, said % count)
        remember_change(request, meeting, _("Those who registered were told"))
        return redirect("admin:events_meeting_screen", meeting.pk)
    return TemplateResponse(
        request, "admin/events/meeting/tell.html", {**admin.site.each_context(request), **_shown(meeting)}
    )


def _shown(meeting: Meeting) -> dict[str, object]:
    changes, people = changes_since_told(meeting), people_to_tell(meeting)
    speakers = overdue_entries(meeting).count
    return {
        "title": _("Tell those who registered"),
        "meeting": meeting,
        "changes": [(PARTS[one.part], one) for one in changes or []],
        "is_known": changes is not None,
        "moves_entries": _moves_entries(changes),
        "people": len(people),
        "speakers": speakers,
        "everybody": len(people) + speakers,
        "waiting": sum(one.state == one.State.WAITING for one in people),
        "letter": _preview(meeting),
    }


def _moves_entries(changes: list[Difference] | None) -> bool:
    return any(one.part in IN_ENTRIES for one in changes or [])


def _preview(meeting: Meeting) -> Letter | None:
    """The letter as one of them would get it. Nothing is kept, and the keys to their page are not in it."""
    with transaction.atomic():
        tell_registered(meeting)
        one = Delivery.objects.select_related("mailing__network").filter(mailing__about_id=meeting.pk).last()
        try:
            return without_keys(write(one)) if one else None
        finally:
            transaction.set_rollback(True)
