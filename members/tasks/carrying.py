"""Bringing a bag of letters to the mail server, over one connection."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils import translation

from cop.lib.mail import message, sender_address
from cop.lib.mime import Form, form, mailbox
from cop.lib.smtp import Withheld, send
from members.models import Delivery, Mailing
from members.rules.bouncing import Verdict, verdict_of_reply
from members.rules.sending import (
    BAD_ADDRESS,
    BROKEN_OFF,
    GONE,
    PAUSES,
    UNREACHABLE,
    UNWRITABLE,
    Trouble,
    is_final,
    not_taken,
    problem,
)
from members.tasks.asking import Question
from members.tasks.postbags import Bag, empty, is_lost, note_trouble
from members.writing import Blanks, is_form_letter, language_of, write, write_form

log = logging.getLogger(__name__)

# Other work waits meanwhile, sign-in codes among it: a slow server gets fewer letters at a time.
LONGEST_ROUND = timedelta(seconds=5)


class Line:
    """The connection to the mail server; opened when it is needed, and anew where it broke off."""

    def __init__(self) -> None:
        self._backend = get_connection()
        self._sender = sender_address()

    def is_open(self) -> bool:
        """Whether there is a connection, opening one where there is none. No failure here is the recipient's."""
        try:
            self._backend.open()
        except (OSError, SMTPException) as error:
            log.warning("The mail server could not be reached (%s).", type(error).__name__)
            return False
        return True

    def hang_up(self) -> None:
        """End the connection, whatever state it is in."""
        try:
            self._backend.close()
        except (OSError, SMTPException) as error:
            log.info("The mail server hung up first (%s).", type(error).__name__)

    def hand_over(
        self, made: Form, delivery: Delivery, values: dict[str, str], may_go: Callable[[], bool]
    ) -> Trouble | None:
        """Give one message to the server; the trouble there was, if any. Its words may hold the address: not kept.

        `Withheld` where the message may not go.
        """
        try:
            self._post(made, delivery, values, may_go)
        except Withheld:
            self.hang_up()
            raise
        except SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            return Trouble(problem(code), is_final(code), verdict_of_reply(code, words))
        except SMTPDataError as error:
            return Trouble(problem(error.smtp_code), is_final(error.smtp_code))
        except SMTPResponseException as error:
            # About us (sender, greeting, password), not the recipient: somebody will mend it, so the letter waits.
            return Trouble(not_taken(error.smtp_code))
        except OSError:
            # smtplib's other exceptions are OSErrors too. A new connection is opened for the next letter.
            self.hang_up()
            return Trouble(BROKEN_OFF)
        except ValueError:
            return Trouble(BAD_ADDRESS, final=True, of_mailbox=Verdict.HARD)
        return None

    def _post(self, made: Form, delivery: Delivery, values: dict[str, str], may_go: Callable[[], bool]) -> None:
        if isinstance(self._backend, EmailBackend) and self._backend.connection is not None:
            to = mailbox(delivery.email)
            content = made.to_bytes(to=to, key=delivery.message_key, values=values)
            send(self._backend.connection, self._sender, to, content, may_go=may_go)
        elif not may_go():
            raise Withheld
        else:
            self._backend.send_messages([message(made.filled(values), to=delivery.email, key=delivery.message_key)])


class Pen:
    """Writes the letters of one bag: each by itself, or a form once and what differs for each."""

    def __init__(self, mailing: Mailing) -> None:
        self._mailing = mailing
        self._forms: dict[str, tuple[Form, Blanks]] = {}

    def write(self, delivery: Delivery) -> tuple[Form, dict[str, str]]:
        if not is_form_letter(self._mailing.letter):
            return form(write(delivery)), {}
        language = language_of(delivery)
        if language not in self._forms:
            self._forms[language] = write_form(self._mailing, language)
        made, blanks = self._forms[language]
        with translation.override(language):
            return made, blanks.values(delivery)


def carry(bag: Bag, line: Line) -> bool:
    """Send the letters of a bag and write down how it went; whether some were put back because it took too long."""
    pen, until = Pen(bag.mailing), time.monotonic() + LONGEST_ROUND.total_seconds()
    for delivery in bag.deliveries:
        if time.monotonic() > until:
            empty(bag)
            return True
        if not line.is_open():
            put_off(bag)
            return False
        try:
            trouble = attempt(line, pen, bag, delivery)
        except Withheld:
            if is_lost(bag):
                return False
            continue
        if trouble:
            note_trouble(bag, delivery, trouble)
        bag.through = delivery.pk
    empty(bag)
    return False


def put_off(bag: Bag) -> None:
    """Put back what is left, because the mail server cannot be reached: nobody's fault, so it counts as no try."""
    empty(bag, problem=UNREACHABLE, pause=PAUSES[0])


def attempt(line: Line, pen: Pen, bag: Bag, delivery: Delivery) -> Trouble | None:
    """Write and send one letter; the trouble there was, if any. `Withheld` where it is not to be sent by us any more.

    It is written before we ask, for writing asks the database too.
    """
    try:
        made, values = pen.write(delivery)
    except ObjectDoesNotExist:
        return Trouble(GONE, final=True)
    except Exception as error:
        log.error("Delivery %s of letter %s: %s", delivery.pk, delivery.mailing.letter, type(error).__name__)
        return Trouble(UNWRITABLE, final=True)
    is_ours = Question(bag, delivery)
    try:
        return line.hand_over(made, delivery, values, is_ours)
    finally:
        is_ours()
