"""What people have been told of a meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting
from members.models import Mailing


class NoticeQuerySet(models.QuerySet["Notice"]):
    def newest(self) -> "Notice | None":
        return self.order_by("-pk").first()

    def before(self, mailing: Mailing) -> "Notice | None":
        """What had been told when the letters of `mailing` were sent off."""
        sent = self.filter(mailing=mailing).first()
        return self.filter(meeting=sent.meeting_id, pk__lt=sent.pk).newest() if sent else None


class Notice(models.Model):
    """How a meeting stood when people were told of it: as it was published, and each time they were written to since.

    `said` holds what `events.rendering.standing_of` says, in words; of links and speakers a digest, so that it can be
    seen that they have changed, and not to what.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notices")
    told_at = models.DateTimeField(_("told"), auto_now_add=True)
    said = models.JSONField(default=dict)
    mailing = models.OneToOneField(Mailing, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Notice {self.pk}"
