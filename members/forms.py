"""What people fill in about themselves."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cop.lib.http import network_address
from members.actions.limiting import is_within
from members.actions.subscribing import Wish
from members.formats.people import Field, Standing
from members.models import Kind, Membership, Network, Sector, SignUp, User
from members.rules.shared_mailboxes import is_a_persons, is_shared

LONGEST_PAUSE = timedelta(days=366)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

SECTOR_HELP = _("Points in the notes may stand for a sector, never for you, unless you say so.")


def answered() -> forms.CharField:
    """For which address somebody has been asked whose name it is, and said that it is right."""
    return forms.CharField(required=False, max_length=254, widget=forms.HiddenInput)


def ask_for_a_person(form: forms.BaseForm) -> None:
    """Ask once for the name of a person where a mailbox looks like an office's (B28). Pressing again is the answer."""
    said = form.cleaned_data
    email, name = said.get("email", ""), said.get("name", "")
    asked = said.get("right_as_it_is", "").lower() == email.lower()
    if asked or not name or not is_shared(email) or is_a_persons(name, organisation=said.get("organisation", "")):
        return
    data = QueryDict(mutable=True)
    data.update({**form.data, "right_as_it_is": email})
    form.data = data
    form.add_error(
        "name",
        _(
            "This looks like a mailbox that several people read. Give the name of one person; or press again, if it is "
            "right."
        ),
    )


class JoinForm(forms.ModelForm[SignUp]):
    """Joining in under a minute (B15)."""

    right_as_it_is = answered()
    sector = forms.ChoiceField(
        label=_("Sector"),
        help_text=SECTOR_HELP,
        choices=[("", _("Choose one")), *Sector.choices],
        error_messages={"required": _("Choose the sector you work in.")},
    )
    agrees = forms.BooleanField(
        label=_("I will keep to the ground rules"),
        error_messages={
            "required": _("Members promise one another to keep to the ground rules. Tick the box if you do.")
        },
    )

    class Meta:
        model = SignUp
        fields = ("email", "name", "organisation", "sector")
        labels = {
            "email": _("E-mail address"),
            "name": _("Name"),
            "organisation": _("Organisation"),
        }
        help_texts = {
            "email": _("We send a letter there, to make sure that it is yours."),
            "organisation": _("Leave this empty if you come as yourself."),
        }
        error_messages = {
            "email": {
                "required": _("Give the e-mail address that we should write to."),
                "invalid": _("This does not look like an e-mail address. It needs an @ and no spaces."),
            },
            "name": {"required": _("Give the name by which the network should know you.")},
        }
        widgets = {
            "email": forms.EmailInput({"autocomplete": "email"}),
            "name": forms.TextInput({"autocomplete": "name"}),
            "organisation": forms.TextInput({"autocomplete": "organization"}),
        }

    def clean(self) -> None:
        super().clean()
        ask_for_a_person(self)


class ProfileForm(forms.ModelForm[User]):
    """What a person says of themselves, changed without writing to anyone (B22)."""

    class Meta:
        model = User
        fields = ("name", "organisation", "job_title", "sector", "also_known_as", "language")
        labels = {
            "name": _("Name"),
            "organisation": _("Organisation"),
            "job_title": _("Role"),
            "sector": _("Sector"),
            "also_known_as": _("Also known as"),
            "language": _("Language of letters"),
        }
        help_texts = {"sector": SECTOR_HELP}
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "organisation": forms.TextInput({"autocomplete": "organization"}),
            "job_title": forms.TextInput({"autocomplete": "organization-title"}),
            "also_known_as": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["name"].required = True
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of letters"),
            choices=[("", _("The network’s own")), *settings.LANGUAGES],
            required=False,
        )


