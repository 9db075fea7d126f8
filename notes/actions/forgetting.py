"""Forgetting drafts, some time after circulation: what remains of a meeting is its edition (R11)."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Min, Q

from members.models import Mailing
from notes.actions.noting import locked
from notes.models.drafts import Notebook
from notes.models.editions import Circulation, Edition, Numbering


def forget_due(at: datetime) -> int:
    """Forget the drafts of every meeting whose time has come; answers how many. Safe to run at any time."""
    due = [notebook for notebook in _circulated() if forget_at(notebook) <= at]
    for notebook in due:
        forget(notebook)
    if due:
        overwrite_space()
    return len(due)


def forget_at(notebook: Notebook) -> datetime:
    """When this meeting's drafts are forgotten: the network's days after its notes first went out."""
    # Also where they were withdrawn since: the promise counts from the first time they went out.
    numbered = Numbering.objects.filter(meeting=notebook.meeting).aggregate(first=Min("first_circulated_at"))
    sent = Circulation.objects.filter(edition__meeting=notebook.meeting).aggregate(first=Min("circulated_at"))
    first: datetime = numbered["first"] or sent["first"]
    return first + timedelta(days=notebook.meeting.network.retention_days)


def forget(notebook: Notebook) -> None:
    """Delete items, consents, requests and answers, and the record of who was written to about choosing."""
    with locked(notebook) as held:
        held.items.all().delete()
        held.requests.all().delete()
        held.answers.all().delete()
        Edition.objects.filter(meeting=held.meeting, circulation=None).delete()
        Mailing.objects.filter(letter="notes/choose", about_id=held.meeting.pk).delete()
        held.state, held.consent_due_at = Notebook.State.FORGOTTEN, None
        held.save()


def overwrite_space() -> None:
    """Have the database let go of the space the rows held. SQLite has overwritten it already (`secure_delete`); its
    journal is emptied into the file. Does nothing inside a transaction, where neither engine can."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in connection.introspection.django_table_names(only_existing=True):
                cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")


def _circulated() -> list[Notebook]:
    """Notebooks with drafts whose notes are out, or were."""
    rows = Notebook.objects.exclude(state=Notebook.State.FORGOTTEN).select_related("meeting__network")
    out = Q(meeting__in=Numbering.objects.values("meeting")) | Q(state=Notebook.State.CIRCULATED)
    return list(rows.filter(out))
