"""Addresses that we must know again, and need not know: kept as digests."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import keyed_digest, seal, unseal
from members.models.networks import Network

_SEALED = "the key of addresses is sealed with this one"


class AddressKeyManager(models.Manager["AddressKey"]):
    def digest(self, email: str) -> str:
        """What `email` is known by, however it is capitalised: HMAC-SHA-256, in hex."""
        return self.digests([email])[email]

    def digests(self, emails: Iterable[str]) -> dict[str, str]:
        """What each of these is known by; the key is read once."""
        key = unseal(bytes(self._row().sealed))
        return {
            email: hmac.new(key, email.strip().lower().encode(), hashlib.sha256).hexdigest() for email in set(emails)
        }

    def renew_seal(self) -> bool:
        """Seal the key anew where NOTES_KEYS has got a newer one; whether it had to be done."""
        row = self.filter(pk=1).first()
        if row is None or row.sealed_with == keyed_digest(_SEALED):
            return False
        row.sealed, row.sealed_with = seal(unseal(bytes(row.sealed))), keyed_digest(_SEALED)
        row.save(update_fields=["sealed", "sealed_with"])
        return True

    def _row(self) -> "AddressKey":
        made = {"sealed": seal(secrets.token_bytes(32)), "sealed_with": keyed_digest(_SEALED)}
        return self.get_or_create(pk=1, defaults=made)[0]


class AddressKey(models.Model):
    """The one key that addresses are made into digests with, itself sealed with NOTES_KEYS.

    Were they made with NOTES_KEYS, everybody who asked not to be written to would be forgotten with the key.
    """

    sealed = models.BinaryField()
    sealed_with = models.CharField(max_length=64)

    objects = AddressKeyManager()

    def __str__(self) -> str:
        return "Key of addresses"


class KeptOff(models.Model):
    """Somebody whom no import may bring into a network, and why; known by a digest, so that the list is no list."""

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed on an earlier list")
        CLEANED = "cleaned", _("mail to them came back on an earlier list")
        ERASED = "erased", _("asked to be erased")
        COMPLAINED = "complained", _("called a letter unwanted")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="kept_off")
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=12, choices=Reason)
    batch = models.ForeignKey("members.Batch", on_delete=models.SET_NULL, null=True, related_name="kept_off")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "digest", "batch"], name="kept_off_once_a_list"),
            models.CheckConstraint(
                condition=models.Q(reason__in=["unsubscribed", "cleaned", "erased", "complained"]),
                name="kept_off_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Kept off {self.pk}"
