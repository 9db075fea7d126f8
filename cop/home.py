"""The roof: pages that gather from every app. Nothing imports it but the addresses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Meeting
from events.views.listing import rows
from members.access import is_member, network_or_404
from members.models import Network


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The networks of this installation; with one public network, its home."""
    networks = list(Network.objects.public())
    if len(networks) == 1:
        return redirect(networks[0])
    return render(request, "home.html", {"networks": networks})


@require_safe
def network(request: HttpRequest, network: str) -> HttpResponse:
    """What the network is, its promise, when it meets next, what it met about lately (B1)."""
    home, now = network_or_404(network), timezone.now()
    meetings = Meeting.objects.of(home).published()
    member = is_member(request.user, home)
    upcoming = rows(meetings.upcoming(now)[:4], is_member=member, now=now)
    context = {
        "network": home,
        "is_member": member,
        "next": upcoming[0] if upcoming else None,
        "later": upcoming[1:],
        "earlier": rows(meetings.past(now)[:5], is_member=member, now=now),
    }
    return render(request, "network.html", context)
