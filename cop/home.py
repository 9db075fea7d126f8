"""The roof: pages that gather from every app. Nothing imports it but the addresses."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop.starting.setting_up import is_open
from events.access import Standing, registration_of, standing
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

    def own_standing(meeting: Meeting) -> Standing:
        return standing(meeting, registration_of(request.user, meeting), at=now)

    page = home_of(home, now, is_member=is_member(request.user, home), standing_at=own_standing)
    return render(request, "network.html", page)


def home_of(
    home: Network, now: datetime, *, is_member: bool, standing_at: Callable[[Meeting], Standing]
) -> dict[str, object]:
    """What a network's home shows to a reader, who stands to the next meeting as `standing_at` says."""
    announced = Meeting.objects.of(home).public()
    coming = rows(announced.upcoming(now)[:5], is_member=is_member, now=now)
    following = next((row for row in coming if row.tense != Tense.CANCELLED), None)
    return {
        "network": home,
        "is_member": is_member,
        "surveys": Survey.objects.of(home).own().open() if is_member and not home.is_resting else [],
        "next": following,
        "standing": following and standing_at(following.meeting),
        "later": [row for row in coming if row is not following],
        "earlier": rows(announced.past(now)[:5], is_member=is_member, now=now),
    }
