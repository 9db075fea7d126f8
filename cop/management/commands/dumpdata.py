"""`manage.py dumpdata`, which never writes what was said: a fixture is read by whoever finds the file (threat 53)."""

from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.core.management.commands import dumpdata
from django.core.management.utils import parse_apps_and_model_labels
from django.db.models import Model

from cop.lib.encryption import EncryptedNumberField, EncryptedTextField
from notes.models import drafts

# What is unreadable in the database, corrections too, would be written in clear; and what else hangs on a draft.
UNREADABLE = (EncryptedTextField, EncryptedNumberField)


def _is_unreadable(model: type[Model]) -> bool:
    return any(isinstance(field, UNREADABLE) for field in model._meta.get_fields())


DRAFTS = frozenset(
    model
    for model in apps.get_app_config("notes").get_models()
    if model.__module__ == drafts.__name__ or _is_unreadable(model)
)

# What else is unreadable in the database, and what is nothing without it.
UNWRITTEN = (
    *(one._meta.label for one in apps.get_models() if one not in DRAFTS and _is_unreadable(one)),
    "events.Support",
    "events.SurveyQuestion",
)


class Command(dumpdata.Command):
    def handle(self, *app_labels: str, **options: Any) -> None:
        """As Django's own, without what is unreadable in the database; with draft notes among it, `CommandError`."""
        if _asked_for(app_labels, options["exclude"]) & DRAFTS:
            raise CommandError(
                "Draft notes are not written to a file. Leave them out with --exclude notes; to keep a copy of "
                "everything, back up the database, in which they are encrypted."
            )
        super().handle(*app_labels, **{**options, "exclude": [*options["exclude"], *UNWRITTEN]})


def _asked_for(labels: tuple[str, ...], excluded: list[str]) -> frozenset[type]:
    left_out, apps_left_out = parse_apps_and_model_labels(excluded)
    whole = [config for config in apps.get_app_configs() if config not in apps_left_out]
    models, named = parse_apps_and_model_labels(labels) if labels else (set(), set(whole))
    everything = {*models, *(model for config in named - apps_left_out for model in config.get_models())}
    return frozenset(everything - left_out)
