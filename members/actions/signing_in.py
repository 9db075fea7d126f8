"""Letters and links that sign somebody in."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import transaction
from django.http import Http404
from django.urls import reverse

from cop.lib.encryption import encrypt
from cop.lib.signing import absolute_url, claimed_subject, personal_token, read_personal_token
from members.actions.mailing import Recipient, send_letter
from members.letters import CODE_LIVES_FOR, code_key
from members.models import Mailing, User

LINK_LIVES_FOR = timedelta(hours=24)


@transaction.atomic
def send_code(email: str, code: str) -> Mailing:
    """Have a sign-in code sent. The code waits in the cache, encrypted, and expires there; no task holds it.

    Where there is no code, because no account has the address, the same is done with a letter that says so.
    """
    mailing = send_letter("login_code" if code else "no_account", [Recipient(email)], network=None)
    cache.set(code_key(mailing.pk), encrypt(code), CODE_LIVES_FOR.total_seconds())
    return mailing


def one_time_link(user: User) -> str:
    """An address that signs `user` in, once, within a day: the next sign-in, by any way, makes it void."""
    return absolute_url(reverse("members:sign_in_by_link", args=[personal_token(_purpose(user), user.pk)]))


def read_one_time_token(token: str) -> User:
    """Whom the link signs in; `Http404` if it is forged, used or too old."""
    user = User.objects.filter(pk=claimed_subject(token), is_active=True).first()
    if user is None:
        raise Http404
    read_personal_token(token, _purpose(user), LINK_LIVES_FOR)
    return user


def mailbox_is_theirs(user: User) -> None:
    """Remember that `user` reads what is sent to their address."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def _purpose(user: User) -> str:
    return f"sign in after {user.last_login.timestamp() if user.last_login else 'never'}"
