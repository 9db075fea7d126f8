"""My data: what I agreed to and decided, all that is known of me to take along, and being erased (B25, B26)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop.lib.mail import style
from members.actions.erasing import erase as erase_person
from members.actions.leaving import LastOwner
from members.actions.telling import everything_about
from members.formats.own_data import as_json, zipped
from members.forms import EraseForm
from members.models import Agreement, Decision, Kind, Network, User
from members.tasks import let_go_of_space


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of what I said, with the whole wording where I agreed to one."""

    at: datetime
    network: Network
    said: str
    way: str
    wording: str = ""


@require_safe
@login_required
def data(request: HttpRequest) -> HttpResponse:
    user = cast("User", request.user)
    entries = sorted([*_agreements(user), *_decisions(user)], key=lambda one: one.at, reverse=True)
    return render(request, "members/data.html", {"entries": entries})


@require_POST
@login_required
@sensitive_variables()
def download(request: HttpRequest) -> HttpResponse:
    """Everything, for machines and for people, in one file and at one press."""
    user, now = cast("User", request.user), timezone.now()
    parts = everything_about(user)
    page = render_to_string("members/own_data.html", {"parts": parts, "person": user, "now": now})
    files = {"my-data.json": as_json(parts, made_at=now), "my-data.html": style(page)}
    name = f"my-data-{timezone.localdate(now)}.zip"
    return HttpResponse(
        zipped(files),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """What goes, what stays and why; and the press that cannot be taken back."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _erase(request, cast("User", request.user))
    return render(request, "members/erase.html", {"form": form}, status=422 if form.errors else 200)


def _erase(request: HttpRequest, user: User) -> HttpResponse:
    try:
        erase_person(user.email, at=timezone.now())
    except LastOwner:
        messages.error(request, _("You are the only owner of a network. Make another member owner first."))
        return redirect("members:erase")
    let_go_of_space.enqueue()
    logout(request)
    messages.success(request, _("You are erased. Thank you for having been here."))
    return redirect("home")


def _agreements(user: User) -> Iterator[Entry]:
    rows = Agreement.objects.filter(membership__user=user).select_related("membership__network")
    for row in rows:
        network = row.membership.network
        yield Entry(
            at=row.given_at, network=network, said=_("I agreed to the ground rules"), way=row.way, wording=row.wording
        )


def _decisions(user: User) -> Iterator[Entry]:
    rows = Decision.objects.filter(membership__user=user).select_related("membership__network")
    for row in rows:
        yield Entry(at=row.made_at, network=row.membership.network, said=_sentence(row), way=row.get_way_display())


def _sentence(decision: Decision) -> str:
    """What was decided, in words: the kind of letter or the day stands in its place."""
    words = decision.get_what_display()
    if decision.what == Decision.What.PAUSED:
        return words % date_format(date.fromisoformat(decision.about))
    return words % Kind(decision.about).label if "%s" in words else words
