"""The record of who did what, without what was said or of whom (R15)."""

import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from members.actions.recording import Values, record_act
from members.models import Act, User

_steps: WeakKeyDictionary[HttpRequest, Values] = WeakKeyDictionary()

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object


class NeutralHistory(Base):
    """Writes "meeting 12" where Django would write the row's name, in the history and in messages on the next page.

    Which fields were changed is kept, what they held is not.
    """

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        return _remember(request, [obj], ADDITION, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        return _remember(request, [obj], CHANGE, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return _remember(request, queryset, DELETION, "")

    values_kept: tuple[str, ...] = ()

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """With what the fields of `values_kept` were and are, for the record of acts: never words or addresses."""
        kept = [name for name in form.changed_data if name in self.values_kept] if not add else []
        _steps[request] = {name: (_said(form.initial.get(name)), _said(form.cleaned_data[name])) for name in kept}
        steps: list[dict[str, dict[str, Any]]] = super().construct_change_message(request, form, formsets, add)
        for step in steps:
            for about in step.values():
                if "object" in about:
                    about["object"] = "…"
        return steps

    def message_user(self, request: HttpRequest, message: Any, *args: Any, **kwargs: Any) -> None:
        """Django's own "The meeting <a>…</a> was changed" names the row, and it alone is marked as safe HTML."""
        super().message_user(request, _("Saved.") if isinstance(message, SafeString) else message, *args, **kwargs)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        return super().response_delete(request, str(obj_id), obj_id)


def remember_change(request: HttpRequest, row: Model, message: str) -> None:
    """Write into a row's history what was done with it, in words that name nobody."""
    _remember(request, [row], CHANGE, message)


def neutral_name(obj: Model) -> str:
    """What a row is called where its name must not be: "meeting 12"."""
    return f"{obj._meta.verbose_name} {obj.pk}"


def _said(value: object) -> str:
    return value.astimezone(UTC).isoformat(timespec="minutes") if isinstance(value, datetime) else str(value or "")


def _remember(request: HttpRequest, rows: Collection[Model], act: int, message: Any) -> list[LogEntry]:
    words = json.dumps(message) if isinstance(message, list) else message
    if isinstance(request.user, User):
        values = _steps.pop(request, None)
        for row in rows:
            record_act(row, by=request.user, kind=Act.Kind(act), words=words, values=values)
    entries = [
        LogEntry(
            user_id=cast("int", request.user.pk),
            content_type=ContentType.objects.get_for_model(row, for_concrete_model=False),
            object_id=row.pk,
            object_repr=neutral_name(row),
            action_flag=act,
            change_message=words,
        )
        for row in rows
    ]
    return LogEntry.objects.bulk_create(entries)
