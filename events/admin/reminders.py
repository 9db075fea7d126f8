"""The plan of reminders in the panel: of a meeting, of a series, of a network (B38)."""

from collections.abc import Sequence

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from events.access import organised_meeting_or_404
from events.actions.reminding import Whose, drop_plan, keep_plan, own_plan, planned
from events.models import Series
from events.models.reminding import STEPS, steps_for
from events.rules.reminding import USUAL, Step
from members.access import organises
from members.admin.history import remember_change
from members.models import Network


class PlanForm(forms.Form):
    """At which steps people are reminded; none is an answer too."""

    steps = forms.MultipleChoiceField(
        label=gettext_lazy("Remind people"),
        required=False,
        choices=[(step.value, words) for step, words in STEPS.items()],
        widget=forms.CheckboxSelectMultiple(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def of_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """When people are reminded of one meeting, who has been, and who would be."""
    meeting, _by = organised_meeting_or_404(request.user, meeting_id)
    # Formatted here: a template would show the server's time, not the meeting's.
    rows = [(STEPS[one.step], date_format(one.at, "l j F Y, H:i"), one) for one in planned(meeting, timezone.now())]
    return _page(request, meeting, steps_for(meeting), {"meeting": meeting, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def of_series(request: HttpRequest, series_id: int) -> HttpResponse:
    """When people are reminded of the meetings of one series."""
    series = get_object_or_404(Series.objects.select_related("network"), pk=series_id)
    plan = own_plan(series) or own_plan(series.network)
    return _page(request, series, plan.steps if plan else USUAL, {"series": series})


@require_http_methods(["GET", "HEAD", "POST"])
def of_network(request: HttpRequest, network: str) -> HttpResponse:
    """When people are reminded of all meetings of a network, where nothing else is said."""
    home = get_object_or_404(Network, slug=network)
    plan = own_plan(home)
    return _page(request, home, plan.steps if plan else USUAL, {})


def _page(request: HttpRequest, whose: Whose, steps: Sequence[Step], shown: dict[str, object]) -> HttpResponse:
    network = whose if isinstance(whose, Network) else whose.network
    if not organises(request.user, network):
        raise Http404
    form = PlanForm(request.POST or None, initial={"steps": [step.value for step in steps]})
    if request.method == "POST" and form.is_valid():
        messages.success(request, _keep(whose, form.cleaned_data["steps"], drop="drop" in request.POST))
        remember_change(request, whose, _("Plan of reminders"))
        return redirect(request.path)
    words = {"title": _("Reminders"), "network": network, "form": form, "own": own_plan(whose)}
    return TemplateResponse(
        request, "admin/events/reminders.html", {**admin.site.each_context(request), **words, **shown}
    )


def _keep(whose: Whose, steps: list[str], *, drop: bool) -> str:
    if drop:
        drop_plan(whose)
        return _("There is no plan of its own here any more.")
    keep_plan(whose, steps)
    return _("Saved. Nobody has been written to.")
