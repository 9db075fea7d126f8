"""Of what the organisers of a meeting have been reminded."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting
from events.rules.nagging import Nag


class Nagged(models.Model):
    """That the organisers of a meeting were reminded of one thing: once is enough."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    nag = models.CharField(_("of what"), max_length=10, choices=[(nag.value, nag.value) for nag in Nag])

    class Meta:
        verbose_name = _("reminder of organisers")
        verbose_name_plural = _("reminders of organisers")
        constraints = [models.UniqueConstraint(fields=["meeting", "nag"], name="one_nag_a_meeting")]

    def __str__(self) -> str:
        return f"{self.nag} {self.meeting_id}"
