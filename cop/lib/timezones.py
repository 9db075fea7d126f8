"""Time zones by name."""

from functools import lru_cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def refuse_unknown_time_zone(name: str) -> None:
    """Raise `ValidationError` unless `name` is in the IANA database ("Europe/London")."""
    if name not in _known():
        raise ValidationError(_("We do not know this time zone. Write it like Europe/London."))
