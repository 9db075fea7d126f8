"""Who speaks at a meeting, and what each wants seen."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from events.models.meetings import AgendaItem
from events.rules import visibility
from members.models import User

WEB_ADDRESS = URLValidator(schemes=["http", "https"])


def new_link_key() -> str:
    return get_random_string(16)


class SeenBy(models.TextChoices):
    """Who may see something of a speaker's."""

    PUBLIC = visibility.EVERYBODY, _("everyone")
    MEMBERS = visibility.MEMBERS, _("members of the network")
    NOBODY = visibility.NOBODY, _("nobody")
    UNSAID = "", _("not said yet: nobody")


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def named_to(self, *, is_member: bool) -> "SpeakerQuerySet":
        """Those whose name this reader may see. Whatever shows speakers to anybody asks this (B44)."""
        return self.filter(name_seen_by__in=visibility.open_to(is_member=is_member))

    def unnamed_to(self, *, is_member: bool) -> "SpeakerQuerySet":
        """Those whose name no text may give away to this reader either."""
        return self.exclude(name_seen_by__in=visibility.open_to(is_member=is_member))


class Speaker(models.Model):
    """Somebody presenting, as they were that day: role and organisation belong to the appearance, not the person.

    What may be seen of them is their own choice, and nothing until they have made it (docs/decisions/0039).
    """

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="speakers")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=300, blank=True)
    organisation = models.CharField(_("organisation"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    link = models.CharField(_("link"), max_length=500, blank=True, validators=[WEB_ADDRESS])
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    biography = models.TextField(_("about the speaker"), blank=True)
    name_seen_by = models.CharField(_("name seen by"), max_length=10, choices=SeenBy, default=SeenBy.UNSAID, blank=True)
    slides_seen_by = models.CharField(
        _("slides seen by"), max_length=10, choices=SeenBy, default=SeenBy.UNSAID, blank=True
    )
    recording_seen_by = models.CharField(
        _("recording seen by"), max_length=10, choices=SeenBy, default=SeenBy.UNSAID, blank=True
    )

    said_at = models.DateTimeField(_("has said so"), null=True, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True, editable=False)
    thanked_at = models.DateTimeField(_("thanked"), null=True, blank=True, editable=False)
    # What personal links are made for: with another key, those that are out lead nowhere.
    link_key = models.CharField(max_length=32, default=new_link_key, editable=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(name_seen_by__in=SeenBy.values)
                & Q(slides_seen_by__in=SeenBy.values)
                & Q(recording_seen_by__in=SeenBy.values),
                name="speaker_seen_by",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where we write to them; empty where nobody knows."""
        return self.email or (self.user.email if self.user else "")
