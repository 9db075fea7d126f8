"""The review: what was written beside what the network will read, and the way to circulation."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop.lib.http import number_in
from events.access import organised_meeting_or_404, run_meeting_or_404
from members.access import organises
from members.models import User
from notes.actions import circulating, refusals, reviewing
from notes.actions.forgetting import forget_at
from notes.actions.freezing import newest_edition
from notes.actions.noting import open_notebook
from notes.models.drafts import Notebook
from notes.models.editions import Edition
from notes.rules.vocabulary import Audience

# The reasons that are given most, for one press.
READY_REASONS = {
    "nobody": gettext_lazy("This is nobody who was there."),
    "published": gettext_lazy("This cites published work."),
}


@sensitive_variables()
@require_safe
def review(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting = run_meeting_or_404(request.user, meeting_id)
    notebook = open_notebook(meeting)
    whole = reviewing.review(notebook, at=timezone.now())
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "notebook": notebook,
        "review": whole,
        "edition": newest_edition(notebook),
        "may_organise": organises(request.user, meeting.network),
    }
    return render(request, "notes/review.html", context)


@sensitive_post_parameters()
@require_POST
def answer(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A finding is all right because …, or gets neutral words."""
    meeting = run_meeting_or_404(request.user, meeting_id)
    notebook = open_notebook(meeting)
    digest, now = request.POST.get("finding", ""), timezone.now()
    try:
        may_lift = organises(request.user, meeting.network)
        if "neutral" in request.POST:
            reviewing.use_neutral_words(notebook, digest, at=now, may_lift=may_lift)
        else:
            reason = str(READY_REASONS.get(request.POST.get("ready", ""), request.POST.get("reason", "")))
            reviewing.answer_finding(notebook, digest, reason=reason, at=now, may_unblock=may_lift)
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
    place = number_in(request.POST.get("place", ""))
    page = reverse("admin:notes_notebook_review", args=[meeting.pk])
    return redirect(page if place is None else f"{page}#item-{place}")


@require_POST
def make(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Freeze what was seen as an edition; it is shown to nobody until it is circulated."""
    meeting, organiser = organised_meeting_or_404(request.user, meeting_id)
    seen = request.POST.get("seen", "")
    try:
        circulating.make_edition(open_notebook(meeting), seen=seen, by=organiser, at=timezone.now())
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:notes_notebook_review", meeting.pk)
    return redirect("admin:notes_notebook_circulate", meeting.pk)


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def circulate(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Preview the edition as a member reads it, with the exact number of recipients; then send it.

    Note-takers see it as well: they may be the second person who approves.
    """
    meeting = run_meeting_or_404(request.user, meeting_id)
    if request.method == "POST":
        return _send(request, meeting_id)
    notebook = open_notebook(meeting)
    edition = newest_edition(notebook)
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "notebook": notebook,
        "may_organise": organises(request.user, meeting.network),
        "edition": edition,
        "readers": circulating.readers(meeting.network),
        "keeps_until": forget_at(notebook) if edition and hasattr(edition, "circulation") else None,
    }
    if edition and not hasattr(edition, "circulation"):
        context |= before_sending(request, notebook, edition)
    return render(request, "notes/circulate.html", context)


def before_sending(request: HttpRequest, notebook: Notebook, edition: Edition) -> dict[str, object]:
    """What has to be known before it goes out: whether it is still what the notes say, and who has approved it."""
    now = circulating.review_of(notebook, edition, at=timezone.now())
    needs_second = notebook.meeting.network.needs_second_reviewer
    return {
        "is_stale": now.seen != edition.digest or bool(now.open_findings),
        "needs_second": needs_second,
        "is_approved": circulating.is_approved(edition, now),
        "made_by_me": edition.made_by == request.user,
        "second_people": circulating.second_people(edition, notebook.meeting.network) if needs_second else [],
        "answered": [one for one in now.found if one.answered],
        "seen": circulating.seen_by_second(edition, now),
    }


def _send(request: HttpRequest, meeting_id: int) -> HttpResponse:
    meeting, organiser = organised_meeting_or_404(request.user, meeting_id)
    try:
        done = circulating.circulate(open_notebook(meeting), by=organiser, at=timezone.now())
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:notes_notebook_circulate", meeting.pk)
    count = done.mailing.deliveries.count() if done.mailing else 0
    sentence = ngettext("Circulated to %(count)d member.", "Circulated to %(count)d members.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("admin:notes_notebook_circulate", meeting.pk)


@require_POST
def approve(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The second person's press."""
    meeting = run_meeting_or_404(request.user, meeting_id)
    seen, by = request.POST.get("seen", ""), cast("User", request.user)
    audience = Audience.PUBLIC if request.POST.get("audience") == "public" else Audience.NETWORK
    try:
        circulating.approve(open_notebook(meeting), seen=seen, by=by, at=timezone.now(), audience=audience)
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved. An organiser can let it go out now."))
    return redirect(f"admin:notes_notebook_{'write_up' if audience else 'circulate'}", meeting.pk)


@require_POST
def withdraw(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Take circulated notes back from everybody."""
    meeting, _organiser = organised_meeting_or_404(request.user, meeting_id)
    notebook = open_notebook(meeting)
    try:
        if "sure" not in request.POST:
            raise refusals.NotSure
        circulating.withdraw(notebook)
    except refusals.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:notes_notebook_circulate", meeting.pk)
    messages.success(request, _("The notes are withdrawn. To readers it is as if there were none."))
    return redirect("admin:notes_notebook_circulate", meeting.pk)
