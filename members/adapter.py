"""How allauth behaves here: nobody signs up through it, and its only letter is a code that our worker sends."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from members.actions.limiting import is_within
from members.actions.signing_in import mailbox_is_theirs, send_code
from members.models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code in the newest letter. Look again, or ask for a new one."),
        "too_many_login_attempts": _("That was tried too often. Wait some minutes, then ask for a new code."),
        "rate_limited": _("That was asked too often. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the worker, so that a known address takes no longer than an unknown one and no mail error shows.

        Signing in by code is allauth's only journey here; a letter of another would need words of its own. Nobody's
        mailbox is filled: after twenty codes in an hour none is sent, and the page says the same.
        """
        if template_prefix not in {"account/email/login_code", "account/email/unknown_account"}:
            raise LookupError(f"There is no letter for {template_prefix}.")
        if is_within("code letter to", email.lower(), most=20, every=timedelta(hours=1)):
            send_code(email, context.get("code", ""))

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Whoever signs in with an address has just read a letter there, or was given a link by the site's owner."""
        if isinstance(user, User) and user.email.lower() == (kwargs["email"] or "").lower():
            mailbox_is_theirs(user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Somebody who was brought over from a list is asked to agree first, wherever they wanted to go."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if isinstance(user, User) and (brought := user.memberships.standing().filter(state="brought").first()):
            return redirect("members:agree_here", brought.network.slug)
        return response


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Another provider says whose an address is, as a letter to it would. It makes no account, and is tied to none."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Without an account of an address that the provider has verified, the sign-in page says what to do."""
        if not sociallogin.is_existing:
            messages.error(
                request,
                _("No account here has the address you have there. Sign in with a code, or join a network first."),
            )
            raise ImmediateHttpResponse(redirect("account_login"))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: object,
        error: object = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        messages.error(request, _("That did not work, or you stopped it. Sign in with a code instead."))
        raise ImmediateHttpResponse(redirect("account_login"))
