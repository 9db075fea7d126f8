"""Editions: what is circulated. They know nothing of drafts, and never change (R9)."""

from typing import TypedDict

from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from events.models import Meeting
from members.models import Mailing, Membership, User


class StoredLine(TypedDict):
    """One line of `Edition.content`."""

    text: str
    attribution: str


class StoredSection(TypedDict):
    """One part of `Edition.content`."""

    title: str
    lines: list[StoredLine]


class EditionQuerySet(models.QuerySet["Edition"]):
    def newest(self) -> "EditionQuerySet":
        """Of each meeting and audience only the last edition; earlier ones are readable by nobody."""
        same = Edition.objects.filter(meeting=OuterRef("meeting"), audience=OuterRef("audience"))
        last = same.values("meeting").annotate(last=Max("number")).values("last")
        return self.filter(number=Subquery(last))

    def circulated(self) -> "EditionQuerySet":
        return self.filter(circulation__isnull=False)

    def readable_by(self, user: User) -> "EditionQuerySet":
        """Circulated, newest, for the network, and of a network in which `user` is an active member (R12)."""
        networks = Membership.objects.active().filter(user_id=user.pk).values("network")
        return self.newest().circulated().filter(audience=0, meeting__network__in=networks)


class Edition(models.Model):
    """The immutable result of redaction, as content and as the page that was checked. The database refuses changes.

    `content` is [{"title": ..., "lines": [{"text": ..., "attribution": ...}]}]; there is no key to a person, no
    draft id, and no time finer than a day (R7).
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("edition"))
    audience = models.PositiveSmallIntegerField(_("audience"), default=0)
    title = models.CharField(_("title"), max_length=300)
    content = models.JSONField()
    html = models.TextField()
    digest = models.CharField(max_length=64)
    made_on = models.DateField(_("made on"))

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-meeting__starts_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "audience", "number"], name="one_edition_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="editions_start_at_one"),
            models.CheckConstraint(condition=Q(audience__lte=1), name="edition_audience"),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number} of {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("notes:edition", args=[self.meeting.network.slug, self.meeting.slug])

    @property
    def page(self) -> SafeString:
        """The stored sections as they were rendered, through the allow-list, when the edition was made."""
        return mark_safe(self.html)


class Circulation(models.Model):
    """That an edition was sent out, and by which mailing."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="circulation")
    mailing = models.ForeignKey(Mailing, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    circulated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("circulation")
        verbose_name_plural = _("circulations")

    def __str__(self) -> str:
        return f"Circulation {self.pk}"
