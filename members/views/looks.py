"""A network's colours and logo as files: the same bytes for everybody, kept for a year, without a cookie (B97)."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from members.access import network_or_404
from members.formats.looks import SANS, Look, as_style_sheet
from members.models import Logo
from members.rules.colours import as_colour

FOR_A_YEAR = "public, max-age=31536000, immutable"


@require_safe
def style_sheet(request: HttpRequest, network: str, version: str) -> HttpResponse:
    """Its address changes with what is in it; an old one leads to what is shown now."""
    look = network_or_404(network).look
    if version != look.version:
        return redirect("members:look", network, look.version)
    return _kept(as_style_sheet(look).encode(), "text/css; charset=utf-8", FOR_A_YEAR)


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """What a look would be that nobody has kept: made of the address alone."""
    return _kept(as_style_sheet(asked(request.GET)).encode(), "text/css; charset=utf-8", "public, max-age=3600")


@require_safe
def logo(request: HttpRequest, network: str, digest: str) -> HttpResponse:
    held = get_object_or_404(Logo, network=network_or_404(network), digest=digest)
    return _kept(bytes(held.png), "image/png", FOR_A_YEAR)


def asked(said: QueryDict) -> Look:
    """The look that an address asks for; what is no colour is left out."""
    return Look(
        as_colour(said.get("accent", "")) or "",
        as_colour(said.get("dark", "")) or "",
        SANS if said.get("headings") == SANS else "",
    )


def _kept(content: bytes, content_type: str, how_long: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = how_long
    response["X-Content-Type-Options"] = "nosniff"
    return response
