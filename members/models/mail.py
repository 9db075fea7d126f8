"""Mail: a mailing is a letter to some people, a delivery is that letter to one of them."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.networks import Network
from members.models.people import User


class Mailing(models.Model):
    """One letter to one or many people. It holds no words of it: the letter is written when it is sent.

    `letter` names a function in some app's `letters.py`; `about_id` is the id of what that letter is about
    (a meeting, an edition), which only that function knows how to read.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="mailings", null=True, blank=True)
    letter = models.CharField(_("letter"), max_length=60)
    about_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)

    class Meta:
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.letter} {self.pk}"


class Postbag(models.Model):
    """Letters that a worker has taken to the mail server, and how far it has come with them.

    `through` is the last of them that is over, and is written down before the next is begun: a worker that is killed
    leaves one letter in doubt, never two. A bag that nobody has written in for as long as `LEASE` is taken back.
    """

    LEASE = timedelta(minutes=5)

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="+")
    through = models.BigIntegerField(default=0)
    renewed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Postbag {self.pk}"


class Turn(models.Model):
    """That letters of one `line` about something are in this bag: no other of them goes before the bag is empty.

    A letter says what is true as it is written. So letters that must not overtake one another, such as those which
    carry the same calendar entry, go one after the other; there is a row only while one is on its way.
    """

    line = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    postbag = models.ForeignKey(Postbag, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "about_id"], name="one_bag_at_a_time")]

    def __str__(self) -> str:
        return f"Turn {self.pk}"


class Pace(models.Model):
    """From when the line to a mail provider is free, where it permits so many letters in so much time."""

    provider = models.CharField(max_length=255, primary_key=True)
    free_from = models.DateTimeField()

    def __str__(self) -> str:
        return "Pace"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime) -> "DeliveryQuerySet":
        """Letters to send now: they wait, and their time has come."""
        return self.filter(state=Delivery.State.WAITING, not_before__lte=at)

    def in_hand(self) -> "DeliveryQuerySet":
        """Letters that a worker has taken, and of which nothing else is written down yet."""
        return self.filter(state=Delivery.State.SENDING)


class Delivery(models.Model):
    """One letter to one recipient. The row is the truth: a letter is put into a worker's bag before it is sent."""

    MOST_TRIES = 6

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        UNWANTED = "unwanted", _("not wanted any more")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField(_("to"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    message_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    postbag = models.ForeignKey(
        Postbag, on_delete=models.SET_NULL, null=True, blank=True, related_name="deliveries", editable=False
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("mailing", Lower("email"), name="one_delivery_a_mailing_and_address"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sending", "sent", "failed", "unwanted"]), name="delivery_state"
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_has_a_time"),
        ]
        indexes = [models.Index(fields=["state", "mailing", "not_before", "id"], name="delivery_due")]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"
