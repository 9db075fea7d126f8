"""Surveys, feedback after a meeting, and finding a time. Nothing here leads from an answer to whoever gave it."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import EncryptedTextField
from events.models.meetings import Meeting
from events.rules.surveys import HIGHEST, Slot
from members.models import Network


class SurveyQuerySet(models.QuerySet["Survey"]):
    def of(self, network: Network) -> "SurveyQuerySet":
        return self.filter(network=network)

    def open(self) -> "SurveyQuerySet":
        return self.filter(state=Survey.State.OPEN)

    def own(self) -> "SurveyQuerySet":
        """Those that organisers make; the others are the feedback on a meeting."""
        return self.filter(meeting=None)


class Survey(models.Model):
    """Questions to the members of a network, or to the people of one meeting; closed, it stays closed.

    `box` holds all answers, as `events.rules.surveys.Box` puts them together (docs/decisions/0041).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, editable=False, related_name="feedback"
    )
    title = models.CharField(_("title"), max_length=150)
    intro = models.TextField(_("what it is for"), blank=True, help_text=_("A sentence or two. Plain text."))
    duration_minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), default=75, help_text=_("Where times are proposed: of the meeting to be held then.")
    )
    shares_figures = models.BooleanField(
        _("members see the figures once it is closed"),
        default=True,
        help_text=_("What people write in their own words is for organisers only."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True, help_text=_("Empty: when you close it."))
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    box = EncryptedTextField(blank=True, editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["draft", "open", "closed"]), name="survey_state"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="closed_survey_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyQuestion(models.Model):
    """One question. Its `position` is what answers are kept under, and does not change once the survey is open."""

    class Kind(models.TextChoices):
        ONE = "one", _("one of several")
        MANY = "many", _("any of several")
        SCALE = "scale", _("from one to five")
        TEXT = "text", _("in their own words")
        TIME = "time", _("a time that is proposed")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ONE)
    text = models.CharField(_("question"), max_length=300, blank=True)
    choices = models.TextField(
        _("answers"), blank=True, help_text=_("One a line. For a scale: what one means, and what five means.")
    )
    starts_at = models.DateTimeField(_("time"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["one", "many", "scale", "text", "time"]), name="survey_question_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.get_kind_display())

    @property
    def key(self) -> str:
        return str(self.position)

    @property
    def options(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]

    @property
    def answers(self) -> dict[str, str]:
        """What can be chosen, by what is kept of it; empty where one writes."""
        if self.kind == self.Kind.SCALE:
            ends = dict(zip(("1", str(HIGHEST)), self.options[:2], strict=False))
            names = {str(value): str(value) for value in range(1, HIGHEST + 1)}
            return {key: f"{name}: {ends[key]}" if key in ends else name for key, name in names.items()}
        if self.kind == self.Kind.TIME:
            return {Slot.YES: str(_("Yes")), Slot.MAYBE: str(_("If need be")), Slot.NO: str(_("No"))}
        return {str(number): name for number, name in enumerate(self.options)} if self.kind != self.Kind.TEXT else {}

    @property
    def asks(self) -> str:
        """The question as people read it; a time on the clock of its network."""
        if self.kind == self.Kind.TIME and self.starts_at:
            return date_format(self.starts_at.astimezone(ZoneInfo(self.survey.network.time_zone)), "l j F Y, H:i")
        return self.text
