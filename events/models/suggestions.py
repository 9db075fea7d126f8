"""Topics that members want, and who wants them. Who that is, no page says of anybody but its reader."""

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting
from members.models import Membership, Network, User

ACTIVE = Membership.State.ACTIVE


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def of(self, network: Network) -> "SuggestionQuerySet":
        return self.filter(network=network)

    def wanted(self) -> "SuggestionQuerySet":
        return self.filter(state=Suggestion.State.WANTED)

    def counted(self) -> "SuggestionQuerySet":
        """With `supports`: how many members want each, every person once; whoever has left counts no more."""
        theirs = Q(
            backings__user__memberships__network=F("network"),
            backings__user__memberships__state=ACTIVE,
            backings__user__is_active=True,
        )
        return self.annotate(supports=Count("backings", filter=theirs, distinct=True)).order_by("-supports", "pk")


class Suggestion(models.Model):
    """A topic somebody wants a meeting about. Their name stands beside it only if they chose that."""

    class State(models.TextChoices):
        WANTED = "wanted", _("wanted")
        TAKEN_UP = "taken-up", _("taken up")
        NOT_NOW = "not-now", _("not for now")
        MERGED = "merged", _("merged into another")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("topic"), max_length=120)
    text = models.TextField(_("what about it"), blank=True)
    suggester = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    shows_name = models.BooleanField(_("with their name"), default=False, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WANTED)
    answer = models.TextField(_("answer"), blank=True, help_text=_("Every member can read it. Plain text."))
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("meeting about it"),
    )
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, editable=False, related_name="merged")
    told_at = models.DateTimeField(_("its supporters were told"), null=True, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["wanted", "taken-up", "not-now", "merged"]), name="suggestion_state"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_meeting(self) -> Meeting | None:
        """The meeting about it, once members know of it."""
        known = self.meeting is not None and self.meeting.state == Meeting.State.PUBLISHED
        return self.meeting if known else None


class Backing(models.Model):
    """That a member wants a topic, once."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="backings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("topic you want")
        verbose_name_plural = _("topics you want")
        constraints = [models.UniqueConstraint(fields=["suggestion", "user"], name="one_backing_a_person")]

    def __str__(self) -> str:
        return f"Backing {self.pk}"
