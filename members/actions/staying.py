"""Where somebody stays signed in, and signing out there (B92)."""

from datetime import date

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from cop.lib.sessions import stored_key
from members.models import SignIn, User
from members.rules.devices import device_in_words


def remember_sign_in(user: User, session_key: str, *, user_agent: str, on: date) -> None:
    """Keep that `user` is signed in in this browser."""
    SignIn.objects.update_or_create(
        session_key=stored_key(session_key),
        defaults={"user": user, "device": device_in_words(user_agent), "began_on": on},
    )


def sign_ins_of(user: User) -> QuerySet[SignIn]:
    """The browsers in which this person is signed in still."""
    return user.sign_ins.filter(session_key__in=Session.objects.values("session_key"))


@transaction.atomic
def sign_out_of(sign_in: SignIn) -> None:
    """End the session of one browser."""
    Session.objects.filter(pk=sign_in.session_key).delete()
    sign_in.delete()


@transaction.atomic
def sign_out_everywhere(user: User, *, but: str = "") -> str:
    """End every session of a person, also those we have no row of, except the one with the key `but`.

    Answers what that session has to hold from now on to stand (`HASH_SESSION_KEY`).
    """
    others = user.sign_ins.exclude(session_key=stored_key(but))
    Session.objects.filter(pk__in=others.values("session_key")).delete()
    others.delete()
    # Sessions stand on a digest of the password. Nobody has one; a new "none" voids them all.
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return user.get_session_auth_hash()


def forget_sign_ins() -> int:
    """Delete what was kept of sessions that are over; how many."""
    return SignIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]
