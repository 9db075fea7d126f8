"""What every answer carries, which first words of an address are ours, where a request comes from, and ids in it."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

RESERVED = frozenset(
    {
        "accessibility",
        "accounts",
        "admin",
        "events",
        "healthz",
        "language",
        "look",
        "me",
        "mail",
        "p",
        "privacy",
        "readyz",
        "robots",
        "set-up",
        "static",
        "media",
    }
)


def refuse_reserved(slug: str) -> None:
    """Raise `ValidationError` where a network's address would hide one of the site's own."""
    if slug in RESERVED:
        raise ValidationError(_("This address is taken by the site itself. Choose another."))


def network_address(request: HttpRequest) -> str:
    """Where a request comes from: the address our proxy saw, and of IPv6 the part that one household has."""
    address = str(get_adapter().get_client_ip(request))
    if isinstance(ip_address(address), IPv6Address):
        return str(ip_network(f"{address}/64", strict=False))
    return address


def number_in(said: str) -> int | None:
    """The id that a form or an address carries; none where it is nothing that a row can have."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


def is_too_large(request: HttpRequest, *, most_bytes: int) -> bool:
    """Whether a request says it is larger; then it is read to its end, since a browser shows no answer before."""
    said = request.headers.get("Content-Length", "")
    if not (said.isascii() and said.isdigit() and int(said) > most_bytes):
        return False
    while request.read(2**16):
        pass
    return True


class PrivacyHeadersMiddleware:
    """Pages for somebody are kept by nobody: no shared cache, no back-button copy after signing out (threat 29).

    Only what a stranger would get in the same bytes may be cached, and a view says so by setting Cache-Control.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
            patch_vary_headers(response, ["Cookie"])
        return response
