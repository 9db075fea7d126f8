"""What people need to be able to take part (B40)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import EncryptedTextField
from events.models.registrations import Registration


class AccessNeed(models.Model):
    """What one person needs at one meeting, in their words: for its organisers, and for a month after it at most.

    A row of its own, so that nothing that reads registrations (lists, exports, notes) has it by accident.
    """

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="access_need")
    text = EncryptedTextField(_("what you need to take part"))

    class Meta:
        verbose_name = _("access need")
        verbose_name_plural = _("access needs")

    def __str__(self) -> str:
        return "Access need"
