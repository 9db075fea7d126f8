"""Addresses of figures, inside the panel's."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from cop.figures.views import figures

View = Callable[..., HttpResponse]


def addresses(inside: Callable[[View], View]) -> list[URLPattern]:
    """`inside` makes a page one of the panel's."""
    return [path("figures/<slug:network>/", inside(figures), name="figures")]
