"""Who lets their colleagues know that they come (B42)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Membership


class OpenToColleagues(models.Model):
    """That a member lets members of the same organisation be told that they come. Without a row nobody is told."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("open to colleagues")
        verbose_name_plural = _("open to colleagues")

    def __str__(self) -> str:
        return f"Open to colleagues {self.pk}"
