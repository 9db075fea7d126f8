from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def organisers_become_owners(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """All of them: nobody may do less than the day before (decision 60)."""
    apps.get_model("members", "Membership").objects.filter(role="organiser").update(role="owner")


def owners_become_organisers(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was new are members again, but for owners."""
    memberships = apps.get_model("members", "Membership").objects
    memberships.filter(role="owner").update(role="organiser")
    memberships.filter(role__in=["viewer", "speaker-wrangler"]).update(role="member")


class Migration(migrations.Migration):
    dependencies = [("members", "0018_language")]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="membership_role"),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("member", "member"),
                    ("viewer", "viewer"),
                    ("speaker-wrangler", "speaker-wrangler"),
                    ("note-taker", "note-taker"),
                    ("organiser", "organiser"),
                    ("owner", "owner"),
                ],
                default="member",
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.RunPython(organisers_become_owners, owners_become_organisers),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["member", "viewer", "speaker-wrangler", "note-taker", "organiser", "owner"])
                ),
                name="membership_role",
            ),
        ),
    ]
