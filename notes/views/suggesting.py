"""A reader says what is wrong in the notes (B57)."""

from datetime import timedelta
from html import unescape
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from cop.lib.markdown import render_markdown
from members.actions.limiting import is_within
from members.models import User
from notes.actions.suggesting import Point, points_of, suggest as hand_in
from notes.models.editions import Edition
from notes.views.reading import edition_or_404

DAY = timedelta(days=1)
MOST_A_DAY = 12


class SuggestionForm(forms.Form):
    """Which point, and what is wrong with it. Nothing of it leaves the page before it is sent (threats 37 and 55)."""

    point = forms.ChoiceField(
        label=gettext_lazy("Which point?"),
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": gettext_lazy("The notes have changed since you opened them. Choose the point again."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("What is wrong, and what would be right?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, points: list[Point], chosen: Point | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["point"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for mypy
        field.choices = [(point.seen, unescape(strip_tags(render_markdown(point.text)))) for point in points]
        if chosen:
            field.widget, field.initial = forms.HiddenInput(), chosen.seen


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """Suggest a correction to one point; shown to those who run the network without a name."""
    edition = edition_or_404(request.user, network, meeting)
    if edition.meeting.network.is_resting:
        messages.error(request, _("This network is at rest, so no suggestions are taken any more."))
        return redirect(edition)
    points = list(points_of(edition))
    chosen = _chosen(request, points)
    form = SuggestionForm(request.POST if request.method == "POST" else None, points=points, chosen=chosen)
    if form.is_valid() and _is_within_limit(form, edition, user := cast("User", request.user)):
        (point,) = [one for one in points if one.seen == form.cleaned_data["point"]]
        hand_in(edition, point, form.cleaned_data["words"], by=user, at=timezone.now())
        messages.success(request, _("Thank you. What becomes of your suggestion is shown below the notes."))
        return redirect(edition)
    status = 429 if form.has_error("__all__", "too_many") else 422 if form.errors else 200
    context = {
        "network": edition.meeting.network,
        "meeting": edition.meeting,
        "edition": edition,
        "form": form,
        "chosen": chosen,
        "quoted": render_markdown(chosen.text) if chosen else "",
    }
    return render(request, "notes/suggest.html", context, status=status)


def _chosen(request: HttpRequest, points: list[Point]) -> Point | None:
    """The point whose link was followed, as long as it says what it said then."""
    if request.method == "POST":
        return next((point for point in points if point.seen == request.POST.get("point")), None)
    return next((point for point in points if point.place == request.GET.get("point")), None)


def _is_within_limit(form: SuggestionForm, edition: Edition, user: User) -> bool:
    if not is_within("correct", f"{user.pk} {edition.meeting.network_id}", most=MOST_A_DAY, every=DAY):
        words = _("You have suggested many corrections today. Come back tomorrow, or write to an organiser.")
        form.add_error(None, ValidationError(words, "too_many"))
    return form.is_valid()
