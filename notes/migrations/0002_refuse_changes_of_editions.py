"""An edition does not change (R9): the database itself refuses, whoever asks."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE TRIGGER an_edition_does_not_change BEFORE UPDATE ON notes_edition
BEGIN SELECT RAISE(ABORT, 'An edition does not change.'); END
"""
POSTGRESQL = """
CREATE FUNCTION refuse_change_of_edition() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'An edition does not change.' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER an_edition_does_not_change BEFORE UPDATE ON notes_edition
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_edition();
"""


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER an_edition_does_not_change ON notes_edition")
        schema_editor.execute("DROP FUNCTION refuse_change_of_edition()")
    else:
        schema_editor.execute("DROP TRIGGER an_edition_does_not_change")


class Migration(migrations.Migration):
    dependencies = [("notes", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
