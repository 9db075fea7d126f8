"""My page: what the network knows of me, which letters I want, and my way out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members.access import membership_of, network_or_404
from members.actions.leaving import LastOwner, leave as leave_network
from members.actions.subscribing import Reader, choose
from members.forms import LettersForm, ProfileForm
from members.mailboxes import paused_mailbox_of
from members.models import Kind, Membership, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """One of my networks, and the form for its letters; none while I wait to be let in."""

    membership: Membership
    form: LettersForm | None


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def me(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("members:me")
    return _my_page(request, about=form)


@require_POST
@login_required
def letters(request: HttpRequest, network: str) -> HttpResponse:
    """Choose which letters one network sends (B24)."""
    membership = _own_membership(request, network)
    reader = Reader(membership.network, membership.user)
    form = LettersForm(request.POST, membership=membership, refused=reader.refused)
    if form.is_valid():
        choose(membership, form.wish())
        messages.success(request, _("Saved. It counts from the next letter on."))
        return redirect("members:me")
    return _my_page(request, letters={membership.pk: form})


@require_POST
@login_required
def leave(request: HttpRequest, network: str) -> HttpResponse:
    """Leave a network; coming back is joining again."""
    try:
        leave_network(_own_membership(request, network))
    except LastOwner:
        messages.error(request, _("You are this network’s only owner. Make another member owner first."))
    else:
        messages.success(request, _("You have left the network. You will get no more letters from it."))
    return redirect("members:me")


def _own_membership(request: HttpRequest, network: str) -> Membership:
    membership = membership_of(request.user, network_or_404(network))
    if membership is None or membership.state == Membership.State.LEFT:
        raise Http404
    return membership


def _my_page(
    request: HttpRequest, *, about: ProfileForm | None = None, letters: Mapping[int, LettersForm] | None = None
) -> HttpResponse:
    """The page, with the one form on it that was filled in."""
    user = cast("User", request.user)
    user.refresh_from_db()
    forms, refused = letters or {}, _refused(user)
    page = {
        "form": about or ProfileForm(instance=user),
        "person": user,
        "mailbox": paused_mailbox_of(user),
        "has_passkey": user.passkeys.exists(),
        "networks": [_mine(one, forms.get(one.pk), refused) for one in user.memberships.standing()],
    }
    is_wrong = bool(about and about.errors) or any(form.errors for form in forms.values())
    return render(request, "members/me.html", page, status=422 if is_wrong else 200)


def _refused(user: User) -> dict[int, set[Kind]]:
    found: dict[int, set[Kind]] = {}
    for network, kind in user.refusals.values_list("network", "kind"):
        found.setdefault(network, set()).add(Kind(kind))
    return found


def _mine(membership: Membership, form: LettersForm | None, refused: Mapping[int, set[Kind]]) -> Mine:
    if membership.state == Membership.State.PENDING:
        return Mine(membership=membership, form=None)
    fresh = LettersForm(membership=membership, refused=refused.get(membership.network_id, set()))
    return Mine(membership=membership, form=form or fresh)