class LettersForm(forms.Form):
    """Which letters a member wants from one network, from when on, and who may see that they are a member."""

    kinds = forms.MultipleChoiceField(
        label=_("Send me"),
        choices=[(kind.value, capfirst(kind.label)) for kind in Kind],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    resume_on = forms.DateField(
        label=_("Send me none of these before"),
        help_text=_("A pause: what goes out meanwhile is not sent later. Leave this empty to get letters now."),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a day, such as 2027-03-01, or leave this empty.")},
    )
    is_listed = forms.BooleanField(
        label=_("Members of this network may see that I am one of them"),
        help_text=_(
            "They see your name and organisation, and can ask to be introduced to you. If you do not tick this, nobody "
            "but the organisers sees them."
        ),
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, membership: Membership, refused: Collection[Kind]) -> None:
        initial = {
            "kinds": [kind for kind in Kind if kind not in refused],
            "resume_on": membership.letters_resume_on,
            "is_listed": membership.is_listed,
        }
        super().__init__(data, initial=initial, prefix=membership.network.slug)
        self.today = membership.network.today
        if self.today >= (membership.letters_resume_on or self.today):
            self.initial["resume_on"] = None

    def clean_resume_on(self) -> date | None:
        said: date | None = self.cleaned_data["resume_on"]
        if said is not None and not self.today < said <= self.today + LONGEST_PAUSE:
            raise ValidationError(_("Choose a day after today and within a year, or leave this empty."))
        return said

    def wish(self) -> Wish:
        said = self.cleaned_data
        kinds = frozenset(Kind(kind) for kind in said["kinds"])
        return Wish(kinds=kinds, resume_on=said["resume_on"], is_listed=said["is_listed"])


class NewAddressForm(forms.Form):
    """Another address for the same person."""

    new_email = forms.EmailField(
        label=_("New e-mail address"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages=JoinForm.Meta.error_messages["email"],
    )

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_new_email(self) -> str:
        """Five times an hour a person, three times an hour to one address."""
        said: str = self.cleaned_data["new_email"].lower()
        if said == self.user.email.lower():
            raise ValidationError(_("This is your address already. Type the new one."))
        within = (
            is_within("address by", str(self.user.pk), most=5, every=HOUR),
            is_within("address to", said, most=3, every=HOUR),
        )
        if not all(within):
            raise ValidationError(_("That was asked often enough within the hour. Look for our letters, or wait."))
        return said


class EraseForm(forms.Form):
    """One tick before what cannot be taken back."""

    sure = forms.BooleanField(
        label=_("I have read this, and I know that it cannot be taken back"),
        error_messages={"required": _("Tick the box if you are sure. Nothing has been erased.")},
    )


class AddressForm(RequestLoginCodeForm):
    """Where the code goes; in our words."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = _("E-mail address")
        field.widget = forms.EmailInput({"autocomplete": "email"})
        field.error_messages.update(JoinForm.Meta.error_messages["email"])

    def clean_email(self) -> str:
        """Codes are asked for three times a minute and 15 times an hour for one address, known or not, and 120 times
        an hour from one place (an office)."""
        email = self.cleaned_data["email"].lower()
        within = (
            is_within("code from", network_address(context.request), most=120, every=HOUR),
            is_within("code to, in a minute", email, most=3, every=MINUTE),
            is_within("code to", email, most=15, every=HOUR),
        )
        if not all(within):
            raise get_adapter().validation_error("too_many_login_attempts")
        checked: str = super().clean_email()
        return checked


class CodeForm(ConfirmLoginCodeForm):
    """The six digits; telephones offer their number pad, and the code from the letter."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Code from the letter")
        field.widget = forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"})
        field.error_messages["required"] = _("Type the six digits from the letter.")

    def clean_code(self) -> str:
        """Three tries a code, however many are sent at once; allauth counts them in the session, one after another."""
        whose = f"{context.request.session.session_key} {self.expected_code}"
        if not is_within("try of a code", whose, most=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS, every=HOUR):
            raise get_adapter().validation_error("too_many_login_attempts")
        checked: str = super().clean_code()
        return checked


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = FilesInput

    def clean(self, data: object, initial: object = None) -> list[UploadedFile[Any]]:
        files = list(data) if isinstance(data, list) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class ListForm(forms.Form):
    """A list of people to bring into a network (B78)."""

    network = forms.ModelChoiceField(Network.objects.none(), label=_("Network"), empty_label=None)
    lists = FilesField(
        label=_("File"),
        help_text=_("The zip that Mailchimp made, the CSV files from it, or one CSV file from anywhere else."),
        widget=FilesInput({"accept": ".csv,.zip,.txt,text/csv,application/zip"}),
        error_messages={
            "required": _("Choose the file to bring people in from."),
            "empty": _("There is nothing in this file. Export the list again."),
        },
    )

    def __init__(self, *args: object, networks: QuerySet[Network], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        choice = self.fields["network"]
        choice.queryset = networks  # type: ignore[attr-defined]  # the field is the one above
        if len(networks) == 1:
            choice.initial, choice.widget = networks[0].pk, forms.HiddenInput()


COLUMN_LABELS = {
    Field.ADDRESS: _("E-mail address"),
    Field.NAME: _("Name"),
    Field.FIRST_NAME: _("First name"),
    Field.LAST_NAME: _("Last name"),
    Field.ORGANISATION: _("Organisation"),
    Field.JOB_TITLE: _("Role at work"),
    Field.SECTOR: _("Sector"),
    Field.STATUS: _("Whether they want letters"),
}
COLUMN_HELPS = {
    Field.NAME: _("Or first and last name, where these are two columns."),
    Field.SECTOR: _("Public sector, civil society, private sector or academia; anything else is left empty."),
    Field.STATUS: _("A column that says “subscribed”, “unsubscribed” or “bounced”."),
}


class ColumnsForm(forms.Form):
    """Which column of a table holds what, and who the people in it are."""

    standing = forms.ChoiceField(
        label=_("Who is on this list"),
        choices=[
            (Standing.SUBSCRIBED, _("People who asked for letters from this network")),
            (Standing.UNSUBSCRIBED, _("People who asked not to be written to")),
        ],
        initial=Standing.SUBSCRIBED,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, headings: Sequence[str], guesses: Mapping[Field, int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        columns = [(str(at), heading.strip()[:60] or _column(at)) for at, heading in enumerate(headings)]
        for field, label in COLUMN_LABELS.items():
            self.fields[field] = forms.ChoiceField(
                label=label,
                help_text=COLUMN_HELPS.get(field, ""),
                choices=[("", _("None")), *columns],
                initial=str(guesses[field]) if field in guesses else "",
                required=field == Field.ADDRESS,
                error_messages={"required": _("Say which column holds the addresses.")},
            )

    def columns(self) -> dict[Field, int]:
        """What was chosen, without what is in no column."""
        return {field: int(self.cleaned_data[field]) for field in COLUMN_LABELS if self.cleaned_data[field]}


def _column(at: int) -> str:
    return str(_("Column %d")) % (at + 1)
