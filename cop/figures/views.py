"""The page of figures in the organisers' panel (B82)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cop.figures.access import theirs_or_404
from cop.figures.counts import counts_of
from cop.figures.forms import PeriodForm
from cop.figures.pictures.all import figures_of
from cop.figures.rules.periods import Period, calendar_year, twelve_months
from cop.figures.spoken import number, period
from members.models import Network


@dataclass(frozen=True, slots=True)
class Choice:
    """A period that is one press away."""

    name: str
    period: Period


@require_safe
def figures(request: HttpRequest, network: str) -> HttpResponse:
    """Of the last twelve months, or of any other period."""
    home = theirs_or_404(request.user, network)
    form = period_form(request, home)
    page = {"network": home, "form": form, "choices": choices(home)}
    if not form.is_valid():
        return render(request, "figures/figures.html", page, status=422)
    counts = counts_of(home, form.period)
    numbers = [
        (_("meetings"), number(len(counts.held))),
        (_("different people"), number(counts.people.registered)),
        (_("organisations"), number(counts.people.organisations)),
        (_("members"), number(counts.members[-1].members if counts.members else 0)),
    ]
    shown = {"figures": figures_of(counts), "period": form.period, "spoken": period(form.period), "numbers": numbers}
    return render(request, "figures/figures.html", {**page, **shown})


def period_form(request: HttpRequest, network: Network) -> PeriodForm:
    """As it was asked for; the last twelve months where nobody asked."""
    usual = twelve_months(network.today)
    asked = request.GET if {"since", "until"} & set(request.GET) else None
    return PeriodForm(asked or {"since": usual.first, "until": usual.last})


def choices(network: Network) -> list[Choice]:
    today = network.today
    return [
        Choice(_("Last twelve months"), twelve_months(today)),
        *(Choice(str(year), calendar_year(year)) for year in (today.year, today.year - 1, today.year - 2)),
    ]
