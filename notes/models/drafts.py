"""Draft notes: confidential until redacted, encrypted at rest, forgotten after circulation (R11)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import EncryptedNumberField, EncryptedTextField, EncryptedYesField
from events.models import AgendaItem, Meeting
from members.models import Membership
from notes.rules.identity import Identity, identity_from_text
from notes.rules.redaction import text_hash


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
    # The roster that the circulated words were last checked against, as a keyed digest; and what came of it.
    checked_against = models.CharField(max_length=64, blank=True)
    needs_a_look = models.BooleanField(_("needs another look"), default=False)

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


class Contributor(models.Model):
    """Somebody with a point in these notes, as they were last known. Roster keys come from here, and so stay.

    Unreadable in the database; see `notes.rules.identity`.
    """

    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="contributors")
    identity = EncryptedTextField()

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Contributor {self.pk}"

    @property
    def who(self) -> Identity:
        return identity_from_text(self.identity)


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
    left_out = EncryptedYesField(_("left out by its contributor"), default=False)
    # Whether its contributor wrote it on a page of their own, where they may still change it.
    own_words = EncryptedYesField(default=False)
    revision = models.PositiveIntegerField(default=1)
    # Of the form it was written in: a press that is repeated, because its answer was lost, makes no second item.
    token = models.UUIDField(null=True, editable=False)

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
    def suggestion_hash(self) -> str:
        """Which words were suggested: whoever uses them has read these."""
        return text_hash(self.suggested_text)

    @property
    def is_excluded(self) -> bool:
        """Sealed by the desk or by its contributor, or said where nothing is to be noted."""
        unnoted = self.agenda_item is not None and self.agenda_item.basis == AgendaItem.Basis.CONFIDENTIAL
        return self.confidential or self.left_out or unnoted


class Jotting(models.Model):
    """What somebody at the desk has typed and not noted yet, so that a closed tab loses nothing. Theirs alone.

    It goes with the press that makes an item of it, and with forgetting. `words` are the form's fields as JSON.
    """

    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="jottings")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.UUIDField()
    # The item they would change. No foreign key: the words outlive an item that somebody else strikes out.
    changes = models.PositiveBigIntegerField(null=True)
    words = EncryptedTextField()

    class Meta:
        verbose_name = _("words not noted yet")
        verbose_name_plural = _("words not noted yet")
        constraints = [
            models.UniqueConstraint(fields=["notebook", "writer", "token"], name="one_jotting_a_form"),
        ]

    def __str__(self) -> str:
        return f"Jotting {self.pk}"


class Consent(models.Model):
    """A contributor's word on one item. It holds only while a digest fits the item as it stands (R2).

    `digest` is to the words as they stood, `digest_of_other_words` to those the contributor would rather have. All
    of it is unreadable in the database, and so is the moment, which would join this row to whoever answered then.
    """

    class Channel(models.IntegerChoices):
        PAGE = 0, _("on their own page")
        MEETING = 1, _("given in the meeting")

    note = models.OneToOneField(Note, on_delete=models.CASCADE, related_name="consent")
    level = EncryptedNumberField(_("attribution"), most=3)
    audience = EncryptedNumberField(_("audience"))
    digest = models.CharField(max_length=64)
    digest_of_other_words = models.CharField(max_length=64, blank=True)
    channel = EncryptedNumberField(_("way"), default=Channel.PAGE)
    remark = EncryptedTextField(_("how it was given"), blank=True)
    given_at = EncryptedTextField(_("given"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"Consent {self.pk}"

    @property
    def was_given_in_the_meeting(self) -> bool:
        return bool(self.channel == Consent.Channel.MEETING)


class ConsentRequest(models.Model):
    """That one contributor was asked to choose, and whether they have: all that an organiser may see of it."""

    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="requests")
    contributor = EncryptedTextField()
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered = EncryptedYesField(_("answered"), default=False)
    reminded = EncryptedYesField(_("reminded"), default=False)

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


class UsualAttribution(models.Model):
    """How a member usually wants their points to appear in one network: preselected for them, never a consent."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    level = EncryptedNumberField(_("attribution"), most=3)

    class Meta:
        verbose_name = _("usual attribution")
        verbose_name_plural = _("usual attributions")

    def __str__(self) -> str:
        return f"Usual attribution {self.pk}"


class ForgettingCertificate(models.Model):
    """That the drafts of one meeting's notes were forgotten on a day.

    `kinds` is [{"kind": "items", "deleted": "some", "left": 0}]. `is_overwritten` is whether the database has let
    go of the space since.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="+")
    forgotten_on = models.DateField(_("forgotten on"))
    kinds = models.JSONField()
    is_overwritten = models.BooleanField(_("space overwritten"), default=False)

    class Meta:
        verbose_name = _("certificate of forgetting")
        verbose_name_plural = _("certificates of forgetting")
        ordering = ["-forgotten_on", "-pk"]

    def __str__(self) -> str:
        return f"Certificate {self.pk}"
