"""What a network's organisers say in its letters in their own words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.networks import Network

LONGEST_COVERING = 3000


class Wording(models.Model):
    """A network's own subject of one letter, and what it says first; what is empty is as for everybody."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="wordings")
    letter = models.CharField(_("letter"), max_length=60)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    covering = models.TextField(_("covering text"), max_length=LONGEST_COVERING, blank=True)

    class Meta:
        verbose_name = _("wording of a letter")
        verbose_name_plural = _("wordings of letters")
        constraints = [models.UniqueConstraint(fields=["network", "letter"], name="one_wording_a_network_and_letter")]

    def __str__(self) -> str:
        return f"Wording {self.pk}"
