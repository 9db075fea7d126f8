"""The page that does not exist: within a network's address it keeps the network's head, for whoever looks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from members.access import membership_of
from members.models import Membership, Network


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Told by the address and by who asks alone, so that what one may not see looks like what is not there (R12)."""
    network = Network.objects.filter(slug=request.path.split("/")[1]).first()
    mine = membership_of(request.user, network) if network else None
    is_brought = mine is not None and mine.state == Membership.State.BROUGHT
    return render(request, "404.html", {"network": network, "has_to_agree": is_brought}, status=404)
