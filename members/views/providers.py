"""To another provider and back (docs/decisions/0028). Where it cannot be reached, the code by e-mail can."""

from allauth.socialaccount.providers.openid_connect import views
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException


@require_POST
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = views.login(request, provider_id)
    except RequestException:
        return _unreachable(request)
    return answer


@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = views.callback(request, provider_id)
    except RequestException:
        return _unreachable(request)
    return answer


def _unreachable(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("It cannot be reached just now. Sign in with a code instead."))
    return redirect("account_login")
