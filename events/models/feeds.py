"""What programs fetch again and again: a person's own calendar, and what feeds tell of a meeting, since when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting
from members.models import User


class OwnCalendar(models.Model):
    """One address at which a calendar program finds a person's meetings, without signing in (B39).

    We keep its digest only, so it is shown once and nobody can read it out of the database. Whoever makes a new one, or
    ends it, leaves the old one leading nowhere, and with it the ways into calls that it gave.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField(_("made on"))

    class Meta:
        verbose_name = _("calendar of one’s own")
        verbose_name_plural = _("calendars of one’s own")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Calendar {self.pk}"


class Told(models.Model):
    """Since when feeds tell of a meeting what they tell now, whatever changed it: known by a digest of the words."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    first_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Told {self.pk}"
