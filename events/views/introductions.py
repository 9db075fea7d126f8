"""Introductions: asking, answering, and the addresses of those who both said yes (B71)."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cop.lib.http import number_in
from events.access import member_of_network_or_404
from events.actions.introducing import (
    IntroducingRefused,
    answer_introduction,
    ask_for_introduction,
    may_be_asked,
    of,
    take_back,
)
from events.models import Introduction
from events.rules.introductions import LONGEST_WORDS, Answer, Shown, shown
from members.models import Network, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An introduction as one of the two reads it."""

    introduction: Introduction
    other: User


class AskForm(forms.Form):
    """Whom, and what about."""

    to = forms.TypedChoiceField(
        label=gettext_lazy("Whom would you like to meet?"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Choose a member."),
            "invalid_choice": gettext_lazy("This member is no longer in the list. Choose another."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("What about?"),
        max_length=LONGEST_WORDS,
        help_text=gettext_lazy("They read this with your name and organisation, when they are signed in."),
        error_messages={"required": gettext_lazy("Say in a sentence what you would like to talk about.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def ask_form(request: HttpRequest, network: Network, user: User) -> AskForm:
    """The form, with those who let themselves be seen to choose from."""
    asks = request.method == "POST" and "ask" in request.POST
    form = AskForm(request.POST if asks else None)
    members = may_be_asked(network).exclude(user=user).order_by("user__name", "pk")
    named = [(one.pk, ", ".join(filter(None, [one.user.name, one.user.organisation]))) for one in members]
    to = form.fields["to"]
    assert isinstance(to, forms.ChoiceField)  # noqa: S101  # for mypy
    to.choices = [("", _("Choose a member")), *named]
    return form


@sensitive_post_parameters()
@sensitive_variables()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def introductions(request: HttpRequest, network: str) -> HttpResponse:
    """For members: whom they would like to meet, who would like to meet them, and who has said yes."""
    where, user = member_of_network_or_404(request.user, network)
    form = ask_form(request, where, user)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            messages.success(request, press(request, where, user, form))
            return redirect(request.path)
        except IntroducingRefused as refused:
            form.add_error(None, str(refused))
    page = {"network": where, "form": form, "rows": rows(where, user)}
    return render(request, "events/introductions.html", page, status=422 if form.errors else 200)


def press(request: HttpRequest, network: Network, user: User, form: AskForm) -> str:
    """Do what was pressed, and say so; `Http404` for a button that is none. Raises `IntroducingRefused`."""
    if form.is_bound:
        said = form.cleaned_data
        ask_for_introduction(network, user, said["to"], words=said["words"], on=network.today)
        return _("They are asked. If they say yes, you both get a letter with the other’s address.")
    pressed = next((one for one in ("yes", "no", "take_back") if one in request.POST), "")
    if (number := number_in(request.POST.get(pressed, ""))) is None:
        raise Http404
    if pressed == "take_back":
        take_back(network, user, number)
        return _("You ask no more.")
    if not answer_introduction(network, user, number, Answer.YES if pressed == "yes" else Answer.NO):
        return _("There is nothing to answer any more.")
    return _("You both get a letter with the other’s address.") if pressed == "yes" else _("Nobody is told of your no.")


def rows(network: Network, user: User) -> dict[str, list[Row]]:
    """What this person reads of each introduction, by what it is to them."""
    sorted_: dict[Shown, list[Row]] = {one: [] for one in Shown}
    for one in of(network, user):
        asks = one.asker_id == user.pk
        row = Row(introduction=one, other=one.asked if asks else one.asker)
        sorted_[shown(Answer(one.answer), to_asker=asks)].append(row)
    return {"waits": sorted_[Shown.WAITS], "to_answer": sorted_[Shown.TO_ANSWER], "known": sorted_[Shown.KNOWN]}
