"""Where somebody is signed in, and an address that they are changing."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import EncryptedTextField
from members.models.joining import new_nonce
from members.models.people import User


class SignIn(models.Model):
    """One browser in which a person is signed in, so that they can sign it out from another.

    It holds as much as they need to know it by: no network address, no time finer than a day, no page they read.
    `session_key` is the digest under which the session lies (`cop.lib.sessions`).
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = EncryptedTextField(_("browser"), blank=True)
    began_on = models.DateField(_("signed in on"))

    class Meta:
        verbose_name = _("browser signed in")
        verbose_name_plural = _("browsers signed in")
        ordering = ["-began_on", "-pk"]

    def __str__(self) -> str:
        return f"Sign-in {self.pk}"


class AddressChange(models.Model):
    """That somebody asked to have another address. Both mailboxes are told, and for some days the old one can object.

    Nothing changes before the new mailbox has confirmed.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="address_changes")
    old_email = models.EmailField(_("old e-mail address"))
    new_email = models.EmailField(_("new e-mail address"))
    nonce = models.CharField(max_length=40, default=new_nonce)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of address")
        verbose_name_plural = _("changes of address")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Change of address {self.pk}"


class Passkey(models.Model):
    """A key on a person's device, which signs them in without a code. The code by e-mail always works as well.

    `credential` is the public half, unreadable at rest; `key` is a digest to find it by.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(_("name"), max_length=60)
    key = models.CharField(max_length=64, unique=True)
    credential = EncryptedTextField()
    uses = models.PositiveBigIntegerField(default=0)
    added_on = models.DateField(_("added on"))
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
