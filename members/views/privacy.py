"""What we keep, how long and why; who sees it; which cookies there are. All of it as it is set here (B93)."""

from dataclasses import dataclass

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.access import network_or_404
from members.models import Network
from members.retention import days, everything_kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table, in words."""

    what: str
    why: str
    until: str
    by_itself: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """A cookie that this site may set, and why."""

    name: str
    why: str
    until: str


@require_safe
def of_site(request: HttpRequest) -> HttpResponse:
    """For pages that belong to no network."""
    return _page(request, None)


@require_safe
def of_network(request: HttpRequest, network: str) -> HttpResponse:
    return _page(request, network_or_404(network))


def _page(request: HttpRequest, network: Network | None) -> HttpResponse:
    context = {
        "network": network,
        "lines": [
            Line(what=str(one.what), why=str(one.why), until=one.until(network), by_itself=one.job is not None)
            for one in everything_kept()
        ],
        "cookies": cookies(),
        "mail_server": settings.EMAIL_HOST if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") else "",
        "is_encrypted": settings.SECURE,
        "providers": [one.name for one in get_adapter().list_providers(request)],
    }
    return render(request, "members/privacy.html", context)


def cookies() -> list[Cookie]:
    """Every cookie there is. A test visits every page and finds no other."""
    day = 24 * 60 * 60
    return [
        Cookie(
            name=settings.LANGUAGE_COOKIE_NAME,
            why=_("The language you chose for pages. Set when you choose one."),
            until=days(settings.LANGUAGE_COOKIE_AGE // day),
        ),
        Cookie(
            name=settings.SESSION_COOKIE_NAME,
            why=_("Keeps you signed in. Set when you sign in, or begin to."),
            until=_("%s, or until you sign out") % days(settings.SESSION_COOKIE_AGE // day),
        ),
        Cookie(
            name=settings.CSRF_COOKIE_NAME,
            why=_("Shows that a form was sent from our own page. Set on pages with a form."),
            until=days(settings.CSRF_COOKIE_AGE // day),
        ),
        Cookie(
            name="messages",
            why=_("Carries a sentence such as “Saved” to the next page."),
            until=_("Until it has been shown, or the browser is closed"),
        ),
    ]
