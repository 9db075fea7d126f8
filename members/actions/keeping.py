"""Deleting what is kept no longer, and keeping a record of that."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cop.lib.sessions import SessionStore
from members.actions.joining import CONFIRM_WITHIN
from members.actions.staying import forget_sign_ins
from members.models import Deletion, Delivery, Mailing

KEEP_LETTERS = timedelta(days=365)
KEEP_FINISHED_TASKS = timedelta(days=7)
KEEP_RECORDS = timedelta(days=365)
# What these letters were about is over when they are too old to be confirmed, and the address may be anybody's.
PASSING = ("address_confirm", "confirm", "login_code", "no_account")


def record(kind: str, count: int, *, at: datetime) -> None:
    """Say that a job has run today, and add what it deleted."""
    row, is_new = Deletion.objects.get_or_create(kind=kind, day=timezone.localdate(at), defaults={"count": count})
    if count and not is_new:
        Deletion.objects.filter(pk=row.pk).update(count=F("count") + count)


def forget_letters(now: datetime) -> int:
    """Delete who was written to a year ago, whatever came of it; how many rows. What was sent to how many stays."""
    old = Delivery.objects.filter(mailing__created_at__lt=now - KEEP_LETTERS)
    return old.exclude(state__in=[Delivery.State.WAITING, Delivery.State.SENDING]).delete()[0]


def forget_passing_letters(now: datetime) -> int:
    """Delete what remains of sign-in codes and of letters to confirm an address, with the addresses; how many rows."""
    passing = Mailing.objects.filter(letter__in=PASSING, created_at__lt=now - CONFIRM_WITHIN)
    return passing.delete()[0]


def forget_sessions(now: datetime) -> int:
    """Delete sessions that have ended, and what was kept of the browsers they were in; how many rows."""
    ended = SessionStore.get_model_class().objects.filter(expire_date__lt=now).delete()[0]
    return ended + forget_sign_ins()


def forget_finished_tasks(now: datetime) -> int:
    """Delete what is kept of tasks that are done; how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_FINISHED_TASKS).delete()[0]


def forget_records(now: datetime) -> int:
    """Delete old records of deletions; how many."""
    return Deletion.objects.filter(day__lt=timezone.localdate(now - KEEP_RECORDS)).delete()[0]
