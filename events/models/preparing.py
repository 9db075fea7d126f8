"""What is seen to in the days before a meeting: who hosts it, and that somebody has tried its link."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import is_keyed_digest, keyed_digest
from events.models.meetings import Meeting
from members.models import User

PURPOSE = "tried link"


class Host(models.Model):
    """Somebody who opens the call and looks after it: two, so that it does not hang on one person's line."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="hosts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="one_host_once")]

    def __str__(self) -> str:
        return f"Host {self.pk}"


class LinkTrial(models.Model):
    """That somebody opened the link of a meeting, and it led into the call. Of another link it says nothing."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="+")
    tried_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    tried_at = models.DateTimeField(_("tried"))
    # Of which link, as a keyed digest: the link itself stands in one place only.
    link = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("trial of a link")
        verbose_name_plural = _("trials of links")

    def __str__(self) -> str:
        return f"Trial {self.pk}"

    @staticmethod
    def digest_of(link: str) -> str:
        return keyed_digest(PURPOSE, link)

    def is_of(self, link: str) -> bool:
        return bool(link) and is_keyed_digest(self.link, PURPOSE, link)
