"""What a meeting's people need, in their own words."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from events.access import announced_meeting_or_404, organised_meeting_or_404, registration_by_token, registration_of
from events.actions.access_needs import FORGOTTEN_AFTER, access_need_of, access_needs, say_access_need
from events.forms.participants import AccessNeedForm
from events.models import Registration


@sensitive_post_parameters()
@sensitive_variables()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """Signed in."""
    own = registration_of(request.user, announced_meeting_or_404(network, meeting))
    if own is None:
        raise Http404
    return answer(request, own)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def need_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in the letter, without an account."""
    registration = registration_by_token(token, "registration")
    if registration.state == Registration.State.CANCELLED:
        raise Http404
    return answer(request, registration)


@sensitive_variables()
def answer(request: HttpRequest, registration: Registration) -> HttpResponse:
    form = AccessNeedForm(request.POST or None, initial={"text": access_need_of(registration)})
    if form.is_valid():
        say_access_need(registration, form.cleaned_data["text"])
        messages.success(request, _("Saved. The organisers of this meeting see it, and nobody else."))
        return redirect(request.path)
    page = {
        "network": registration.meeting.network,
        "meeting": registration.meeting,
        "form": form,
        "days": FORGOTTEN_AFTER.days,
    }
    return render(request, "events/access_need.html", page, status=422 if form.errors else 200)


@sensitive_variables()
@require_safe
def told(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """For the meeting's organisers, in the panel: what people need to take part, and who cannot come."""
    meeting, _user = organised_meeting_or_404(request.user, meeting_id)
    page = {
        "network": meeting.network,
        "meeting": meeting,
        "needs": access_needs(meeting),
        "not_coming": meeting.registrations.not_coming().select_related("user").order_by("name", "pk"),
        "forgotten_at": meeting.ends_at + FORGOTTEN_AFTER,
    }
    return render(request, "events/told.html", page)
