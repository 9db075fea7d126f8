"""Whether a registration is the person's own word. Members' rows so far were taken from their accounts; guests' were
typed by anybody."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def believe_accounts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("events", "Registration").objects.filter(user__isnull=False).update(confirmed=True)


class Migration(migrations.Migration):
    dependencies = [("events", "0002_initial")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="confirmed",
            field=models.BooleanField(
                default=False,
                help_text="Said by the person: signed in, or by the link that only their mailbox has.",
                verbose_name="in their own words",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="typed_before",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(believe_accounts, migrations.RunPython.noop),
    ]
