"""What people fill in about themselves."""

from datetime import timedelta

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from cop.lib.http import network_address
from members.actions.limiting import is_within
from members.models import Sector, SignUp, User

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

SECTOR_HELP = _("Points in the notes may stand for a sector, never for you, unless you say so.")


class JoinForm(forms.ModelForm[SignUp]):
    """Joining in under a minute (B15)."""

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


class ProfileForm(forms.ModelForm[User]):
    """What a person says of themselves, changed without writing to anyone (B22)."""

    class Meta:
        model = User
        fields = ("name", "organisation", "job_title", "sector", "also_known_as")
        labels = {
            "name": _("Name"),
            "organisation": _("Organisation"),
            "job_title": _("Role"),
            "sector": _("Sector"),
            "also_known_as": _("Also known as"),
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
