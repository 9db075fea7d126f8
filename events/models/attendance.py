"""A report of who was in a call, while an organiser decides about it and while it can be undone (B82)."""

import json
import zlib
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import seal, unseal
from events.formats.zoom import Kind
from events.models.meetings import Meeting
from members.models import User


class AttendanceReport(models.Model):
    """One uploaded report. Whom it names, and what was changed because of it, lies sealed; `counts` holds no name.

    The file itself is never kept. What is sealed goes with the decision not to use it, with undoing, or after a week.
    """

    KEPT_FOR = timedelta(days=7)

    class State(models.TextChoices):
        READ = "read", _("waits for your word")
        DONE = "done", _("done")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("not used")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+", verbose_name=_("meeting"))
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("brought by")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READ)
    kind = models.CharField(
        _("report"),
        max_length=12,
        choices=[(Kind.ATTENDANCE.value, _("who was there")), (Kind.REGISTRATION.value, _("who registered"))],
    )
    counts = models.JSONField(default=dict)
    sealed = models.BinaryField(default=b"")

    class Meta:
        verbose_name = _("report of a call")
        verbose_name_plural = _("reports of calls")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["read", "done", "undone", "discarded"]), name="attendance_report_state"
            )
        ]

    def __str__(self) -> str:
        return f"Report {self.pk}"

    def keep(self, what: Any) -> None:
        """Seal `what` (lists and dictionaries of words and numbers) into the row, not saved yet."""
        self.sealed = seal(zlib.compress(json.dumps(what).encode(), 1))

    def kept(self) -> Any:
        """What was sealed; None once it is gone."""
        return json.loads(zlib.decompress(unseal(bytes(self.sealed)))) if self.sealed else None
