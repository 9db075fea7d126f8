"""Personal links: an address that only its recipient has, and that says what it is for and when it was made."""

from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404


def _signer(purpose: str) -> TimestampSigner:
    return _made_signer(purpose, settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=32)
def _made_signer(purpose: str, key: str, fallbacks: tuple[str, ...]) -> TimestampSigner:
    """Kept, because a letter to many is signed for each of them."""
    # A full stop, because mail programs break addresses at colons.
    return TimestampSigner(key=key, fallback_keys=list(fallbacks), sep=".", salt=f"cop personal link: {purpose}")


def personal_token(purpose: str, subject_id: int) -> str:
    """A signed word for a link, good for one purpose ("consent") and one row."""
    return _signer(purpose).sign(str(subject_id))


def read_personal_token(token: str, purpose: str, max_age: timedelta | None) -> int:
    """The row's id in a token made by `personal_token` for this purpose; `Http404` if forged, foreign or too old."""
    try:
        return int(_signer(purpose).unsign(token, max_age))
    except (BadSignature, ValueError):
        raise Http404 from None


def claimed_subject(token: str) -> int:
    """The row's id as a token has it, before anything is checked: only to look up what its purpose depends on."""
    number = token.partition(".")[0]
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    return int(number)


def absolute_url(path: str) -> str:
    """The whole address of a page of ours, for letters and calendar entries."""
    return f"{settings.SITE_URL}{path}"
