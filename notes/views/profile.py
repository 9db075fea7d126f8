"""My page's part about notes: how I usually want my points to appear, in each of my networks."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from members.models import Membership, User
from notes.actions.preferring import keep_usual_attribution, usual_attribution
from notes.views.choices import NAMES, level_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """One network, and what is usual there for this person."""

    membership: Membership
    ways: list[tuple[str, str, bool]]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def usual(request: HttpRequest) -> HttpResponse:
    """What is preselected when I am asked. It is no consent: I am still asked each time, and silence is still no."""
    user = cast("User", request.user)
    active = Membership.objects.active().filter(user=user).select_related("network").order_by("network__name")
    if request.method == "POST":
        for membership in active:
            keep_usual_attribution(membership, level_from(request.POST.get(f"usual-{membership.pk}", "")))
        messages.success(request, _("Saved. You are still asked about each of your points."))
        return redirect("notes:usual")
    return render(request, "notes/usual.html", {"usuals": [_usual(user, membership) for membership in active]})


def _usual(user: User, membership: Membership) -> Usual:
    stands = usual_attribution(user, membership.network)
    return Usual(
        membership=membership,
        ways=[(str(int(level)), str(name), level == stands) for level, name in NAMES.items()],
    )
