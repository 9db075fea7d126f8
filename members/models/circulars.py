"""Letters in organisers' own words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.mail import Mailing
from members.models.networks import Network


class Circular(models.Model):
    """A letter in organisers' own words to people chosen by what they are; a draft until it is set off.

    `audience` is the word of an audience (see `members/audiences.py`). Once there is a `mailing`, nothing in it
    changes.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="circulars", editable=False)
    audience = models.CharField(_("to"), max_length=80)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), max_length=20_000)
    mailing = models.OneToOneField(
        Mailing, on_delete=models.SET_NULL, null=True, blank=True, related_name="circular", editable=False
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)

    class Meta:
        verbose_name = _("letter to many")
        verbose_name_plural = _("letters to many")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Circular {self.pk}"
