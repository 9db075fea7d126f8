"""Who said they would come, and who did."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from events.models.meetings import Meeting
from members.models import Sector, User
from members.models.people import known_forms


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def standing(self) -> "RegistrationQuerySet":
        """Everybody who has not withdrawn: with a place, waiting for one, or having been there."""
        return self.exclude(state=Registration.State.CANCELLED)

    def not_coming(self) -> "RegistrationQuerySet":
        """Who has said that they cannot come, or gave their place back."""
        return self.filter(state=Registration.State.CANCELLED)

    def with_place(self) -> "RegistrationQuerySet":
        return self.filter(state__in=HAVE_A_PLACE)

    def confirmed(self) -> "RegistrationQuerySet":
        return self.filter(confirmed=True)

    def of(self, user: User) -> "RegistrationQuerySet":
        """The rows of somebody's account, then those made by the form with their address."""
        whose = Q(user=user) | Q(user=None, guest_email__iexact=user.email)
        return self.filter(whose).order_by(F("user").desc(nulls_last=True))

    def waiting(self) -> "RegistrationQuerySet":
        return self.filter(state=Registration.State.WAITING).order_by("queued_at", "pk")


class Registration(models.Model):
    """One person's place at one meeting; name and affiliation are those of that day.

    A member's row points to the account and takes the address from there; a guest's holds an address of its own.
    Until it is `confirmed`, what it says was typed by anybody: forms of name to look for, and nobody's own word.
    """

    class State(models.TextChoices):
        REGISTERED = "registered", _("registered")
        WAITING = "waiting", _("on the waiting list")
        CANCELLED = "cancelled", _("not coming")
        ATTENDED = "attended", _("attended")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="registrations")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    guest_email = models.EmailField(_("guest's e-mail address"), blank=True)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    job_title = models.CharField(_("role"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    also_known_as = models.TextField(_("also known as"), blank=True)
    confirmed = models.BooleanField(
        _("in their own words"),
        default=False,
        help_text=_("Said by the person: signed in, or by the link that only their mailbox has."),
    )
    typed_before = models.TextField(blank=True, editable=False)
    # Whoever could say they are from anywhere, and then see whether that points to one person, could ask who came.
    organisation_is_new = models.BooleanField(default=False, editable=False)
    do_not_note = models.BooleanField(_("do not note my comments"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REGISTERED)
    queued_at = models.DateTimeField(_("asked"), auto_now_add=True)
    calendar_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(user__isnull=False), name="one_place_a_member"
            ),
            models.UniqueConstraint(
                "meeting", Lower("guest_email"), condition=~Q(guest_email=""), name="one_place_a_guest"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, guest_email="") | (Q(user__isnull=True) & ~Q(guest_email="")),
                name="registration_is_of_a_member_or_a_guest",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["registered", "waiting", "cancelled", "attended"]), name="registration_state"
            ),
        ]

    def __str__(self) -> str:
        return f"Registration {self.pk}"

    @property
    def is_guest_who_came(self) -> bool:
        """Whether somebody without an account was there, and has said themselves that this is them."""
        return self.user_id is None and self.confirmed and self.state == Registration.State.ATTENDED

    @property
    def email(self) -> str:
        return self.user.email if self.user else self.guest_email

    @property
    def aliases(self) -> tuple[str, ...]:
        lines = self.also_known_as.splitlines() + list(self.user.aliases if self.user else ())
        return known_forms(lines) + self.earlier_forms

    @property
    def earlier_forms(self) -> tuple[str, ...]:
        """Names and organisations that the form gave this address before: perhaps theirs, so looked for as well."""
        return known_forms(self.typed_before.splitlines())


# Who comes, or was there.
HAVE_A_PLACE = frozenset({Registration.State.REGISTERED, Registration.State.ATTENDED})
