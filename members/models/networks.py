"""Networks, and what people are to them."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop.lib.http import refuse_reserved
from cop.lib.timezones import refuse_unknown_time_zone
from members.formats.looks import SANS, Look
from members.models.people import User
from members.rules import roles
from members.rules.roles import Duty, roles_with

COLOUR = RegexValidator(r"^#[0-9a-f]{6}\Z")
GROUND_RULES = _(
    "This network meets under the Chatham House Rule: you are free to use what you hear, but not to reveal who said "
    "it, where they work, or that they were there. Nothing is attributed unless the person it comes from wants it to "
    "be, and anything confidential is left out altogether."
)


class NetworkQuerySet(models.QuerySet["Network"]):
    def public(self) -> "NetworkQuerySet":
        return self.filter(is_public=True)

    def open_to(self, user: User, duty: Duty) -> "NetworkQuerySet":
        """Networks in which `user` has this duty; all of them, for a site's owner."""
        if user.is_superuser:
            return self
        return self.filter(pk__in=Membership.objects.active().with_duty(duty).filter(user=user).values("network"))


class Network(models.Model):
    """A community of practice. Everything else belongs to exactly one."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), unique=True, validators=[refuse_reserved])
    tagline = models.CharField(_("who we are, in a sentence"), max_length=300, blank=True)
    description = models.TextField(_("about the network"), blank=True, help_text=_("Markdown."))
    ground_rules = models.TextField(_("ground rules"), default=GROUND_RULES)
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="Europe/London", validators=[refuse_unknown_time_zone]
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("Of meetings, notes and letters. Whoever wants pages and letters in the other chooses it."),
    )
    contact = models.EmailField(
        _("address for questions about data"), blank=True, help_text=_("Shown to everybody, in the privacy notice.")
    )
    is_public = models.BooleanField(_("listed on the front page"), default=True)
    needs_approval = models.BooleanField(_("new members wait for an organiser's approval"), default=False)
    sector_minimum = models.PositiveSmallIntegerField(
        _("smallest number of people a sector may stand for"),
        default=3,
        validators=[MinValueValidator(2)],
        help_text=_("A point is attributed to a sector only if at least this many people of it attended, unnamed."),
    )
    consent_days = models.PositiveSmallIntegerField(
        _("days contributors have to choose"), default=7, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days after circulation until drafts are forgotten"), default=30, validators=[MaxValueValidator(365)]
    )
    needs_second_reviewer = models.BooleanField(
        _("notes go out only when a second person has approved them"),
        default=False,
        help_text=_("Somebody else than who made the edition: another organiser, or a note-taker."),
    )
    records_joining = models.BooleanField(
        _("keep who presses “Join the call” as having come"),
        default=False,
        help_text=_(
            "For those who run the network only. Otherwise only those came whom you mark by hand or bring in from a "
            "report. Sectors stand in notes, and guests read them, only where it is known who came."
        ),
    )
    guests_may_read = models.BooleanField(
        _("guests who attended may read the notes"),
        default=False,
        help_text=_("By their personal link, and the notes of the meeting they attended only."),
    )
    publishes_write_ups = models.BooleanField(
        _("publishes write-ups that everybody may read"),
        default=False,
        help_text=_("Made only of points whose contributors agreed to that."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Written by members.actions.looking only, which refuses what cannot be read.
    accent = models.CharField(_("colour"), max_length=7, blank=True, editable=False, validators=[COLOUR])
    accent_in_dark = models.CharField(
        _("colour on dark"), max_length=7, blank=True, editable=False, validators=[COLOUR]
    )
    headings = models.CharField(
        _("type of headings"), max_length=5, blank=True, editable=False, choices=[("", _("serif")), (SANS, _("sans"))]
    )
    logo_digest = models.CharField(max_length=16, blank=True, editable=False)
    logo_width = models.PositiveSmallIntegerField(default=0, editable=False)
    logo_height = models.PositiveSmallIntegerField(default=0, editable=False)
    # Written by members.actions.resting only.
    rested_at = models.DateTimeField(_("put to rest"), null=True, blank=True, editable=False)
    rest_sentence = models.CharField(_("where to go on, in a sentence"), max_length=300, blank=True, editable=False)
    rest_link = models.URLField(_("link to the new place"), max_length=500, blank=True, editable=False)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(sector_minimum__gte=2), name="a_sector_stands_for_two_or_more"),
            models.CheckConstraint(condition=~Q(slug=""), name="network_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("network", args=[self.slug])

    @property
    def today(self) -> date:
        """The day it is where the network is."""
        return timezone.localdate(timezone=ZoneInfo(self.time_zone))

    @property
    def look(self) -> Look:
        return Look(self.accent, self.accent_in_dark, self.headings)

    @property
    def is_resting(self) -> bool:
        """Whether it was put to rest: there to read, with nothing to join, to register for, or to ask (B100)."""
        return self.rested_at is not None


class MembershipQuerySet(models.QuerySet["Membership"]):
    def standing(self) -> "MembershipQuerySet":
        """Not ended: they are in, or wait to be; by the network's name."""
        return self.exclude(state=Membership.State.LEFT).select_related("network").order_by("network__name")

    def active(self) -> "MembershipQuerySet":
        """Members of good standing who may sign in; only they read notes."""
        return self.filter(state=Membership.State.ACTIVE, user__is_active=True)

    def on_list(self) -> "MembershipQuerySet":
        """Whom letters to the members go to: the active ones, and those who were brought over and have been told so.

        The latter have not agreed to the ground rules: a letter says that there is something to read, and what there
        is they read once they have.
        """
        told = Q(state=Membership.State.BROUGHT, brought__batch__told_at__isnull=False)
        return self.filter(Q(state=Membership.State.ACTIVE) | told, user__is_active=True)

    def with_duty(self, duty: Duty) -> "MembershipQuerySet":
        """In a role that has this duty, by the one table of `members.rules.roles`; in whatever state."""
        return self.filter(role__in=roles_with(duty))


class Membership(models.Model):
    """What one person is to one network: one row each, whatever happens between them."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting for approval")
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        LEFT = "left", _("left")
        BROUGHT = "brought", _("brought over")

    class Role(models.TextChoices):
        MEMBER = roles.Role.MEMBER.value, _("member")
        VIEWER = roles.Role.VIEWER.value, _("viewer")
        SPEAKER_WRANGLER = roles.Role.SPEAKER_WRANGLER.value, _("speaker-wrangler")
        NOTE_TAKER = roles.Role.NOTE_TAKER.value, _("note-taker")
        ORGANISER = roles.Role.ORGANISER.value, _("organiser")
        OWNER = roles.Role.OWNER.value, _("owner")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)
    # A pause of letters, not of being a member: they still read notes and come to meetings.
    letters_resume_on = models.DateField(_("no letters until"), null=True, blank=True)
    is_listed = models.BooleanField(_("members may see that they are one"), default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "user"], name="one_membership_a_person_and_network"),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "active", "paused", "left", "brought"]), name="membership_state"
            ),
            models.CheckConstraint(condition=Q(role__in=[one.value for one in roles.Role]), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.network})"

    def is_last_owner(self) -> bool:
        """Whether the network would have no owner without this one."""
        owners = Membership.objects.active().with_duty(Duty.OWN).filter(network=self.network_id)
        return set(owners.values_list("pk", flat=True)) == {self.pk}
