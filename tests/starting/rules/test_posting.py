"""What goes wrong with mail is said as something that somebody can mend (B90)."""

import smtplib
import socket
import ssl

import pytest

from cop.starting.rules.posting import Trouble, trouble_in, words_of
from cop.starting.words import SENTENCES

CASES = [
    (socket.gaierror(-2, "Name or service not known"), Trouble.NO_SUCH_HOST),
    (ConnectionRefusedError(111, "Connection refused"), Trouble.NOBODY_LISTENS),
    (TimeoutError("timed out"), Trouble.SILENCE),
    (OSError(101, "Network is unreachable"), Trouble.UNREACHABLE),
    (ssl.SSLCertVerificationError("self-signed certificate"), Trouble.CERTIFICATE),
    (ssl.SSLError("wrong version number"), Trouble.NOT_TLS),
    (smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server."), Trouble.NOT_OFFERED),
    (smtplib.SMTPAuthenticationError(535, b"5.7.8 no"), Trouble.PASSWORD),
    (smtplib.SMTPSenderRefused(530, b"5.7.0 Authentication required", "a@b.example"), Trouble.SIGN_IN_FIRST),
    (smtplib.SMTPSenderRefused(550, b"not verified", "a@b.example"), Trouble.SENDER),
    (smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no such user")}), Trouble.RECIPIENT),
    (smtplib.SMTPDataError(554, b"spam"), Trouble.CONTENT),
    (smtplib.SMTPServerDisconnected("please run connect() first"), Trouble.HUNG_UP),
    (ConnectionResetError(104, "reset"), Trouble.HUNG_UP),
    (smtplib.SMTPHeloError(501, b"no"), Trouble.OTHER),
    (ValueError("odd"), Trouble.OTHER),
]


@pytest.mark.parametrize(("error", "trouble"), CASES)
def test_trouble_is_named(error: Exception, trouble: Trouble) -> None:
    assert trouble_in(error) == trouble


def test_each_trouble_is_tried_and_has_a_sentence() -> None:
    assert {trouble for _error, trouble in CASES} == set(Trouble) == set(SENTENCES)


def test_the_servers_own_words_are_kept_short_and_in_a_line() -> None:
    assert words_of(smtplib.SMTPDataError(554, b"5.7.1\nspam  ")) == "554 5.7.1 spam"
    assert words_of(smtplib.SMTPRecipientsRefused({"a@b.example": (550, b"no \xff")})) == "550 no �"
    assert len(words_of(smtplib.SMTPDataError(554, b"x" * 900))) == 300
    assert words_of(TimeoutError("timed out")) == ""
