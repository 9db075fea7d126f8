"""The panel's pages about letters: every letter there is with sample data, and what organisers say in it (B75)."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from html import unescape
from re import findall
from typing import Any

from csp.decorators import csp_replace
from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from cop.lib.mail import Letter
from members.admin.history import remember_change
from members.admin.scoping import NetworkScopedAdmin, network_ids
from members.models import Network, Wording
from members.rules.placeholders import broken_places
from members.samples import is_fixed, sample_letter, sampled_letters

ALWAYS = ("name", "network")
# By the first part of a letter's name, in the order of somebody's life with a network.
HEADINGS = {
    "": gettext_lazy("Joining and signing in"),
    "events": gettext_lazy("Meetings"),
    "notes": gettext_lazy("Notes"),
    "circular": gettext_lazy("What you write to many"),
}


class WordingForm(forms.ModelForm[Wording]):
    """A letter's own subject and covering text; `known` are the placeholders of this letter."""

    class Meta:
        model = Wording
        fields = ("subject", "covering")
        widgets = {"covering": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "subject": gettext_lazy("Empty: as it is."),
            "covering": gettext_lazy("Stands before all else. Markdown. Empty: nothing."),
        }

    def __init__(self, *args: Any, known: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = known

    def clean_subject(self) -> str:
        return self._checked("subject")

    def clean_covering(self) -> str:
        return self._checked("covering")

    def _checked(self, field: str) -> str:
        text: str = self.cleaned_data[field]
        if broken := broken_places(text, self._known):
            raise forms.ValidationError(broken)
        return text


@admin.register(Wording)
class WordingAdmin(NetworkScopedAdmin):
    """Which letters there are; rows come and go with what organisers write on a letter's page."""

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"members_wording_{name}")

        return [
            page("", self.changelist_view, "changelist"),
            page("<slug:network>/<path:letter>/html/", self.html, "html"),
            page("<slug:network>/<path:letter>/", self.letter, "letter"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Every letter of each network that whoever asks organises."""
        networks = self._networks(request)
        if not networks:
            raise Http404
        own = set(Wording.objects.filter(network__in=networks).values_list("network_id", "letter"))
        shown = [(network, list(_by_heading({name for pk, name in own if pk == network.pk}))) for network in networks]
        context = {**self.admin_site.each_context(request), "title": _("Letters"), "networks": shown}
        return TemplateResponse(request, "admin/members/wording/letters.html", context)

    def letter(self, request: HttpRequest, network: str, letter: str) -> HttpResponse:
        """One letter as a member would get it, and its own words."""
        home = self._network_or_404(request, network, letter)
        if is_fixed(letter):
            return self._page(request, home, letter, None)
        row = Wording.objects.filter(network=home, letter=letter).first() or Wording(network=home, letter=letter)
        known = (*ALWAYS, *sample_letter(letter, home).words)
        form = WordingForm(request.POST or None, instance=row, known=known)
        if request.method == "POST" and form.is_valid():
            self._keep(request, form.save(commit=False))
            messages.success(request, _("Saved. Below is how the letter reads now."))
            return redirect("admin:members_wording_letter", home.slug, letter)
        return self._page(request, home, letter, form)

    def _page(self, request: HttpRequest, home: Network, letter: str, form: WordingForm | None) -> HttpResponse:
        sample = sample_letter(letter, home)
        context = {
            **self.admin_site.each_context(request),
            "title": sampled_letters()[letter],
            "network": home,
            "letter": letter,
            "form": form,
            "sample": sample,
            "known": [f"{{{name}}}" for name in (*ALWAYS, *sample.words)],
        }
        status = 422 if form is not None and form.errors else 200
        return TemplateResponse(request, "admin/members/wording/letter.html", context, status=status)

    def html(self, request: HttpRequest, network: str, letter: str) -> HttpResponseBase:
        """The letter as mail programs show it. Its styles stand in its elements, so exactly these are permitted."""
        sample = sample_letter(letter, self._network_or_404(request, network, letter))
        policy = {"style-src": ["'unsafe-hashes'", *_digests(sample)]}
        return csp_replace(policy)(lambda _request: HttpResponse(sample.html))(request)

    def _keep(self, request: HttpRequest, row: Wording) -> None:
        if row.subject or row.covering:
            row.save()
        elif row.pk:
            row.delete()
        remember_change(request, row.network, _("Words of a letter"))

    def _networks(self, request: HttpRequest) -> list[Network]:
        return list(Network.objects.filter(pk__in=network_ids(request)))

    def _network_or_404(self, request: HttpRequest, slug: str, letter: str) -> Network:
        if letter not in sampled_letters():
            raise Http404
        return get_object_or_404(Network, slug=slug, pk__in=network_ids(request))


def _by_heading(own: set[str]) -> Iterator[tuple[Promise, list[tuple[str, str, bool]]]]:
    """Each heading with its letters: name, title, and whether it is one of those with words of their `own`."""
    letters = sampled_letters().items()
    for part, heading in HEADINGS.items():
        under = [(name, title, name in own) for name, title in letters if name.rpartition("/")[0] == part]
        yield heading, under


def _digests(sample: Letter) -> list[str]:
    styles = {unescape(style) for style in findall(r'style="([^"]*)"', sample.html)}
    return sorted(f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" for style in styles)
