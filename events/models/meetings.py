"""Meetings, their topics and their agenda."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cop.lib.timezones import refuse_unknown_time_zone
from events.models.series import Nation, Series
from events.rules.seating import Closed, why_closed
from events.rules.timetable import DOORS_OPEN_BEFORE
from members.models import Network


class Topic(models.Model):
    """A subject by which a network's meetings are found again."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("address"), max_length=100)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["network", "slug"], name="one_topic_an_address")]

    def __str__(self) -> str:
        return self.name


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def of(self, network: Network) -> "MeetingQuerySet":
        return self.filter(network=network)

    def public(self) -> "MeetingQuerySet":
        """What strangers may see: cancelled meetings too, so that nobody turns up."""
        return self.filter(state__in=[Meeting.State.PUBLISHED, Meeting.State.CANCELLED])

    def published(self) -> "MeetingQuerySet":
        return self.filter(state=Meeting.State.PUBLISHED)

    def upcoming(self, at: datetime) -> "MeetingQuerySet":
        """Not over yet at `at`, soonest first; a meeting that is on now is still the next one."""
        return self.filter(ends_at__gt=at).order_by("starts_at", "pk")

    def past(self, at: datetime) -> "MeetingQuerySet":
        return self.filter(ends_at__lte=at).order_by("-starts_at", "-pk")


class Meeting(models.Model):
    """One occasion. Whether it is upcoming, live or past follows the clock; only what people decide is stored."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CANCELLED = "cancelled", _("cancelled")

    class Place(models.TextChoices):
        ONLINE = "online", _("online")
        ROOM = "room", _("in a room")
        BOTH = "both", _("online and in a room")

    class Cap(models.IntegerChoices):
        """The highest attribution this meeting allows; values as in `notes.rules.vocabulary.Attribution`."""

        NONE = 0, _("nothing attributed")
        SECTOR = 1, _("sector")
        ORGANISATION = 2, _("organisation")
        NAME = 3, _("name")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    series = models.ForeignKey(Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="meetings")
    number = models.PositiveIntegerField(_("number in the series"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    theme = models.CharField(_("theme"), max_length=300, blank=True)
    slug = models.SlugField(_("address"), max_length=120)
    summary = models.TextField(_("summary"), blank=True, help_text=_("A sentence or two, for lists and letters."))
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    has_times = models.BooleanField(_("time of day is known"), default=True)
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="Europe/London", validators=[refuse_unknown_time_zone]
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    place = models.CharField(_("how we meet"), max_length=10, choices=Place, default=Place.ONLINE)
    room = models.CharField(_("room"), max_length=300, blank=True)
    video_link = models.URLField(
        _("video link"),
        max_length=500,
        blank=True,
        help_text=_("Shown to nobody: our own joining address leads there."),
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit."))
    attribution_cap = models.PositiveSmallIntegerField(_("most that may be attributed"), choices=Cap, default=Cap.NAME)
    takes_questions = models.BooleanField(
        _("take questions without a name"),
        default=True,
        help_text=_(
            "Those who are registered can ask until the meeting ends, and nobody can tell whose a question is."
        ),
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="meetings", verbose_name=_("topics"))
    # What this was imported from, kept whole so that it can be written back (`export_events`).
    category = models.CharField(_("category"), max_length=40, blank=True)
    source_name = models.CharField(max_length=200, blank=True, editable=False)
    source_front_matter = models.TextField(blank=True, editable=False)
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    calendar_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "slug"], name="one_meeting_an_address"),
            models.UniqueConstraint(fields=["series", "number"], name="one_meeting_a_number"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(number__isnull=True) | Q(number__gte=1), name="numbers_start_at_one"),
            models.CheckConstraint(condition=Q(state__in=["draft", "published", "cancelled"]), name="meeting_state"),
            models.CheckConstraint(condition=Q(place__in=["online", "room", "both"]), name="meeting_place"),
            models.CheckConstraint(condition=Q(attribution_cap__lte=3), name="attribution_cap_is_a_level"),
        ]
        indexes = [models.Index(fields=["network", "starts_at"], name="meetings_by_time")]

    def __str__(self) -> str:
        return f"{self.shown_title} ({self.local_start.day} {self.local_start:%B %Y})"

    def get_absolute_url(self) -> str:
        return reverse("events:meeting", args=[self.network.slug, self.slug])

    def clean(self) -> None:
        if None not in (self.starts_at, self.ends_at) and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end has to be later than the start.")})
        if self.series and self.network_id and self.series.network_id != self.network_id:
            raise ValidationError({"series": _("This series belongs to another network.")})

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(self.zone)

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(self.zone)

    def day_of(self, at: datetime) -> date:
        """The day it is then on the meeting's own calendar."""
        return at.astimezone(self.zone).date()

    def is_over(self, at: datetime) -> bool:
        return self.ends_at <= at

    def why_closed(self, at: datetime) -> Closed | None:
        """Why nobody can register, or ask, at `at`; None while they can."""
        return why_closed(state=self.state, ends_at=self.ends_at, at=at, is_resting=self.network.is_resting)

    def is_live(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at

    def doors_open(self, at: datetime) -> bool:
        """Whether `/join` leads to the call."""
        return self.starts_at - DOORS_OPEN_BEFORE <= at < self.ends_at

    @property
    def holidays_of(self) -> str:
        """Whose bank holidays are no working days for it: those of its series."""
        return self.series.holidays_of if self.series else Nation.ENGLAND

    @property
    def shown_title(self) -> str:
        """What tells this meeting from the others of its series: its theme, where it has one."""
        return self.theme or self.title


class AgendaItem(models.Model):
    """One part of a meeting. Its basis says which promise it is held under; the Rule, unless said otherwise."""

    class Kind(models.TextChoices):
        TALK = "talk", _("talk")
        DISCUSSION = "discussion", _("discussion")
        PANEL = "panel", _("panel")
        WORKSHOP = "workshop", _("workshop")
        WELCOME = "welcome", _("welcome")
        BREAK = "break", _("break")
        ACTIONS = "actions", _("actions")

    class Basis(models.TextChoices):
        RULE = "rule", _("under the Chatham House Rule")
        RECORD = "record", _("on the record")
        CONFIDENTIAL = "confidential", _("confidential: nothing is noted")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("place in the agenda"), default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.TALK)
    basis = models.CharField(_("basis"), max_length=12, choices=Basis, default=Basis.RULE)
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=["rule", "record", "confidential"]), name="agenda_item_basis"),
        ]

    def __str__(self) -> str:
        return self.title
