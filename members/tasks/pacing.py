"""How many letters the mail provider permits now: one row, asked and moved on by all workers (`MAIL_RATE`)."""

from datetime import datetime

from django.conf import settings

from cop.lib.pacing import Rate
from members.models import Pace


def room(now: datetime, most: int) -> int:
    """How many letters may go now, up to `most`. Holds the row until the transaction ends."""
    if (rate := _rate()) is None:
        return most
    return min(most, rate.free_now(_held(now).free_from, now))


def spend(letters: int, now: datetime) -> None:
    """Write down that so many go now, in the transaction that asked for room."""
    if (rate := _rate()) is None or not letters:
        return
    pace = _held(now)
    pace.free_from = rate.free_after(pace.free_from, now, letters=letters)
    pace.save(update_fields=["free_from"])


def free_at(now: datetime) -> datetime | None:
    """When it is worth asking again; none if at once."""
    pace = Pace.objects.filter(provider=_provider()).first()
    if (rate := _rate()) is None or pace is None:
        return None
    again = rate.try_again_at(pace.free_from)
    return again if again > now else None


def _held(now: datetime) -> Pace:
    pace, _new = Pace.objects.select_for_update().get_or_create(provider=_provider(), defaults={"free_from": now})
    return pace


def _rate() -> Rate | None:
    rate: Rate | None = settings.MAIL_RATE
    return rate


def _provider() -> str:
    return str(getattr(settings, "EMAIL_HOST", "") or settings.EMAIL_BACKEND)
