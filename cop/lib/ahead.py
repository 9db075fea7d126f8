"""A statement that PostgreSQL works on while we do something else."""

from collections.abc import Callable, Sequence
from datetime import datetime
from weakref import WeakSet

import psycopg
from django.db import connection
from psycopg.pq import ExecStatus

Value = int | datetime


class Ahead:
    """An UPDATE that is sent off, and of which the answer is fetched later; nothing else may be asked in between.

    It is prepared once a connection, so that the server need not plan it each time. psycopg's own way to work ahead,
    its pipelines, takes as long as the statement itself; this is what it has beneath them (`psycopg.pq`, libpq).
    """

    def __init__(self, name: str, sql: str) -> None:
        """`sql` has its values as $1, $2 and so on; `name` is that of no other statement."""
        self._name, self._sql = name.encode(), sql.encode()
        self._known: WeakSet[psycopg.Connection[tuple[object, ...]]] = WeakSet()

    def begin(self, values: Sequence[Value]) -> Callable[[], int]:
        """Send it off; what comes back waits for the end, and answers how many rows were changed.

        Either raises what Django raises where a database does not do as it is told.
        """
        connection.ensure_connection()
        line = connection.connection
        with connection.wrap_database_errors:
            if line not in self._known:
                _done(line.pgconn.prepare(self._name, self._sql))
                self._known.add(line)
            line.pgconn.send_query_prepared(self._name, [_text(value) for value in values])
            line.pgconn.flush()

        def end() -> int:
            with connection.wrap_database_errors:
                # libpq says with a None that there are no more: each statement has one result.
                result = line.pgconn.get_result()
                while line.pgconn.get_result() is not None:
                    pass
                return _done(result)

        return end


def _done(result: psycopg.pq.abc.PGresult | None) -> int:
    if result is None or result.status != ExecStatus.COMMAND_OK:
        raise psycopg.OperationalError("lost") if result is None else psycopg.errors.error_from_result(result)
    return result.command_tuples or 0


def _text(value: Value) -> bytes:
    return (value.isoformat() if isinstance(value, datetime) else str(value)).encode()
