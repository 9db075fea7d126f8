"""The roof: pages that gather from every app. Nothing imports it but the addresses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop.starting.setting_up import is_open
from events.access import registration_of, standing
from events.models import Meeting, Survey
from events.rules.timetable import Tense
from events.views.listing import rows
from members.access import is_member, network_or_404
from members.models import Network


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The networks of this installation; with one public network, its home; with nothing yet, where to begin."""
    networks = list(Network.objects.public())
    if len(networks) == 1:
        return redirect(networks[0])
    if not networks and is_open():
        return redirect("starting:key")
    return render(request, "home.html", {"networks": networks})


@require_safe
def network(request: HttpRequest, network: str) -> HttpResponse:
    """What the network is, its promise, when it meets next, what it met about lately (B1)."""
    home, now = network_or_404(network), timezone.now()
    member = is_member(request.user, home)
    announced = Meeting.objects.of(home).public()
    coming = rows(announced.upcoming(now)[:5], is_member=member, now=now)
    following = next((row for row in coming if row.tense != Tense.CANCELLED), None)
    context = {
        "network": home,
        "is_member": member,
        "surveys": Survey.objects.of(home).own().open() if member and not home.is_resting else [],
        "next": following,
        "standing": following and standing(following.meeting, registration_of(request.user, following.meeting), at=now),
        "later": [row for row in coming if row is not following],
        "earlier": rows(announced.past(now)[:5], is_member=member, now=now),
    }
    return render(request, "network.html", context)
