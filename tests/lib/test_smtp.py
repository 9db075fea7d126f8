"""Letters over a connection to a server that takes commands in a row, and what its refusals mean."""

import smtplib
import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from cop.lib.smtp import Withheld, send

CONTENT = b"Subject: x\r\n\r\nOne\r\n.\r\n.two\r\n"


@dataclass
class Wire:
    """A client, and the other end, which says everything beforehand."""

    client: smtplib.SMTP
    far: socket.socket

    def will_say(self, *lines: str) -> None:
        self.far.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def heard(self) -> bytes:
        self.far.settimeout(0.2)
        said = b""
        try:
            while part := self.far.recv(65536):
                said += part
        except TimeoutError:
            pass
        return said


@pytest.fixture
def wire() -> Iterator[Wire]:
    near, far = socket.socketpair()
    client = smtplib.SMTP(local_hostname="us")
    client.sock = near
    wire = Wire(client, far)
    wire.will_say("250-there", "250 PIPELINING")
    client.ehlo()
    far.recv(65536)
    yield wire
    client.close()
    far.close()


def deliver(wire: Wire) -> None:
    send(wire.client, "us@x.example", "mira@river.example", CONTENT)


def test_letter_takes_two_turns_and_its_full_stops_are_doubled(wire: Wire) -> None:
    wire.will_say("250 sender", "250 recipient", "354 go on", "250 taken")
    deliver(wire)
    commands = b"MAIL FROM:<us@x.example>\r\nRCPT TO:<mira@river.example>\r\nDATA\r\n"
    assert wire.heard() == commands + b"Subject: x\r\n\r\nOne\r\n..\r\n..two\r\n.\r\n"


def test_server_that_does_not_offer_it_gets_one_command_at_a_time(wire: Wire) -> None:
    del wire.client.esmtp_features["pipelining"]
    wire.will_say("250 sender", "250 recipient", "354 go on", "250 taken")
    deliver(wire)
    assert wire.heard().startswith(b"mail FROM:<us@x.example>\r\nrcpt TO:<mira@river.example>\r\ndata\r\n")


def test_refused_sender_is_no_matter_of_the_recipient(wire: Wire) -> None:
    wire.will_say("530 sign in", "503 no sender", "503 no sender", "250 forgotten")
    with pytest.raises(smtplib.SMTPSenderRefused) as refusal:
        deliver(wire)
    assert refusal.value.smtp_code == 530
    assert wire.heard().endswith(b"DATA\r\nrset\r\n")


def test_refused_recipient_gets_no_words_even_where_the_server_asks_for_them(wire: Wire) -> None:
    """RFC 2920 §3.1."""
    wire.will_say("250 sender", "550 nobody", "354 go on", "554 to nobody", "250 forgotten")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        deliver(wire)
    assert refusal.value.recipients == {"mira@river.example": (550, b"nobody")}
    assert wire.heard().endswith(b"DATA\r\n.\r\nrset\r\n")


@pytest.mark.parametrize("replies", [["451 not now"], ["354 go on", "451 not now"]])
def test_letter_refused_before_or_after_its_words(wire: Wire, replies: list[str]) -> None:
    wire.will_say("250 sender", "251 recipient elsewhere", *replies, "250 forgotten")
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        deliver(wire)
    assert refusal.value.smtp_code == 451


def test_server_that_closes_is_left(wire: Wire) -> None:
    wire.will_say("250 sender", "250 recipient", "354 go on", "421 closing")
    with pytest.raises(smtplib.SMTPDataError):
        deliver(wire)
    assert wire.client.sock is None


def test_next_letter_goes_over_the_same_connection_after_a_refusal(wire: Wire) -> None:
    wire.will_say("250 sender", "550 nobody", "503 nobody", "250 forgotten")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        deliver(wire)
    wire.will_say("250 sender", "250 recipient", "354 go on", "250 taken")
    deliver(wire)
    assert wire.heard().endswith(b".\r\n")


@pytest.mark.parametrize("takes_rows", [True, False])
def test_letter_that_may_not_go_leaves_no_word_behind_and_ends_the_line(wire: Wire, takes_rows: bool) -> None:
    """Asked once the server has heard whom it is for: then hanging up is the one way to take a DATA back."""
    if not takes_rows:
        del wire.client.esmtp_features["pipelining"]
    asked: list[bool] = []

    def may_go() -> bool:
        asked.append(True)
        return False

    with pytest.raises(Withheld):
        send(wire.client, "us@x.example", "mira@river.example", CONTENT, may_go=may_go)
    assert (asked, b"One" in wire.heard(), wire.client.sock) == ([True], False, None)


def test_line_ends_where_asking_goes_wrong(wire: Wire) -> None:
    def may_go() -> bool:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        send(wire.client, "us@x.example", "mira@river.example", CONTENT, may_go=may_go)
    assert wire.client.sock is None
