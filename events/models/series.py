"""Meetings that belong together, and when they are."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Network


class Nation(models.TextChoices):
    """Whose bank holidays are marked; values as in ISO 3166-2, after "GB-"."""

    ENGLAND = "ENG", _("England")
    WALES = "WLS", _("Wales")
    SCOTLAND = "SCT", _("Scotland")
    NORTHERN_IRELAND = "NIR", _("Northern Ireland")


class Series(models.Model):
    """Meetings that belong together and are numbered: "the third meeting"."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("short name"))
    # As in RFC 5545: people say it in words (`events.rules.spoken`).
    rule = models.CharField(_("when"), max_length=200, blank=True)
    counted_from = models.DateField(
        _("first date"),
        null=True,
        blank=True,
        help_text=_("Where every second or fourth week is counted from. Empty: from the meetings there are."),
    )
    months_off = models.CharField(_("months without a meeting"), max_length=40, blank=True)
    holidays_of = models.CharField(
        _("bank holidays of"), max_length=3, choices=Nation, default=Nation.ENGLAND, blank=True
    )
    starts = models.TimeField(_("starts at"), default="14:00")
    duration_minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=75)
    body = models.TextField(
        _("text of each meeting"), blank=True, help_text=_("Markdown. It comes along with each new meeting.")
    )

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["network", "slug"], name="one_series_a_short_name"),
            models.CheckConstraint(condition=Q(duration_minutes__gt=0), name="series_meetings_last"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def skipped_months(self) -> frozenset[int]:
        """1 for January."""
        return frozenset(int(month) for month in self.months_off.split(",") if month)
