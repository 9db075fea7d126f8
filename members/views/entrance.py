"""Signing in, as its owner sees it: my address, and where I am signed in (B22, B92)."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cop.lib.sessions import stored_key
from members.actions.moving import ask_for_address
from members.actions.staying import sign_ins_of, sign_out_everywhere, sign_out_of
from members.forms import NewAddressForm
from members.models import User


@require_safe
@login_required
def entrance(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    return _page(request, NewAddressForm(user=user))


@require_POST
@login_required
def address(request: HttpRequest) -> HttpResponse:
    """Ask for another address. The answer is the same whether or not it is somebody's already."""
    user = cast("User", request.user)
    form = NewAddressForm(request.POST, user=user)
    if not form.is_valid():
        return _page(request, form)
    ask_for_address(user, form.cleaned_data["new_email"])
    messages.success(request, _("Look into the new mailbox: your address changes when you press the button there."))
    return redirect("members:entrance")


@require_POST
@login_required
def sign_out_there(request: HttpRequest, sign_in_id: int) -> HttpResponse:
    """End the session of one of my browsers; of this one too, if that is the one."""
    sign_out_of(get_object_or_404(cast("User", request.user).sign_ins, pk=sign_in_id))
    messages.success(request, _("You are signed out there."))
    return redirect("members:entrance")


@require_POST
@login_required
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every session of mine but this one."""
    stands_on = sign_out_everywhere(cast("User", request.user), but=request.session.session_key or "")
    request.session[HASH_SESSION_KEY] = stands_on
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("members:entrance")


def _page(request: HttpRequest, form: NewAddressForm) -> HttpResponse:
    user, here = cast("User", request.user), stored_key(request.session.session_key or "")
    page = {
        "person": user,
        "form": form,
        "passkeys": user.passkeys.all(),
        "sign_ins": [(one, one.session_key == here) for one in sign_ins_of(user)],
    }
    return render(request, "members/entrance.html", page, status=422 if form.errors else 200)
