"""The space that deleted rows held: given back, so that nobody reads in the file what is gone from the tables (R11)."""

from django.db import connection


def overwrite_space() -> bool:
    """Have the database let go of the space the rows held; whether it could. SQLite has overwritten it already
    (`secure_delete`); its journal is emptied into the file. Inside a transaction neither engine can."""
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in connection.introspection.django_table_names(only_existing=True):
                cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
    return True
