"""Short talks that members offer for a meeting."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.meetings import AgendaItem, Meeting
from events.models.speakers import SeenBy
from members.models import User


class TalkCall(models.Model):
    """That a meeting is looking for short talks, until when, and how long each is."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="talk_call")
    closes_at = models.DateTimeField(_("offers until"))
    minutes = models.PositiveSmallIntegerField(_("minutes each"), default=5)

    class Meta:
        verbose_name = _("call for short talks")
        verbose_name_plural = _("calls for short talks")

    def __str__(self) -> str:
        return f"Call for talks {self.pk}"


class TalkOffer(models.Model):
    """A talk that a member offers; organisers see whose it is, and nobody else before it is taken."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="talk_offers")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("what it is about"))
    name_seen_by = models.CharField(_("name seen by"), max_length=10, choices=SeenBy)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED)
    answer = models.TextField(_("the organisers’ words"), blank=True)
    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("talk you offered")
        verbose_name_plural = _("talks you offered")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="one_offer_a_person_and_meeting"),
            models.CheckConstraint(condition=Q(state__in=["offered", "accepted", "declined"]), name="talk_offer_state"),
        ]

    def __str__(self) -> str:
        return f"Talk offer {self.pk}"
