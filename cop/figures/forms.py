"""Which period figures are of."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _, gettext_lazy

from cop.figures.rules.periods import Period

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SENSIBLE = (
    MinValueValidator(date(1990, 1, 1), gettext_lazy("Take a day from 1990 on.")),
    MaxValueValidator(date(2099, 12, 31), gettext_lazy("Take a day before 2100.")),
)
WRONG = {"invalid": gettext_lazy("Write a day like 2026-01-31."), "required": gettext_lazy("Choose a day.")}


class PeriodForm(forms.Form):
    """Both days are in it. It is sent by GET, so that an address leads to the same figures again."""

    use_required_attribute = False
    since = forms.DateField(label=gettext_lazy("From"), widget=DAY, validators=SENSIBLE, error_messages=WRONG)
    until = forms.DateField(label=gettext_lazy("To"), widget=DAY, validators=SENSIBLE, error_messages=WRONG)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "since" in said and "until" in said and said["until"] < said["since"]:
            self.add_error("until", _("This day is before the first one. Choose that day or a later one."))
        return said

    @property
    def period(self) -> Period:
        """Once it is valid."""
        return Period(self.cleaned_data["since"], self.cleaned_data["until"])


class ReportForm(PeriodForm):
    """With a sentence of the organiser's own for the head of the report."""

    sentence = forms.CharField(
        label=gettext_lazy("A sentence of your own"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stands at the head of this report, and is not kept."),
        error_messages={"max_length": gettext_lazy("Keep it to %(limit_value)d characters: it is one page.")},
    )

    @property
    def sentence_said(self) -> str:
        """Once it is valid."""
        return str(self.cleaned_data["sentence"])
