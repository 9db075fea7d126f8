"""Passkeys in the browser: what it is asked, and what it answers. Without a script there is the code by e-mail."""

import json
from datetime import timedelta
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cop.lib.http import network_address
from cop.lib.passkeys import NotProven, Site, ask_for_known
from members.actions.limiting import is_within
from members.actions.opening import add_passkey, ask_for_passkey, open_with
from members.models import User
from members.views.signing_in import sign_in

ASKED = "passkey"
HOUR = timedelta(hours=1)


def site_of(request: HttpRequest) -> Site:
    """A key is bound to the host that it was made for, and answers to no other."""
    host = request.get_host()
    return Site(host=host.partition(":")[0], origin=f"{request.scheme}://{host}", name=host)


@require_POST
@login_required
def ask_new(request: HttpRequest) -> HttpResponse:
    """What my browser is asked in order to make a passkey."""
    options, request.session[ASKED] = ask_for_passkey(cast("User", request.user), site_of(request))
    return JsonResponse(options)


@require_POST
@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that my browser has made."""
    user, agent = cast("User", request.user), request.META.get("HTTP_USER_AGENT", "")
    try:
        asked, answer = _asked_and_answered(request)
        add_passkey(user, site_of(request), asked, answer, user_agent=agent, on=timezone.localdate())
    except NotProven:
        messages.error(request, _("That did not work, and nothing was changed. Please try again."))
    else:
        messages.success(request, _("From now on this device signs you in. A code by e-mail works as well, always."))
    return redirect("members:entrance")


@require_POST
@login_required
def remove(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Throw one of my passkeys away."""
    get_object_or_404(cast("User", request.user).passkeys, pk=passkey_id).delete()
    messages.success(request, _("The passkey is removed here. Remove it on your device as well, if it asks."))
    return redirect("members:entrance")


@require_POST
def ask_known(request: HttpRequest) -> HttpResponse:
    """What a browser is asked in order to sign somebody in: the same for everybody, for it says who they are."""
    options, request.session[ASKED] = ask_for_known(site_of(request))
    return JsonResponse(options)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in whoever holds the key; 120 tries an hour from one place."""
    try:
        if not is_within("passkey from", network_address(request), most=120, every=HOUR):
            raise NotProven
        asked, answer = _asked_and_answered(request)
        user = open_with(site_of(request), asked, answer, on=timezone.localdate())
    except NotProven:
        messages.error(request, _("We do not know this passkey. Sign in with a code instead."))
        return redirect("account_login")
    then = request.POST.get("next", "")
    return sign_in(request, user, then=then if get_adapter().is_safe_url(then) else None)


def _asked_and_answered(request: HttpRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """Each question is answered once."""
    asked = request.session.pop(ASKED, None)
    try:
        answer = json.loads(request.POST.get("credential", ""))
    except ValueError as error:
        raise NotProven from error
    if not isinstance(asked, dict) or not isinstance(answer, dict):
        raise NotProven
    return asked, answer
