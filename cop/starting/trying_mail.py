"""A real letter, sent while somebody waits, so that what goes wrong is seen at once."""

from dataclasses import dataclass
from smtplib import SMTPException
from uuid import uuid4

from django.conf import settings

from cop.lib.mail import message, render_letter
from cop.starting.rules.posting import Trouble, trouble_in, words_of
from cop.starting.setting_up import new_code
from members.models import User


@dataclass(frozen=True, slots=True)
class WentWrong:
    """What is to be mended, and the mail server's own words."""

    trouble: Trouble
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The mail settings as they may be shown: no password."""

    is_smtp: bool
    is_folder: bool
    host: str
    port: int
    user: str
    has_password: bool
    tls: str
    sender: str


def post() -> Post:
    """How letters go out."""
    return Post(
        is_smtp=settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"),
        is_folder=settings.EMAIL_BACKEND == "cop.lib.mail.FolderBackend",
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        has_password=bool(settings.EMAIL_HOST_PASSWORD),
        tls="ssl" if settings.EMAIL_USE_SSL else "tls" if settings.EMAIL_USE_TLS else "",
        sender=settings.DEFAULT_FROM_EMAIL,
    )


def send_code_to(person: User) -> WentWrong | None:
    """Write to the owner with a fresh code; what went wrong, if anything did. It goes past the worker's queue."""
    letter = render_letter("set_up", {"code": new_code()})
    try:
        message(letter, to=person.email, key=uuid4()).send()
    except (OSError, SMTPException, ValueError) as error:
        return WentWrong(trouble_in(error), words_of(error))
    return None
