"""Signing in by a link, and the page for links that no longer work."""

from allauth.account.utils import perform_login
from allauth.account.views import RequestLoginCodeView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from members.actions.signing_in import read_one_time_token
from members.models import User


class AnotherCode(RequestLoginCodeView):
    """A code asked for anew while one is on its way: the same as the first time, whoever has the address or nobody.

    allauth's own way of sending a code again writes to addresses that have an account, and does nothing for others.
    """

    http_method_names = ["post"]

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        """That a code is waited for already leads nowhere else: it is why somebody presses."""


another_code = AnotherCode.as_view()


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button, because mail scanners open links; the button signs in, once."""
    try:
        user = read_one_time_token(token)
    except Http404:
        return gone(request)
    if request.method == "POST":
        return sign_in(request, user)
    return render(request, "members/sign_in_by_link.html", {"person": user})


def sign_in(request: HttpRequest, user: User, *, then: str | None = None) -> HttpResponse:
    """Sign `user` in by the site's own way, which also asks for what else it wants, and go to `then` (a path)."""
    response: HttpResponse = perform_login(request, user, email=user.email, redirect_url=then)
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """For a link that was used, is too old, or never was: the same page, with a way on."""
    return render(request, "members/link_gone.html", status=404)
