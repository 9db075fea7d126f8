"""Which letters people want: a refusal means no, nothing kept means yes, and what they decided is written down."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.networks import Membership, Network
from members.models.people import User


class Kind(models.TextChoices):
    """The kinds of letters that people choose among. Letters without a kind are about what somebody does themselves."""

    INVITATIONS = "invitations", _("invitations to meetings")
    REMINDERS = "reminders", _("reminders of meetings")
    NOTES = "notes", _("news of new notes")
    NEWS = "news", _("newsletters")


class Way(models.TextChoices):
    """How a decision reached us."""

    PAGE = "page", _("on my page")
    LETTER = "letter", _("by the link in a letter")
    MAIL_PROGRAM = "mail-program", _("by the mail program's own button")


class Refusal(models.Model):
    """That somebody wants no letters of one kind from one network: a person with an account, or a guest's address.

    Leaving and joining again, or an import, takes none away: only its owner does.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="refusals")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="refusals")
    guest_email = models.EmailField(_("guest's e-mail address"), blank=True)
    kind = models.CharField(_("kind of letter"), max_length=12, choices=Kind)

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "user", "kind"], condition=Q(user__isnull=False), name="one_refusal_a_person"
            ),
            models.UniqueConstraint(
                fields=["network", "guest_email", "kind"], condition=~Q(guest_email=""), name="one_refusal_a_guest"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, guest_email="") | (Q(user__isnull=True) & ~Q(guest_email="")),
                name="refusal_is_of_a_person_or_a_guest",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["invitations", "reminders", "notes", "news"]), name="refusal_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"Refusal {self.pk}"


class Decision(models.Model):
    """What a member decided about letters and being seen, when, and by what way (B26). The database refuses changes."""

    class What(models.TextChoices):
        STOPPED = "stopped", _("No more %s")
        WANTED = "wanted", _("Send me %s again")
        PAUSED = "paused", _("No letters until %s")
        RESUMED = "resumed", _("Letters again, without a pause")
        LISTED = "listed", _("Members may see that I am one of them")
        UNLISTED = "unlisted", _("Nobody may see that I am a member")
        LEFT = "left", _("I left the network")

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="decisions")
    what = models.CharField(_("decision"), max_length=10, choices=What)
    # The kind of letter, or the day until which there are none (ISO 8601).
    about = models.CharField(max_length=12, blank=True)
    way = models.CharField(_("way"), max_length=12, choices=Way)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Decision {self.pk}"
