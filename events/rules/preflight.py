"""Whether a meeting is ready the day before (B83)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

READY_AHEAD = timedelta(days=1)
HOSTS_WANTED = 2
NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", re.IGNORECASE)


class Check(StrEnum):
    """What is looked at, in the order in which it is seen to; the value is its short name."""

    LINK = "link"
    TRIED = "tried"
    HOSTS = "hosts"
    SPEAKERS = "speakers"
    SLIDES = "slides"
    REMINDER = "reminder"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How a meeting stands. `reads_back` is whether its calendar entry, once written, reads as the same meeting."""

    is_online: bool
    link: str
    was_tried: bool
    hosts: int
    speakers_confirmed: bool
    slides_in: bool
    reminds: bool
    reads_back: bool


def preflight(seen: Seen) -> dict[Check, bool]:
    """Each check that applies, and whether it is passed; a room needs no link."""
    checks = {
        Check.LINK: is_well_formed(seen.link),
        Check.TRIED: seen.was_tried,
        Check.HOSTS: seen.hosts >= HOSTS_WANTED,
        Check.SPEAKERS: seen.speakers_confirmed,
        Check.SLIDES: seen.slides_in,
        Check.REMINDER: seen.reminds,
        Check.ENTRY: seen.reads_back,
    }
    online_only = {Check.LINK, Check.TRIED}
    return {check: passed for check, passed in checks.items() if seen.is_online or check not in online_only}


def is_well_formed(link: str) -> bool:
    """Whether a link can lead to a call: encrypted, to a named host, without a password in it.

    Nothing is fetched: whoever may type a link would choose what the server opens (docs/decisions/0057).
    """
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return False
    named = bool(parts.hostname and NAME.fullmatch(parts.hostname) and not parts.hostname.replace(".", "").isdigit())
    return parts.scheme == "https" and named and port in (None, 443) and not (parts.username or parts.password)
