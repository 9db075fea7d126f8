"""Mailboxes that letters come back from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.people import User


class MailboxQuerySet(models.QuerySet["Mailbox"]):
    def paused(self) -> "MailboxQuerySet":
        return self.filter(paused_at__isnull=False)


class Mailbox(models.Model):
    """What came of letters to one address, known by its digest; there is a row only where something came back.

    While it is paused it gets no letters of a kind. What its owner asks for themselves, such as a code, is tried still.
    """

    class Why(models.TextChoices):
        HARD = "hard", _("There is no such mailbox")
        PASSING = "passing", _("Letters have come back for several days")

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="mailboxes", verbose_name=_("person")
    )
    days = models.PositiveSmallIntegerField(_("days on which letters came back"), default=0)
    last_at = models.DateTimeField(_("last came back"))
    paused_at = models.DateTimeField(_("no letters since"), null=True)
    why = models.CharField(_("why"), max_length=10, choices=Why, blank=True)
    tried_again_at = models.DateTimeField(_("tried again"), null=True)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailbox that letters come back from")
        verbose_name_plural = _("mailboxes that letters come back from")
        ordering = ["-paused_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True, why="") | Q(paused_at__isnull=False, why__in=["hard", "passing"]),
                name="paused_mailbox_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"Mailbox {self.pk}"
