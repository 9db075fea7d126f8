"""Draft notes: confidential until redacted, encrypted at rest, forgotten after circulation (R11)."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import EncryptedTextField
from events.models import AgendaItem, Meeting


class Notebook(models.Model):
    """The run of one meeting's notes. Its row is locked by whoever checks and freezes."""

    class State(models.TextChoices):
        DRAFTING = "drafting", _("being written")
        ASKING = "asking", _("contributors are choosing")
        CIRCULATED = "circulated", _("circulated")
        FORGOTTEN = "forgotten", _("drafts forgotten")

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFTING)
    consent_due_at = models.DateTimeField(_("contributors choose until"), null=True, blank=True)

    class Meta:
        verbose_name = _("notes")
        verbose_name_plural = _("notes")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["drafting", "asking", "circulated", "forgotten"]), name="notebook_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="asking") | Q(consent_due_at__isnull=False), name="asking_has_a_deadline"
            ),
        ]

    def __str__(self) -> str:
        return f"Notes of {self.meeting}"

    @property
    def is_open(self) -> bool:
        """Whether note-takers may still write."""
        return self.state in {self.State.DRAFTING, self.State.ASKING}

    @property
    def local_due(self) -> datetime | None:
        """The deadline on the meeting's wall clock."""
        return self.consent_due_at.astimezone(self.meeting.zone) if self.consent_due_at else None

    def is_overdue(self, at: datetime) -> bool:
        return self.consent_due_at is not None and self.consent_due_at <= at


class Note(models.Model):
    """One point of a draft. `contributor` is a key of the meeting's roster, unreadable in the database.

    Text is overwritten by an edit: there is no history. `revision` rises with each, so that two note-takers at the
    same point are told instead of losing words.
    """

    class Kind(models.TextChoices):
        POINT = "point", _("point")
        TAKEAWAY = "takeaway", _("take-away")
        ACTION = "action", _("action")

    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="items")
    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.RESTRICT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    # Whether an editor has given it its place: until then it stands where it was said, which readers never see (R7).
    placed = models.BooleanField(default=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.POINT)
    text = EncryptedTextField(_("text"))
    contributor = EncryptedTextField(blank=True)
    suggested_text = EncryptedTextField(blank=True)
    # Two seals, because each is lifted only by those who may set it (R5).
    confidential = models.BooleanField(_("confidential"), default=False)
    left_out = models.BooleanField(_("left out by its contributor"), default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["point", "takeaway", "action"]), name="note_kind"),
        ]

    def __str__(self) -> str:
        return f"Item {self.pk}"

    @property
    def is_excluded(self) -> bool:
        """Sealed by the desk or by its contributor, or said where nothing is to be noted."""
        unnoted = self.agenda_item is not None and self.agenda_item.basis == AgendaItem.Basis.CONFIDENTIAL
        return self.confidential or self.left_out or unnoted


class Consent(models.Model):
    """A contributor's word on one item. It holds only while `digest` fits the item as it stands (R2)."""

    class Channel(models.TextChoices):
        PAGE = "page", _("on their own page")
        MEETING = "meeting", _("given in the meeting")

    note = models.OneToOneField(Note, on_delete=models.CASCADE, related_name="consent")
    level = models.PositiveSmallIntegerField(_("attribution"))
    audience = models.PositiveSmallIntegerField(_("audience"))
    digest = models.CharField(max_length=64)
    channel = models.CharField(_("way"), max_length=10, choices=Channel, default=Channel.PAGE)
    # Encrypted, because a time in clear would join this row to whoever answered at that moment.
    given_at = EncryptedTextField(_("given"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(condition=Q(level__lte=3), name="consent_level"),
            models.CheckConstraint(condition=Q(audience__lte=1), name="consent_audience"),
        ]

    def __str__(self) -> str:
        return f"Consent {self.pk}"


class ConsentRequest(models.Model):
    """That one contributor was asked to choose, and whether they have: all that an organiser may see of it."""

    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="requests")
    contributor = EncryptedTextField()
    answered = models.BooleanField(_("answered"), default=False)

    class Meta:
        verbose_name = _("request to choose")
        verbose_name_plural = _("requests to choose")

    def __str__(self) -> str:
        return f"Request {self.pk}"


class LeakAnswer(models.Model):
    """An organiser's reason why a finding is all right; `digest` ties it to the exact text it was found in (R8)."""

    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="answers")
    digest = models.CharField(max_length=64)
    reason = EncryptedTextField(_("reason"))
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["notebook", "digest"], name="one_answer_a_finding"),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
