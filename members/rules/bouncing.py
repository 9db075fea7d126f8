"""What it says about a mailbox that a letter did not arrive, or that somebody did not want it."""

import re
from enum import StrEnum


class Verdict(StrEnum):
    """What a mail server, or the provider that carries our letters, said about a mailbox."""

    HARD = "hard"  # there is no such mailbox: no use writing again
    PASSING = "passing"  # not now: full, slow, or a refusal that may be about us or about the letter
    COMPLAINT = "complaint"  # its owner called a letter unwanted, or asked the provider for no more
    ARRIVED = "arrived"
    NOTHING = "nothing"


# So many days with a letter that came back, none of them followed by one that arrived, and the mailbox is left alone.
MOST_PASSING_DAYS = 5

# RFC 3463: 5.1.x is about the address, 5.2.1 a mailbox disabled; 5.1.7 and 5.1.8 are about the sender's.
_ENHANCED = re.compile(rb"5\.(\d{1,3})\.(\d{1,3})\b")
_SENDER = {b"7", b"8"}
# RFC 5321 §4.2.3: mailbox unavailable, user not local, mailbox name not allowed; RFC 7504: does not accept mail.
_NO_MAILBOX = {550, 551, 553, 556}

# SparkPost's classes of bounces that are "soft", or about its own doing.
_PASSING_CLASSES = {"20", "21", "22", "23", "24", "40", "70", "100"}


def verdict_of_reply(code: int, words: bytes) -> Verdict:
    """What a mail server's reply to a recipient's address says of it; `words` follow the code, and are not kept.

    An enhanced status code says more than the reply's own: a 550 may as well be about our domain or our letter.
    """
    if not 500 <= code <= 599:
        return Verdict.PASSING
    found = _ENHANCED.match(words.strip())
    if found:
        subject, detail = found.groups()
        is_hard = (subject == b"1" and detail not in _SENDER) or (subject, detail) == (b"2", b"1")
        return Verdict.HARD if is_hard else Verdict.PASSING
    return Verdict.HARD if code in _NO_MAILBOX else Verdict.PASSING


def verdict_of_event(event: str, reason: str | None, raw: object = None) -> Verdict:
    """What a provider's event says, in django-anymail's words for events and for reasons.

    These do not tell a bounce that is for good from one for now, so the provider's own words (`raw`) are asked too.
    A letter that is only delayed says nothing: another event follows. A provider that refuses to send because of an
    earlier bounce or complaint tells of it again, for ours may not have been heard.
    """
    if event == "delivered":
        return Verdict.ARRIVED
    if event in {"complained", "unsubscribed"}:
        return Verdict.COMPLAINT
    if event not in {"bounced", "rejected"}:
        return Verdict.NOTHING
    if is_soft(raw):
        return Verdict.PASSING
    if reason in {"bounced", "invalid"} or (event == "bounced" and reason is None):
        return Verdict.HARD
    if event == "rejected" and reason in {"spam", "unsubscribed"}:
        return Verdict.COMPLAINT
    return Verdict.PASSING


def is_soft(raw: object) -> bool:
    """Whether a provider's own words, however deep, say that a bounce is for now only.

    Postmark: `Type` "SoftBounce"; Brevo: `event` "soft_bounce"; MailerSend: `type` "activity.soft_bounced"; Mailjet:
    `hard_bounce` false; SparkPost: `bounce_class`; SendGrid: `type` "blocked".
    """
    if isinstance(raw, list):
        return any(is_soft(one) for one in raw)
    if not isinstance(raw, dict):
        return False
    return any(_says_soft(str(key).lower(), value) or is_soft(value) for key, value in raw.items())


def _says_soft(key: str, value: object) -> bool:
    if key in {"type", "event"}:
        return isinstance(value, str) and ("soft" in value.lower() or value.lower() == "blocked")
    if key == "hard_bounce":
        return value is False
    return key == "bounce_class" and str(value) in _PASSING_CLASSES
