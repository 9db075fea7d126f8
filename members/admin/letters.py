"""A page of the panel that shows every letter there is, with made-up people in it."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from members.admin.scoping import network_ids, owns_site
from members.models import Mailing, Network
from members.samples import letter_names, sample


def letters(request: HttpRequest) -> HttpResponse:
    """All of them, as plain text, each with a link to how mail programs show it."""
    network = _network_or_404(request)
    page = {
        **admin.site.each_context(request),
        "opts": Mailing._meta,
        "title": _("Every letter there is"),
        "letters": [(name, sample(name, network)) for name in letter_names()],
    }
    return TemplateResponse(request, "admin/members/mailing/letters.html", page)


# A letter's styles stand in its elements, where mail programs read them; nothing of this page was typed by anybody.
@csp_update({"style-src": [SELF, UNSAFE_INLINE]})  # type: ignore[arg-type]  # it takes views with arguments, too
def letter_in_html(request: HttpRequest, name: str) -> HttpResponse:
    """One of them, as mail programs show it."""
    network = _network_or_404(request)
    if name not in letter_names():
        raise Http404
    return HttpResponse(sample(name, network).html)


def _network_or_404(request: HttpRequest) -> Network:
    """The first network that whoever asks organises: its name and its rules stand in the letters."""
    networks = Network.objects.order_by("pk")
    theirs = networks if owns_site(request) else networks.filter(pk__in=network_ids(request))
    network = theirs.first()
    if network is None:
        raise Http404
    return network
