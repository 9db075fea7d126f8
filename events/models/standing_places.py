"""Places at every meeting of a series, asked for once (B30)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from events.models.registrations import Registration
from events.models.series import Series
from members.models import Membership, Sector, User


class StandingPlaceQuerySet(models.QuerySet["StandingPlace"]):
    def of(self, registration: Registration) -> "StandingPlaceQuerySet":
        """That of whoever this registration is of, in the meeting's series."""
        own = Q(user=registration.user_id) if registration.user_id else Q(guest_email__iexact=registration.guest_email)
        return self.filter(own, series=registration.meeting.series_id)

    def able(self) -> "StandingPlaceQuerySet":
        """Of people who can come: nobody who has left the network, nor whose account is closed; first come first."""
        left = Membership.objects.filter(state=Membership.State.LEFT, network=models.OuterRef("series__network"))
        gone = models.Exists(left.filter(user=models.OuterRef("user")))
        able = Q(user=None) | (Q(user__is_active=True) & ~gone)
        return self.filter(able).order_by("asked_at", "pk")


class StandingPlace(models.Model):
    """Somebody's word that they come to every meeting of a series; each is a registration of its own once announced.

    A member's row points to the account, which says who they are; a guest's says so itself, in their own words.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="standing_places")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    guest_email = models.EmailField(_("guest's e-mail address"), blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    job_title = models.CharField(_("role"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)

    objects = StandingPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing place")
        verbose_name_plural = _("standing places")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "user"], condition=Q(user__isnull=False), name="one_standing_place_a_member"
            ),
            models.UniqueConstraint(
                "series", Lower("guest_email"), condition=~Q(guest_email=""), name="one_standing_place_a_guest"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, guest_email="") | (Q(user__isnull=True) & ~Q(guest_email="")),
                name="standing_place_is_of_a_member_or_a_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"Standing place {self.pk}"

    @property
    def email(self) -> str:
        return self.user.email if self.user else self.guest_email
