"""One letter over an open SMTP connection, in as few round trips as the server allows."""

import smtplib
from collections.abc import Callable, Sequence

END = b"\r\n.\r\n"
Reply = tuple[int, bytes]
# What is no refusal of the sender, of the recipient, of the wish to send.
GOOD = ((250,), (250, 251), (354,))


class Withheld(Exception):
    """A message was not sent, because it was not to be sent any more."""


def always() -> bool:
    """What lets every message go."""
    return True


def send(server: smtplib.SMTP, sender: str, to: str, content: bytes, *, may_go: Callable[[], bool] = always) -> None:
    """Hand one message to one recipient; raises what `smtplib.SMTP.sendmail` raises.

    `may_go` is asked before anything of the message goes. Where it says no, or raises, the line is hung up, which is
    the one way to take back a DATA, and `Withheld` is raised.

    Where the server takes commands in a row (RFC 2920), sender, recipient and DATA go out together, so that a letter
    costs two round trips instead of four: with a provider far away, half the time. `sender` and `to` are as an envelope
    may carry them: ASCII, without quoting or line breaks.
    """
    server.ehlo_or_helo_if_needed()
    if not server.has_extn("pipelining"):
        _ask(server, may_go)
        server.sendmail(sender, [to], content)
        return
    size = f" SIZE={len(content)}" if server.has_extn("size") else ""
    server.send(f"MAIL FROM:<{sender}>{size}\r\nRCPT TO:<{to}>\r\nDATA\r\n")
    _ask(server, may_go)
    replies = server.getreply(), server.getreply(), server.getreply()
    refused = [reply not in good for (reply, _words), good in zip(replies, GOOD, strict=True)]
    if any(refused):
        _give_up(server, replies, refused.index(True), sender=sender, to=to)
    server.send(content.replace(b"\r\n.", b"\r\n..").removesuffix(b"\r\n") + END)
    code, words = server.getreply()
    if code != 250:
        _clear(server, code)
        raise smtplib.SMTPDataError(code, words)


def _ask(server: smtplib.SMTP, may_go: Callable[[], bool]) -> None:
    goes = False
    try:
        goes = may_go()
    finally:
        if not goes:
            server.close()
    if not goes:
        raise Withheld


def _give_up(server: smtplib.SMTP, replies: Sequence[Reply], first: int, *, sender: str, to: str) -> None:
    """Raise what the first refusal among the three replies means."""
    if replies[2][0] == 354:
        # RFC 2920 §3.1: a server that wants the words of a letter to nobody gets none.
        server.send(b".\r\n")
        server.getreply()
    code, words = replies[first]
    _clear(server, code)
    if first == 0:
        raise smtplib.SMTPSenderRefused(code, words, sender)
    if first == 1:
        raise smtplib.SMTPRecipientsRefused({to: (code, words)})
    raise smtplib.SMTPDataError(code, words)


def _clear(server: smtplib.SMTP, code: int) -> None:
    """Begin anew after a refusal; a server that says 421 hangs up (RFC 5321 §3.8)."""
    if code == 421:
        server.close()
    else:
        server.rset()
