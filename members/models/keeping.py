"""That what is due was deleted: how many rows of which kind, on which day, and nothing of what they held."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Deletion(models.Model):
    """One day's work of one deletion job; a row with a count of 0 says that it ran and found nothing."""

    kind = models.CharField(_("what"), max_length=40)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("deleted"), default=0)

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        ordering = ["-day", "kind"]
        constraints = [models.UniqueConstraint(fields=["kind", "day"], name="one_deletion_a_kind_and_day")]

    def __str__(self) -> str:
        return f"Deletion {self.pk}"
