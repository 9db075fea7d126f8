"""What is asked while a site is set up."""

from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cop.starting.key import is_the_key
from members.forms import JoinForm
from members.models import Network, User


class KeyForm(forms.Form):
    key = forms.CharField(
        label=_("Key from the server"),
        help_text=_("Sixteen letters and digits. Spaces and hyphens do not matter."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        error_messages={"required": _("Type the key that the command printed.")},
    )

    def clean_key(self) -> str:
        typed: str = self.cleaned_data["key"]
        if not is_the_key(typed):
            raise ValidationError(
                _("This is not the key of this server. Run the command there and copy what it prints.")
            )
        return typed


class OwnerForm(forms.Form):
    """Who may do everything here."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Give the name by which your networks should know you.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it: we send a code there. There are no passwords."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages=JoinForm.Meta.error_messages["email"],
    )

    def __init__(self, *args: object, known: User | None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.others = User.objects.exclude(pk=known.pk) if known else User.objects.all()

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if self.others.filter(email__iexact=email).exists():
            raise ValidationError(_("Somebody else here has this address already. Give another."))
        return email


class NetworkForm(forms.ModelForm[Network]):
    """The first network, in the few words that its pages need."""

    class Meta:
        model = Network
        fields = ("name", "tagline", "slug", "time_zone", "contact", "ground_rules")
        labels = {
            "name": _("Name of the network"),
            "tagline": _("Who you are, in a sentence"),
            "slug": _("Address of its pages"),
            "time_zone": _("Time zone"),
            "contact": _("Address for questions about data"),
            "ground_rules": _("Ground rules"),
        }
        help_texts = {
            "tagline": _("It stands under the name on the front page."),
            "slug": _("Small letters, digits and hyphens, such as public-voices. Empty: made from the name."),
            "time_zone": _("Where your meetings take place, such as Europe/London."),
            "contact": _("Shown to everybody in the privacy notice."),
            "ground_rules": _("Everybody who joins promises to keep to them, and so do you by making the network."),
        }
        widgets = {"ground_rules": forms.Textarea({"rows": 6}), "time_zone": forms.Select}
        error_messages = {"name": {"required": _("Give your network a name.")}}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["slug"].required = False
        zones = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone]
        self.fields["time_zone"].widget.choices = zones

    def clean_slug(self) -> str:
        made: str = self.cleaned_data["slug"] or slugify(self.cleaned_data.get("name", ""))[:50].strip("-")
        if not made and "name" in self.cleaned_data:
            raise ValidationError(_("No address can be made from this name. Give one, such as public-voices."))
        return made


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the letter"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Type the six digits from the letter.")},
    )
