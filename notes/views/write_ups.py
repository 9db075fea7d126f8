"""Write-ups, for everybody; a network that publishes none has no such pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from members.models import Network
from notes.models.editions import Edition, EditionQuerySet


@require_safe
def write_ups(request: HttpRequest, network: str) -> HttpResponse:
    """All write-ups of the network, newest meeting first."""
    found = _publishing_network_or_404(network)
    rows = _published(found).defer("html", "content").order_by("-meeting__starts_at")
    return render(request, "notes/write_ups.html", {"network": found, "editions": rows})


@require_safe
def write_up(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    found = _publishing_network_or_404(network)
    one = get_object_or_404(_published(found), meeting__slug=meeting)
    return render(request, "notes/write_up.html", {"network": found, "edition": one, "meeting": one.meeting})


def _publishing_network_or_404(slug: str) -> Network:
    return get_object_or_404(Network, slug=slug, publishes_write_ups=True)


def _published(network: Network) -> EditionQuerySet:
    rows = Edition.objects.newest().circulated().filter(meeting__network=network, audience=1)
    return rows.select_related("meeting__network")
