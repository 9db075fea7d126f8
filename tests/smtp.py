"""A real mail server on loopback, whose answers a test may choose."""

import asyncio
import email.policy
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

Answer = Callable[[str], str]


class PostOffice:
    """Keeps what arrives. `sender`, `to`, `data` answer MAIL FROM, RCPT TO, DATA for an address; "drop" hangs up."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[list[str]] = []
        self.connections = 0
        self.sender: Answer = lambda address: "250 OK"
        self.to: Answer = lambda address: "250 OK"
        self.goodbye = "221 Bye"
        self.data: Answer = lambda address: "250 OK"
        self._lock = threading.Lock()

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, mail_options: list[str]
    ) -> str:
        answer = self.sender(address)
        if answer.startswith("250"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        answer = self.to(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's names
        return self.goodbye

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's names
        answer = self.data(envelope.rcpt_tos[0])
        if answer == "drop":
            cast("asyncio.Transport", server.transport).abort()
        if answer.startswith("250"):
            with self._lock:
                self.letters.append(message_from_bytes(cast("bytes", envelope.content), policy=email.policy.default))
                self.envelopes.append(list(envelope.rcpt_tos))
        return answer


class OnAnyPort(Controller):
    """Listens on a port that is free."""

    def _trigger_server(self) -> None:
        self.port = cast("asyncio.Server", self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]  # aiosmtpd types its public face only


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Run a mail server on a free port, and have letters go there."""
    office = PostOffice()
    controller = OnAnyPort(office, hostname="127.0.0.1", port=0, ready_timeout=10)
    controller.start()
    try:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=controller.port,
            EMAIL_HOST_USER="",
            EMAIL_HOST_PASSWORD="",
            EMAIL_USE_TLS=False,
            EMAIL_USE_SSL=False,
        ):
            yield office
    finally:
        controller.stop()
