"""The links in the two mailboxes of somebody whose address changes. Opening one changes nothing (B16, B22)."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop.lib.signing import claimed_subject, read_personal_token
from members.actions.moving import AddressIsTaken, confirm_address, keep_address
from members.letters import CONFIRM_ADDRESS_WITHIN, OBJECT_WITHIN, new_address_purpose, old_address_purpose
from members.models import AddressChange
from members.views.signing_in import gone


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """From the new mailbox: this is to be my address."""
    try:
        change = _change_behind(token, new_address_purpose, CONFIRM_ADDRESS_WITHIN)
        if request.method == "POST":
            confirm_address(change)
            messages.success(request, _("This is your address now. Sign in with it next time."))
            return redirect("members:entrance")
    except (Http404, AddressIsTaken):
        return gone(request)
    return render(request, "members/confirm_address.html", {"change": change})


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """From the old mailbox: that was not me."""
    try:
        change = _change_behind(token, old_address_purpose, OBJECT_WITHIN)
        if request.method == "POST":
            keep_address(change)
            messages.success(request, _("Your address is as it was, and every browser is signed out."))
            return redirect("account_login")
    except (Http404, AddressIsTaken):
        return gone(request)
    return render(request, "members/keep_address.html", {"change": change})


def _change_behind(token: str, purpose: Callable[[AddressChange], str], within: timedelta) -> AddressChange:
    change = AddressChange.objects.select_related("user").filter(pk=claimed_subject(token)).first()
    if change is None:
        raise Http404
    read_personal_token(token, purpose(change), within)
    return change
