"""Members who want to know one another. Nothing of it is anybody's but theirs: it is in no list of the panel."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import EncryptedNumberField, EncryptedTextField
from members.models import Network, User


class Introduction(models.Model):
    """That one member asks to be introduced to another, with a few words.

    Until the other says yes, the asker reads the same of it, whether a no was said or nothing.
    """

    KEPT_FOR = timedelta(days=90)

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    asker = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    words = EncryptedTextField(_("what about"))
    asked_on = models.DateField(_("asked"))
    # 0: nothing said; 1: no; 2: yes. As a token, so that a row that was answered looks like one that was not.
    answer = EncryptedNumberField(most=2)
    # Kept, so that whoever was asked is not asked again, and the asker cannot tell whether they said no.
    is_taken_back = models.BooleanField(_("taken back"), default=False)

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "asker", "asked"], name="one_introduction_a_pair"),
            models.CheckConstraint(condition=~Q(asker=F("asked")), name="nobody_is_introduced_to_themselves"),
        ]

    def __str__(self) -> str:
        return f"Introduction {self.pk}"
