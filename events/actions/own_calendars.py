"""A person's own calendar of meetings: its address is made, made anew, and ended."""

import secrets
from datetime import date

from events.access import digest_of
from events.models import OwnCalendar
from members.models import User


def make_own_calendar(user: User, *, on: date) -> str:
    """A new address for `user`'s calendar; the token in it, which we do not keep. An older one leads nowhere now."""
    token = secrets.token_urlsafe(32)
    OwnCalendar.objects.update_or_create(user=user, defaults={"digest": digest_of(token), "made_on": on})
    return token


def end_own_calendar(user: User) -> None:
    """Have no such address any more."""
    OwnCalendar.objects.filter(user=user).delete()
