"""Inviting members in the panel: one press begins the letter; the page of letters to many counts and sends it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.access import organised_meeting_or_404
from events.actions.inviting import begin_invitation
from events.models import Meeting


def may_be_invited_to(meeting: Meeting) -> bool:
    """Whether one can still register."""
    return meeting.state == Meeting.State.PUBLISHED and not meeting.is_over(timezone.now())


@require_POST
def invite(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The draft of an invitation. Nobody is written to by this."""
    meeting, _by = organised_meeting_or_404(request.user, meeting_id)
    if not may_be_invited_to(meeting):
        messages.warning(request, _("One cannot register for this meeting, so nobody can be invited."))
        return redirect("admin:events_meeting_screen", meeting.pk)
    return redirect("admin:members_circular_look", begin_invitation(meeting).pk)
