"""Which dates of a series' rule have been decided about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting
from events.models.series import Series


class PlannedDate(models.Model):
    """One date of a series' rule: a meeting was made for it, or it was left out. It is not proposed again.

    The date stays what the rule gave when its meeting is moved or cancelled; deleting the draft frees it.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="planned")
    on = models.DateField(_("date"))
    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="planned")

    class Meta:
        verbose_name = _("date of a series")
        verbose_name_plural = _("dates of a series")
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["series", "on"], name="one_decision_a_date")]

    def __str__(self) -> str:
        return f"{self.on}"
