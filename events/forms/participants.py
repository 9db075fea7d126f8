"""What people type when they come to a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.access_needs import LONGEST
from events.actions.registering import Guest
from events.models import AgendaItem, Meeting, Registration
from members.forms import answered, ask_for_a_person
from members.models import Sector

SECTORS = [("", _("Rather not say")), *Sector.choices]


class GuestForm(forms.Form):
    """Registering without an account. Only name and address are asked of everybody (B29)."""

    right_as_it_is = answered()
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Give the name by which you want to be known at the meeting.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Give the e-mail address that we should write to."),
            "invalid": _("This does not look like an e-mail address. It needs an @ and no spaces."),
        },
        help_text=_("We write to it with the way in and the entry for your calendar."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=SECTORS)
    access_need = forms.CharField(
        label=_("What you need to take part"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "Captions, a sign language interpreter, step-free access, slides beforehand: only the organisers of this "
            "meeting see it, and it is deleted 30 days after."
        ),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    def clean(self) -> None:
        super().clean()
        ask_for_a_person(self)

    def guest(self) -> Guest:
        """Who this is; only of a form that is valid."""
        answers = self.cleaned_data
        return Guest(
            email=answers["email"],
            name=" ".join(answers["name"].split()),
            organisation=" ".join(answers["organisation"].split()),
            sector=answers["sector"],
        )


class OwnRegistrationForm(forms.ModelForm[Registration]):
    """Who somebody is at this meeting, in their own words, and what they want of its notes."""

    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=SECTORS)

    class Meta:
        model = Registration
        fields = ["name", "organisation", "job_title", "sector", "also_known_as", "do_not_note"]
        labels = {
            "name": _("Your name"),
            "also_known_as": _("Also known as"),
            "do_not_note": _("Do not note my comments at this meeting"),
        }
        help_texts = {
            "also_known_as": _(
                "Other names or handles of yours, or names of your organisation, one a line. We look for them in the "
                "notes, so that none slips through. Only those who run the network see them."
            )
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "job_title": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "also_known_as": forms.Textarea(attrs={"rows": 3}),
        }

    def guest(self) -> Guest:
        """Who this is; only of a form that is valid."""
        said = self.cleaned_data
        return Guest(
            email=self.instance.email,
            name=" ".join(said["name"].split()),
            organisation=" ".join(said["organisation"].split()),
            sector=said["sector"],
            job_title=" ".join(said["job_title"].split()),
        )


class AccessNeedForm(forms.Form):
    """What somebody needs to be able to take part; empty for nothing."""

    text = forms.CharField(
        label=_("What do you need to take part?"),
        max_length=LONGEST,
        required=False,
        help_text=_("Captions, a sign language interpreter, step-free access, slides beforehand: whatever helps."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )


class QuestionForm(forms.Form):
    """A question without a name. What else is wrong with it the act says; nothing spell-checks it elsewhere, and no
    browser offers it again (threat 55)."""

    text = forms.CharField(
        label=_("Your question"),
        error_messages={"required": _("There is no question yet. Write it, then press the button.")},
        help_text=_("Your question is shown without your name. Write nothing in it that points to you."),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )


class PartForm(forms.Form):
    """Where in the notes answered questions go."""

    part = forms.ModelChoiceField(
        label=_("Answered questions go into the notes under"),
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label=_("No part in particular"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part = self.fields["part"]
        assert isinstance(part, forms.ModelChoiceField)  # noqa: S101  # for mypy
        part.queryset = meeting.agenda.exclude(basis=AgendaItem.Basis.CONFIDENTIAL)
