"""What is written down between two letters: how far a bag has come; and whether the next is still to be sent by us.

On PostgreSQL, which may be on another machine, the question is on its way while the mail server hears whom the letter
is for. Its answer is there before a word of the letter goes.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from members.models import Delivery, Postbag
from members.tasks.postbags import Bag

if TYPE_CHECKING:
    from cop.lib.ahead import Ahead

_SQL = f"""
    UPDATE {Postbag._meta.db_table} SET through = %s, renewed_at = %s
    WHERE id = %s AND EXISTS (
        SELECT 1 FROM {Delivery._meta.db_table} WHERE id = %s AND postbag_id = %s AND state = 'sending'
    )
"""  # noqa: S608 - the two names are ours
# What a power cut takes from PostgreSQL's last half second is no more than SQLite loses by `synchronous=NORMAL`; a
# worker that is killed takes nothing with it. Waiting for the disk at each letter would cost more than sending it.
_WITHOUT_WAITING = " AND set_config('synchronous_commit', 'off', true) IS NOT NULL"


class Question:
    """Whether a letter is still to be sent, by us. Calling it answers; until then nothing else is to be asked."""

    def __init__(self, bag: Bag, delivery: Delivery) -> None:
        """Write down how far the bag has come, and ask about the next letter."""
        self._answer: bool | None = None
        self._end: Callable[[], int] = lambda: 0
        if bag.postbag is not None:
            self._end = _begin(bag.through, bag.postbag.pk, delivery.pk)

    def __call__(self) -> bool:
        if self._answer is None:
            self._answer = False
            self._answer = bool(self._end())
        return self._answer


def _begin(through: int, postbag: int, delivery: int) -> Callable[[], int]:
    now = timezone.now()
    if connection.vendor == "postgresql":
        return _on_postgresql().begin([through, now, postbag, delivery])
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [through, connection.ops.adapt_datetimefield_value(now), postbag, delivery, postbag])
        changed: int = cursor.rowcount
    return lambda: changed


@cache
def _on_postgresql() -> "Ahead":
    from cop.lib.ahead import Ahead  # noqa: PLC0415 - loads psycopg, which a network on SQLite has no use for

    return Ahead("still_ours", (_SQL % ("$1", "$2", "$3", "$4", "$3")) + _WITHOUT_WAITING)
