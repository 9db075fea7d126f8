"""What members agreed to and decided is only added to (B26): the database itself refuses changes, whoever asks.

Deleting is possible: whoever is erased takes their rows along.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("members_agreement", "members_decision")
SQLITE = """
CREATE TRIGGER {table}_is_only_added_to BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'What members decided does not change.'); END
"""
POSTGRESQL = """
CREATE FUNCTION refuse_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION 'What members decided does not change.' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_is_only_added_to BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_{table}();
"""


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    words = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for table in TABLES:
        schema_editor.execute(words.format(table=table))


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_is_only_added_to ON {table}")
            schema_editor.execute(f"DROP FUNCTION refuse_change_of_{table}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_is_only_added_to")


class Migration(migrations.Migration):
    dependencies = [("members", "0004_what_people_want")]
    operations = [migrations.RunPython(guard, unguard)]
