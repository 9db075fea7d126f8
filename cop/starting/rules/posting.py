"""Why a letter did not go: what a mail server, or the way to it, said, as one of the things somebody can mend."""

import ssl
from enum import StrEnum
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from socket import gaierror

MOST_WORDS = 300
# RFC 4954 §6: the server wants somebody to sign in before it takes mail.
SIGN_IN_FIRST = 530


class Trouble(StrEnum):
    """What is to be mended. Each has its sentence in `cop/starting/words.py`."""

    NO_SUCH_HOST = "no-such-host"
    NOBODY_LISTENS = "nobody-listens"
    SILENCE = "silence"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    NOT_TLS = "not-tls"
    NOT_OFFERED = "not-offered"
    PASSWORD = "password"  # noqa: S105 - the name of a trouble
    SIGN_IN_FIRST = "sign-in-first"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"
    HUNG_UP = "hung-up"
    OTHER = "other"


# In this order: most of these are kinds of OSError, and some of one another.
_KINDS: tuple[tuple[type[Exception], Trouble], ...] = (
    (gaierror, Trouble.NO_SUCH_HOST),
    (ConnectionRefusedError, Trouble.NOBODY_LISTENS),
    (TimeoutError, Trouble.SILENCE),
    (ssl.SSLCertVerificationError, Trouble.CERTIFICATE),
    (ssl.SSLError, Trouble.NOT_TLS),
    (SMTPNotSupportedError, Trouble.NOT_OFFERED),
    (SMTPAuthenticationError, Trouble.PASSWORD),
    (SMTPSenderRefused, Trouble.SENDER),
    (SMTPRecipientsRefused, Trouble.RECIPIENT),
    (SMTPDataError, Trouble.CONTENT),
    (SMTPServerDisconnected, Trouble.HUNG_UP),
    (SMTPResponseException, Trouble.OTHER),
    (ConnectionResetError, Trouble.HUNG_UP),
    (OSError, Trouble.UNREACHABLE),
)


def trouble_in(error: Exception) -> Trouble:
    """Which trouble an error of `smtplib`, `ssl` or `socket` stands for."""
    if _code(error) == SIGN_IN_FIRST:
        return Trouble.SIGN_IN_FIRST
    return next((trouble for kind, trouble in _KINDS if isinstance(error, kind)), Trouble.OTHER)


def words_of(error: Exception) -> str:
    """What the mail server itself said, with its number, in one line; empty where it said nothing."""
    code, words = _reply(error)
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(f"{code} {said}".split())[:MOST_WORDS] if code > 0 else ""


def _code(error: Exception) -> int:
    return _reply(error)[0]


def _reply(error: Exception) -> tuple[int, bytes | str]:
    if isinstance(error, SMTPRecipientsRefused):
        return next(iter(error.recipients.values()))
    if isinstance(error, SMTPResponseException):
        return error.smtp_code, error.smtp_error
    return 0, ""
