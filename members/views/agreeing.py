"""Somebody who was on the network's list before agrees to the ground rules, or is taken off the list."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop.lib.signing import claimed_subject, read_personal_token
from members.access import membership_of, network_or_404
from members.actions.joining import agree
from members.actions.leaving import leave
from members.actions.signing_in import mailbox_is_theirs
from members.letters import AGREE
from members.models import Membership
from members.views.resting import at_rest
from members.views.signing_in import gone, sign_in

GOOD_FOR = timedelta(days=90)


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the letter. Opening it changes nothing (B16); a press agrees, or takes them off the list."""
    try:
        membership = _membership_behind(token)
    except Http404:
        return gone(request)
    if "leave" in request.POST:
        return _leave(request, membership)
    if membership.network.is_resting:
        return at_rest(request, membership.network)
    if request.method != "POST":
        return _page(request, membership)
    home = membership.network.get_absolute_url()
    confirmed = agree(membership, way="link in the letter about the list")
    mailbox_is_theirs(membership.user)
    messages.success(request, _("You are a member of this network. Welcome."))
    if confirmed.changed and not request.user.is_authenticated:
        return sign_in(request, membership.user, then=home)
    return redirect(home)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def signed_in(request: HttpRequest, network: str) -> HttpResponse:
    """The same for somebody who has signed in by a code."""
    membership = membership_of(request.user, network_or_404(network))
    if membership is None or membership.state != Membership.State.BROUGHT:
        raise Http404
    if "leave" in request.POST:
        return _leave(request, membership)
    if membership.network.is_resting:
        return at_rest(request, membership.network)
    if request.method != "POST":
        return _page(request, membership)
    agree(membership, way="first sign-in after being brought over")
    messages.success(request, _("You are a member of this network. Welcome."))
    return redirect(membership.network.get_absolute_url())


def _page(request: HttpRequest, membership: Membership) -> HttpResponse:
    page = {"network": membership.network, "person": membership.user}
    return render(request, "members/agree.html", page)


def _leave(request: HttpRequest, membership: Membership) -> HttpResponse:
    leave(membership)
    messages.success(request, _("You are off the list. This network writes to you no more."))
    return redirect(membership.network.get_absolute_url())


def _membership_behind(token: str) -> Membership:
    """Whose link it is; `Http404` once they have agreed or left, and where it is forged or too old."""
    known = Membership.objects.filter(pk=claimed_subject(token), state=Membership.State.BROUGHT, user__is_active=True)
    membership = known.select_related("network", "user").first()
    if membership is None:
        raise Http404
    read_personal_token(token, AGREE, GOOD_FOR)
    return membership
