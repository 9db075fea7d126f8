"""Putting a network to rest: what will happen, where to go on, one press; and waking it again (B100)."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from members.actions.resting import RestRefused, outlook, put_to_rest, wake
from members.admin.history import remember_change
from members.models import Network


class RestForm(forms.Form):
    """What the banner says."""

    rest_sentence = forms.CharField(
        label=gettext_lazy("Where to go on, in a sentence"),
        help_text=gettext_lazy("Stands on every page, such as: “We go on as a working group of the institute.”"),
        max_length=300,
        required=False,
    )
    rest_link = forms.URLField(
        label=gettext_lazy("Link to the new place"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Give the whole address, such as https://example.org/network.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def resting(request: HttpRequest, network: Network) -> HttpResponse:
    """What will happen, and the presses."""
    if "wake" in request.POST:
        return _wake(request, network)
    form = RestForm(request.POST if request.method == "POST" else None, initial=as_said(network))
    if form.is_valid():
        said = form.cleaned_data
        try:
            put_to_rest(network, sentence=said["rest_sentence"], link=said["rest_link"], at=timezone.now())
        except RestRefused as refused:
            form.add_error(None, str(refused))
        else:
            remember_change(request, network, _("Put to rest"))
            return redirect("admin:members_network_rest", network.pk)
    return _page(request, Network.objects.get(pk=network.pk), form)


def as_said(network: Network) -> dict[str, str]:
    return {"rest_sentence": network.rest_sentence, "rest_link": network.rest_link}


def _wake(request: HttpRequest, network: Network) -> HttpResponse:
    if wake(network):
        remember_change(request, network, _("Woken"))
    return redirect("admin:members_network_change", network.pk)


def _page(request: HttpRequest, network: Network, form: RestForm) -> HttpResponse:
    page: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("At rest") if network.is_resting else _("Put the network to rest"),
        "opts": Network._meta,
        "resting": network,
        "outlook": outlook(network, at=timezone.now()),
        "form": form,
    }
    return TemplateResponse(request, "admin/members/network/rest.html", page, status=422 if form.errors else 200)
