"""Editions that went out before there were numberings: their number and day outlive a withdrawal too (R9, R11)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Max, Min


def number_editions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    numbering = apps.get_model("notes", "Numbering")
    out = apps.get_model("notes", "Edition").objects.filter(circulation__isnull=False).order_by()
    for row in out.values("meeting", "audience").annotate(
        last=Max("number"), first=Min("circulation__circulated_at")
    ):
        numbering.objects.get_or_create(
            meeting_id=row["meeting"],
            audience=row["audience"],
            defaults={"last": row["last"], "first_circulated_at": row["first"]},
        )


class Migration(migrations.Migration):
    dependencies = [("notes", "0010_own_words")]

    operations = [migrations.RunPython(number_editions, migrations.RunPython.noop, elidable=True)]
