"""The review: what was written beside what the network will read, and the way to circulation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from members.access import organises
from notes.actions import circulating, refusals, reviewing
from notes.actions.noting import open_notebook
from notes.views.desk import organised_meeting_or_404, run_meeting_or_404

# The reasons that are given most, for one press.
READY_REASONS = {
    "nobody": gettext_lazy("This is nobody who was there."),
    "published": gettext_lazy("This cites published work."),
}


@sensitive_variables()
@require_safe
def review(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = run_meeting_or_404(request, meeting_id)
    notebook = open_notebook(meeting)
    whole = reviewing.review(notebook, at=timezone.now())
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "notebook": notebook,
        "review": whole,
        "edition": circulating.newest_edition(notebook),
        "may_organise": organises(request.user, meeting.network),
    }
    return render(request, "notes/review.html", context)


@sensitive_post_parameters()
@require_POST
def answer(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A finding is all right because …, or gets neutral words."""
    meeting = run_meeting_or_404(request, meeting_id)
    notebook = open_notebook(meeting)
    digest, now = request.POST.get("finding", ""), timezone.now()
    try:
        may_lift = organises(request.user, meeting.network)
        if "neutral" in request.POST:
            if not reviewing.use_neutral_words(notebook, digest, at=now, may_lift=may_lift):
                messages.warning(request, _("This text has changed in the meantime. Please look again."))
        else:
            reason = str(READY_REASONS.get(request.POST.get("ready", ""), request.POST.get("reason", "")))
            reviewing.answer_finding(notebook, digest, reason=reason, at=now, may_unblock=may_lift)
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
    place = request.POST.get("place", "")
    page = reverse("admin:notes_notebook_review", args=[meeting.pk])
    return redirect(f"{page}#item-{place}" if place.isascii() and place.isdigit() else page)


@require_POST
def make(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Freeze what was seen as an edition; it is shown to nobody until it is circulated."""
    meeting, _organiser = organised_meeting_or_404(request, meeting_id)
    try:
        circulating.make_edition(open_notebook(meeting), seen=request.POST.get("seen", ""), at=timezone.now())
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:notes_notebook_review", meeting.pk)
    return redirect("admin:notes_notebook_circulate", meeting.pk)


def circulate(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Preview the edition as a member reads it, with the exact number of recipients; then send it."""
    meeting, organiser = organised_meeting_or_404(request, meeting_id)
    notebook = open_notebook(meeting)
    if request.method == "POST":
        try:
            done = circulating.circulate(notebook, by=organiser, at=timezone.now())
        except refusals.Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:notes_notebook_review", meeting.pk)
        count = done.mailing.deliveries.count() if done.mailing else 0
        sentence = ngettext("Circulated to %(count)d member.", "Circulated to %(count)d members.", count)
        messages.success(request, sentence % {"count": count})
        return redirect("admin:notes_notebook_circulate", meeting.pk)
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "may_organise": True,
        "edition": circulating.newest_edition(notebook),
        "readers": circulating.readers(meeting.network),
    }
    return render(request, "notes/circulate.html", context)
