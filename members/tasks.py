"""Work for the worker: bringing letters to the mail server."""

import logging
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from cop.lib.mail import message
from cop.lib.space import overwrite_space
from members.letters import kind_of, private_letters, write
from members.models import Delivery
from members.rules.sending import is_final, pause_after, problem
from members.subscriptions import unwilling

log = logging.getLogger(__name__)

BATCH = 50
UNREACHABLE = "The mail server could not be reached."
BROKEN_OFF = "The connection to the mail server broke off."
GONE = "What this letter was about is no longer there."
UNWRITABLE = "The letter could not be written; the log says which kind of error it was."
BAD_ADDRESS = "No mail server accepts an address of this form."
ABANDONED = "The worker stopped while sending, again and again."


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a letter did not go out, in a sentence without the address, and whether to try again."""

    sentence: str
    final: bool = False


@task
def let_go_of_space() -> None:
    """What somebody's rows held is overwritten, once they are erased."""
    overwrite_space()


@task
def deliver(mailing_id: int) -> None:
    """Send the letters of a mailing that are due, one batch; the rest has its turn after what else is waiting.

    Safe to run twice and by several workers at once: a letter belongs to whoever claimed its row. Where the mail
    server cannot be reached, the next tick tries again.
    """
    claimed = claim(mailing_id)
    if claimed and send(claimed) and Delivery.objects.due(timezone.now()).filter(mailing_id=mailing_id).exists():
        deliver.enqueue(mailing_id)


@transaction.atomic
def claim(mailing_id: int) -> list[Delivery]:
    """Take the next batch of due letters, so that no other worker does; a claim lapses after `Delivery.LEASE`."""
    now = timezone.now()
    due = Delivery.objects.due(now).filter(mailing_id=mailing_id)
    abandoned = due.filter(tries__gte=Delivery.MOST_TRIES)
    abandoned.filter(mailing__letter__in=private_letters()).update(about_id=None)
    abandoned.update(state=Delivery.State.FAILED, problem=ABANDONED)
    rows = due.select_related("mailing__network", "user").select_for_update(skip_locked=True, of=("self",))[:BATCH]
    taken = without_unwilling(list(rows), now)
    for delivery in taken:
        delivery.state, delivery.claimed_at, delivery.tries = Delivery.State.SENDING, now, delivery.tries + 1
    Delivery.objects.bulk_update(taken, ["state", "claimed_at", "tries"])
    return taken


def without_unwilling(due: list[Delivery], at: datetime) -> list[Delivery]:
    """Those who still want this letter; it is given up for whoever has stopped such letters since it was made."""
    mailing = due[0].mailing if due else None
    kind = kind_of(mailing.letter) if mailing else None
    if mailing is None or mailing.network is None or kind is None:
        return due
    without = unwilling(mailing.network, kind, {one.email.lower() for one in due}, at=at)
    gone = [one.pk for one in due if one.email.lower() in without]
    Delivery.objects.filter(pk__in=gone).update(state=Delivery.State.UNWANTED, about_id=None)
    return [one for one in due if one.pk not in gone]


def send(claimed: list[Delivery]) -> bool:
    """Send claimed letters over one connection; whether the mail server could be reached."""
    connection = get_connection()
    try:
        for position, delivery in enumerate(claimed):
            if not is_open(connection):
                for left in claimed[position:]:
                    settle(left, Trouble(UNREACHABLE))
                return False
            if renew(delivery):
                settle(delivery, attempt(connection, delivery))
        return True
    finally:
        hang_up(connection)


def is_open(connection: BaseEmailBackend) -> bool:
    """Whether there is a connection, opening one where there is none. No failure here is the recipient's."""
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        log.warning("The mail server could not be reached (%s).", type(error).__name__)
        return False
    return True


def hang_up(connection: BaseEmailBackend) -> None:
    """End a connection, whatever state it is in."""
    try:
        connection.close()
    except (OSError, SMTPException) as error:
        log.info("The mail server hung up first (%s).", type(error).__name__)


def attempt(connection: BaseEmailBackend, delivery: Delivery) -> Trouble | None:
    """Write and send one letter; the trouble there was, if any."""
    try:
        made = message(write(delivery), to=delivery.email, key=delivery.message_key)
    except ObjectDoesNotExist:
        return Trouble(GONE, final=True)
    except Exception as error:
        log.error("Delivery %s of letter %s: %s", delivery.pk, delivery.mailing.letter, type(error).__name__)
        return Trouble(UNWRITABLE, final=True)
    return hand_over(connection, made)


def hand_over(connection: BaseEmailBackend, made: EmailMessage) -> Trouble | None:
    """Give one message to the mail server; the trouble there was, if any. Its words may hold the address: not kept."""
    try:
        connection.send_messages([made])
    except SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        return Trouble(problem(code), is_final(code))
    except SMTPDataError as error:
        return Trouble(problem(error.smtp_code), is_final(error.smtp_code))
    except SMTPResponseException as error:
        # About us (sender, greeting, password), not about the recipient: somebody will mend it, so the letter waits.
        return Trouble(f"The mail server did not take us as a sender (reply {error.smtp_code}).")
    except OSError:
        # smtplib's other exceptions are OSErrors too. A new connection is opened for the next letter.
        hang_up(connection)
        return Trouble(BROKEN_OFF)
    except ValueError:
        return Trouble(BAD_ADDRESS, final=True)
    return None


def renew(delivery: Delivery) -> bool:
    """Whether the claim still holds, made fresh: a slow batch must not send what another worker has taken over."""
    now = timezone.now()
    held = _still_claimed(delivery).update(claimed_at=now)
    delivery.claimed_at = now
    return bool(held)


def settle(delivery: Delivery, trouble: Trouble | None) -> None:
    """Write down how it went."""
    now = timezone.now()
    about = {"about_id": None} if delivery.mailing.letter in private_letters() else {}
    if trouble is None:
        _still_claimed(delivery).update(state=Delivery.State.SENT, sent_at=now, problem="", **about)
    elif trouble.final or delivery.tries >= Delivery.MOST_TRIES:
        _still_claimed(delivery).update(state=Delivery.State.FAILED, problem=trouble.sentence, **about)
    else:
        _still_claimed(delivery).update(
            state=Delivery.State.WAITING, problem=trouble.sentence, not_before=now + pause_after(delivery.tries)
        )


def _still_claimed(delivery: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.SENDING, claimed_at=delivery.claimed_at)
