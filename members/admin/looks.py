"""The panel's page on which a network gets its own colours, type and logo: looked at first, then kept (B97)."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from cop.lib.files.refusing import Refused, Why
from members.actions.looking import Picture, clean_logo, keep_look, lay_by_logo, remove_logo, show_logo
from members.admin.history import remember_change
from members.formats.looks import SANS, Look
from members.models import Logo, Network
from members.rules.colours import (
    DARK,
    LIGHT,
    OURS,
    OURS_IN_DARK,
    Ground,
    as_colour,
    least_contrast,
    nearest_passing,
    passes,
)

REFUSALS = {
    Why.EMPTY: gettext_lazy("There is nothing in this file. Choose it again."),
    Why.TOO_LARGE: gettext_lazy("This picture is too large. Save it smaller: 480 pixels wide is enough."),
    Why.OTHER_KIND: gettext_lazy("Choose a PNG, JPEG or WebP picture. An SVG can be saved as PNG by what drew it."),
    Why.BROKEN: gettext_lazy("This picture cannot be read. Save it again as PNG, and choose that file."),
    Why.BUSY: gettext_lazy("Several pictures are being read just now. Try again in a moment."),
}


class LookForm(forms.Form):
    """Colours as people copy them from a style guide."""

    accent = forms.CharField(
        label=gettext_lazy("Your colour"),
        help_text=gettext_lazy(
            "A # and six signs, such as #14513a. Links and buttons take it. Empty: our bottle green."
        ),
        required=False,
        max_length=20,
    )
    dark = forms.CharField(
        label=gettext_lazy("Your colour on a dark page"),
        help_text=gettext_lazy("For people whose device is set to dark. Empty: a lighter one of the same hue."),
        required=False,
        max_length=20,
    )
    headings = forms.ChoiceField(
        label=gettext_lazy("Headings and quotations"),
        choices=[("", gettext_lazy("With serifs, like a journal")), (SANS, gettext_lazy("Without serifs"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_accent(self) -> str:
        return self._readable("accent", LIGHT)

    def clean_dark(self) -> str:
        return self._readable("dark", DARK)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("dark") and not said.get("accent") and "accent" not in self.errors:
            self.add_error("accent", _("Give your colour for a light page as well."))
        return said

    def look(self) -> Look:
        said = self.cleaned_data
        return Look(said["accent"], said["dark"], said["headings"])

    def _readable(self, field: str, ground: Ground) -> str:
        typed: str = self.cleaned_data[field]
        if not typed.strip():
            return ""
        colour = as_colour(typed)
        if colour is None:
            raise ValidationError(_("Write the colour as a # and six digits or letters from a to f, such as #14513a."))
        if not passes(colour, ground):
            raise ValidationError(too_faint(colour, ground))
        return colour


def too_faint(colour: str, ground: Ground) -> str:
    """Why a colour is refused, and the nearest that is not."""
    where = _("on our dark page") if ground.is_dark else _("on our light page")
    said = _("%(colour)s has a contrast of %(ratio)s to 1 %(where)s; words need 4.5. The nearest with it: %(other)s.")
    # Rounded down, so that 4.49 is not called 4.5.
    ratio = int(least_contrast(colour, ground) * 10) / 10
    return said % {"colour": colour, "where": where, "ratio": ratio, "other": nearest_passing(colour, ground)}


class LogoForm(forms.Form):
    logo = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("PNG, JPEG or WebP. It stands 40 pixels high beside the network's name."),
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
        error_messages={"required": gettext_lazy("Choose the file with your logo.")},
    )

    def clean_logo(self) -> Picture:
        given: UploadedFile[Any] = self.cleaned_data["logo"]
        try:
            return clean_logo(given.read())
        except Refused as refused:
            raise ValidationError(REFUSALS.get(refused.why, REFUSALS[Why.OTHER_KIND])) from None


@require_http_methods(["GET", "HEAD", "POST"])
def looks(request: HttpRequest, network: Network) -> HttpResponse:
    """Look, then keep."""
    press = next((one for one in ("upload", "show", "remove", "look", "keep") if one in request.POST), "")
    if press in ("upload", "show", "remove"):
        return _logo(request, network, press)
    initial = {"accent": network.accent, "dark": network.accent_in_dark, "headings": network.headings}
    form = LookForm(request.POST if press else None, initial=initial)
    if press == "keep" and form.is_valid():
        keep_look(network, form.look())
        remember_change(request, network, _("Colours"))
        messages.success(request, _("Saved. Every page and letter of the network has it from now on."))
        return redirect("admin:members_network_look", network.pk)
    return _page(request, network, form, LogoForm())


def _logo(request: HttpRequest, network: Network, press: str) -> HttpResponse:
    if press == "upload":
        form = LogoForm(request.POST, request.FILES)
        if not form.is_valid():
            return _page(request, network, LookForm(initial={"accent": network.accent}), form)
        lay_by_logo(network, form.cleaned_data["logo"])
        messages.info(request, _("This is how it looks. Nobody else sees it before you press “Show this logo”."))
    elif press == "remove":
        remove_logo(network)
        remember_change(request, network, _("Logo removed"))
    elif show_logo(network, request.POST["show"]):
        remember_change(request, network, _("Logo"))
        messages.success(request, _("Saved. It stands on every page of the network."))
    else:
        messages.warning(request, _("Somebody else has put another logo here meanwhile. Look at that one first."))
    return redirect("admin:members_network_look", network.pk)


def _page(request: HttpRequest, network: Network, form: LookForm, logo_form: LogoForm) -> HttpResponse:
    tried = form.look() if form.is_bound and form.is_valid() else network.look
    asked = urlencode(
        {
            "accent": tried.accent or OURS,
            "dark": tried.dark if tried.accent else OURS_IN_DARK,
            "headings": tried.headings,
        }
    )
    page: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Colours and logo"),
        "opts": Network._meta,
        "looking": network,
        "form": form,
        "logo_form": logo_form,
        "is_tried": form.is_bound and form.is_valid() and tried != network.look,
        "sheet": f"{reverse('members:look_preview')}?{asked}",
        "logo": Logo.objects.filter(network=network).first(),
    }
    wrong = form.errors or logo_form.errors
    return TemplateResponse(request, "admin/members/network/look.html", page, status=422 if wrong else 200)
