"""The page of topics that members want (B66, B67). Who wants what, nobody reads here but of themselves."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from cop.lib.http import number_in
from events.access import member_of_network_or_404
from events.actions.suggesting import SuggestingRefused, suggest_topic, want, want_no_more, withdraw
from events.models import Backing, Suggestion, Survey
from events.rules.suggestions import LONGEST_TITLE
from members.access import organises
from members.models import Network, User

State = Suggestion.State


class SuggestionForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Topic"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST_TITLE}),
        error_messages={"required": gettext_lazy("There is no topic yet. Write it in a few words.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What about it?"),
        required=False,
        help_text=gettext_lazy("A sentence or two. Every member can read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    shows_name = forms.BooleanField(label=gettext_lazy("Show my name beside it"), required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A topic as one reader sees it."""

    suggestion: Suggestion
    supports: int
    is_wanted_by_reader: bool
    is_readers_own: bool
    name: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggestions(request: HttpRequest, network: str) -> HttpResponse:
    """For members: what is wanted, what came of it, and a form for one more."""
    where, user = member_of_network_or_404(request.user, network)
    form, status = SuggestionForm(), 200
    if request.method == "POST":
        pressed = request.POST.keys() & PRESSES.keys()
        form = form if pressed else SuggestionForm(request.POST)
        try:
            if pressed:
                messages.success(request, press(request, where, user, pressed.pop()))
            elif form.is_valid():
                suggest_topic(where, user, **form.cleaned_data)
                messages.success(request, _("Your topic is in the list."))
        except SuggestingRefused as refused:
            if form.is_bound:
                form.add_error("title", str(refused))
            else:
                messages.error(request, str(refused))
        if not form.errors:
            return redirect(request.path)
        status = 422
    page = {
        "network": where,
        "form": form,
        "organises": organises(user, where),
        "surveys": [] if where.is_resting else Survey.objects.of(where).own().open(),
        **lists(where, user),
    }
    return render(request, "events/suggestions.html", page, status=status)


def press(request: HttpRequest, network: Network, user: User, pressed: str) -> str:
    """Do what a button beside a topic is for, and say so. Raises `SuggestingRefused`."""
    if (number := number_in(request.POST[pressed])) is None:
        raise Http404
    return PRESSES[pressed](network, user, number)


def _want(network: Network, user: User, number: int) -> str:
    want(network, user, number)
    return _("You are counted. Nobody is shown who wants what.")


def _want_no_more(network: Network, user: User, number: int) -> str:
    want_no_more(network, user, number)
    return _("You are no longer counted.")


def _withdraw(network: Network, user: User, number: int) -> str:
    if withdraw(network, user, number):
        return _("Your topic is withdrawn.")
    return _("It is no longer yours. It stays in the list, because it is not only yours to take away.")


PRESSES: dict[str, Callable[[Network, User, int], str]] = {
    "want": _want,
    "want_no_more": _want_no_more,
    "withdraw": _withdraw,
}


def lists(network: Network, user: User) -> dict[str, list[Wanted]]:
    """What is wanted, most wanted first; what was taken up and what was not, newest first."""
    every = Suggestion.objects.of(network).exclude(state=State.MERGED).counted()
    own = set(Backing.objects.filter(user=user, suggestion__network=network).values_list("suggestion", flat=True))
    named = every.filter(shows_name=True).values("suggester")
    members = set(network.memberships.active().filter(user__in=named).values_list("user", flat=True))
    rows = [
        Wanted(
            suggestion=one,
            supports=one.supports,
            is_wanted_by_reader=one.pk in own,
            is_readers_own=one.suggester_id == user.pk,
            name=one.suggester.name if one.suggester and one.shows_name and one.suggester_id in members else "",
        )
        for one in cast("Iterable[Any]", every.select_related("suggester", "meeting__network"))
    ]
    newest = sorted(rows, key=lambda row: -row.suggestion.pk)
    return {
        "wanted": [row for row in rows if row.suggestion.state == State.WANTED],
        "taken_up": [row for row in newest if row.suggestion.state == State.TAKEN_UP],
        "not_now": [row for row in newest if row.suggestion.state == State.NOT_NOW],
    }
