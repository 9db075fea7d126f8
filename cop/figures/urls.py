"""Addresses of figures, inside the panel's."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from cop.figures.views import figures
from cop.figures.views_of_reports import report, report_as_csv, report_as_pdf

View = Callable[..., HttpResponseBase]


def addresses(inside: Callable[[View], View]) -> list[URLPattern]:
    """`inside` makes a page one of the panel's."""
    return [
        path("figures/<slug:network>/", inside(figures), name="figures"),
        path("figures/<slug:network>/report/", inside(report), name="figures_report"),
        path("figures/<slug:network>/report.pdf", inside(report_as_pdf), name="figures_report_pdf"),
        path("figures/<slug:network>/report.csv", inside(report_as_csv), name="figures_report_csv"),
    ]
