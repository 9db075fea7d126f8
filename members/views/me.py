"""My page: what the network knows of me, and my way out."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members.access import membership_of, network_or_404
from members.actions.leaving import LastOrganiser, leave as leave_network
from members.forms import ProfileForm
from members.models import Membership, User


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def me(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("members:me")
    user.refresh_from_db()
    memberships = user.memberships.exclude(state=Membership.State.LEFT).select_related("network")
    page = {"form": form, "person": user, "memberships": memberships}
    return render(request, "members/me.html", page, status=422 if form.errors else 200)


@require_POST
@login_required
def leave(request: HttpRequest, network: str) -> HttpResponse:
    """Leave a network; coming back is joining again."""
    membership = membership_of(request.user, network_or_404(network))
    if membership is None or membership.state == Membership.State.LEFT:
        raise Http404
    try:
        leave_network(membership)
    except LastOrganiser:
        messages.error(request, _("You are this network's only organiser. Make somebody else organiser first."))
    else:
        messages.success(request, _("You have left the network. You will get no more letters from it."))
    return redirect("members:me")
