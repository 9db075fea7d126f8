"""Joining a network: a sign-up that waits for its button, and the agreement to the ground rules."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from members.models.networks import Membership, Network
from members.models.people import Sector


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


class SignUp(models.Model):
    """What somebody typed into the join form, until they confirm it from their mailbox. One a network and address.

    It never touches an account: that the address is known already makes no difference here.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="sign_ups")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    language = models.CharField(_("language of letters"), max_length=10, choices=settings.LANGUAGES, blank=True)
    nonce = models.CharField(max_length=40, default=new_nonce)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        constraints = [
            models.UniqueConstraint("network", Lower("email"), name="one_sign_up_a_network_and_address"),
        ]

    def __str__(self) -> str:
        return f"Sign-up {self.pk}"


class Agreement(models.Model):
    """A member's yes to the ground rules: which wording, when, and by what way. Rows are only ever added."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="agreements")
    wording = models.TextField(_("wording"))
    way = models.CharField(_("way"), max_length=40)
    given_at = models.DateTimeField(_("given"), auto_now_add=True)

    class Meta:
        verbose_name = _("agreement to the ground rules")
        verbose_name_plural = _("agreements to the ground rules")

    def __str__(self) -> str:
        return f"Agreement {self.pk}"
