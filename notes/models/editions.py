"""Editions: what is circulated. They know nothing of drafts, and never change (R9)."""

from collections.abc import Sequence
from typing import TypedDict

from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from events.models import Meeting
from members.models import Mailing, Membership, User
from notes.rules.vocabulary import Audience

# Where a point of a stored page ends. Text cannot say it: the allow-list knows no comments.
END_OF_POINT = "<!--point-->"


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
        """Of each meeting and audience only the last edition that was circulated; earlier ones nobody reads."""
        same = Edition.objects.circulated().filter(meeting=OuterRef("meeting"), audience=OuterRef("audience"))
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
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True)

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
        page = "notes:write_up" if self.audience else "notes:edition"
        return reverse(page, args=[self.meeting.network.slug, self.meeting.slug])

    @property
    def made_by(self) -> User | None:
        """Who made it: known to whoever has to find a second person, shown to no reader (R7)."""
        return self.approval.made_by if hasattr(self, "approval") else None

    @property
    def approved_by(self) -> User | None:
        return self.approval.approved_by if hasattr(self, "approval") else None

    @property
    def is_public(self) -> bool:
        """Whether it is a write-up, for everybody."""
        return self.audience == Audience.PUBLIC

    @property
    def page(self) -> SafeString:
        """The stored sections as they were rendered, through the allow-list, when the edition was made."""
        return mark_safe(self.html.replace(END_OF_POINT, ""))

    def page_with(self, tools: Sequence[SafeString]) -> SafeString:
        """The same page with a tool at the end of each point; without, where it was stored before there were any."""
        between = self.html.split(END_OF_POINT)
        if len(between) != len(tools) + 1:
            return self.page
        return mark_safe("".join(part + tool for part, tool in zip(between, [*tools, ""], strict=True)))


class Approval(models.Model):
    """Whose hands an edition went through: who made it, and who looked at it after them. Nothing of what it says (R15).

    `seen` is the digest of the edition and of every answered finding that the second person was shown: what they did
    not see they have not approved (R8, threat 56).
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="approval")
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    seen = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            models.CheckConstraint(
                condition=Q(made_by__isnull=True) | Q(approved_by__isnull=True) | ~Q(made_by=F("approved_by")),
                name="approved_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"Approval {self.pk}"


class Numbering(models.Model):
    """The last number that readers of one meeting's notes have seen, and since when: it outlives a withdrawal."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    audience = models.PositiveSmallIntegerField(_("audience"), default=0)
    last = models.PositiveIntegerField(_("last edition"))
    first_circulated_at = models.DateTimeField(_("first circulated"))

    class Meta:
        verbose_name = _("numbering")
        verbose_name_plural = _("numberings")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "audience"], name="one_numbering_a_meeting_and_audience"),
        ]

    def __str__(self) -> str:
        return f"Numbering {self.pk}"


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
