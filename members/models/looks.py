"""A network's logo."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.networks import Network


class Logo(models.Model):
    """A picture of our own painting (PNG). Shown once the network says so by its digest."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, related_name="logo", verbose_name=_("network"))
    png = models.BinaryField()
    digest = models.CharField(max_length=16)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")

    def __str__(self) -> str:
        return f"Logo {self.pk}"
