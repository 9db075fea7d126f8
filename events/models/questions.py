"""Questions without a name. Nothing here leads from a question to whoever asked it: see docs/decisions/0007."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import EncryptedNumberField, EncryptedTextField
from events.models.meetings import Meeting
from events.rules.questions import MOST_A_PERSON


class Question(models.Model):
    """A question put to a meeting: no author, no time, and a key that does not tell which came first."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SHOWN = "shown", _("being answered now")
        ASIDE = "aside", _("put aside")
        ANSWERED = "answered", _("answered")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="questions")
    text = EncryptedTextField(_("question"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    supports = models.PositiveIntegerField(_("supports"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        # By supports, then as the dice fell: never by when it was asked.
        ordering = ["-supports", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "shown", "aside", "answered"]), name="question_state"
            ),
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="shown"), name="one_question_at_a_time"),
        ]

    def __str__(self) -> str:
        return "Question"


class Support(models.Model):
    """That somebody supports some question of a meeting, once: `digest` is over both, and neither is beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="supports")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")

    def __str__(self) -> str:
        return "Support"


class Allowance(models.Model):
    """How many questions somebody has asked at a meeting; `digest` is over the meeting and the person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="allowances")
    digest = models.CharField(max_length=64, unique=True)
    used = EncryptedNumberField(most=MOST_A_PERSON)

    class Meta:
        verbose_name = _("allowance")
        verbose_name_plural = _("allowances")

    def __str__(self) -> str:
        return "Allowance"
