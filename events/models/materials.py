"""What remains of a meeting: recordings, slides, links."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from events.models.meetings import AgendaItem, Meeting
from events.models.speakers import WEB_ADDRESS, Speaker
from events.rules import visibility


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, *, is_member: bool) -> "MaterialQuerySet":
        """What this reader may see: as far as the organisers show it, and as every speaker in it has chosen (B45).

        `events.rules.visibility.narrowest` says the same of one material.
        """
        seen = visibility.open_to(is_member=is_member)
        refused = _refused(Material.Kind.RECORDING, "recording_seen_by", seen)
        return self.filter(visibility__in=seen).exclude(
            refused | _refused(Material.Kind.SLIDES, "slides_seen_by", seen)
        )

    def told_apart(self) -> "MaterialQuerySet":
        """Each with `is_for_members`: whether strangers may not see it."""
        public = Material.objects.visible_to(is_member=False).filter(pk=OuterRef("pk"))
        return self.annotate(is_for_members=~Exists(public))


def _refused(kind: str, choice: str, seen: tuple[str, ...]) -> Q:
    """Materials of a kind to which a speaker has not said yes: whoever brought it, or one of its talk.

    Where it is of no talk, that is any of the meeting.
    """
    unwilling = Speaker.objects.exclude(**{f"{choice}__in": seen})
    of_talk = Exists(unwilling.filter(agenda_item=OuterRef("agenda_item")))
    of_meeting = Exists(unwilling.filter(agenda_item__meeting=OuterRef("meeting")))
    of_bringer = Exists(unwilling.filter(pk=OuterRef("speaker")))
    return Q(kind=kind) & (Q(of_talk) | Q(of_bringer) | Q(agenda_item=None) & Q(of_meeting))


class Material(models.Model):
    """A recording, slides or a link that belongs to a meeting.

    Who sees it is the narrowest of what the organisers set (`visibility`: nobody, at first) and what each speaker in it
    has chosen.
    """

    class Kind(models.TextChoices):
        RECORDING = "recording", _("recording")
        SLIDES = "slides", _("slides")
        NOTES = "notes", _("notes")
        LINK = "link", _("link")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("everyone")
        MEMBERS = "members", _("members")
        NOBODY = "nobody", _("nobody")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="materials")
    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="materials", verbose_name=_("talk")
    )
    speaker = models.ForeignKey(
        Speaker, on_delete=models.SET_NULL, null=True, blank=True, related_name="brought", editable=False
    )
    upload = models.OneToOneField(
        "events.Upload", on_delete=models.CASCADE, null=True, blank=True, related_name="+", editable=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("address"), max_length=1000, validators=[WEB_ADDRESS])
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    visibility = models.CharField(
        _("seen by"),
        max_length=10,
        choices=Visibility,
        default=Visibility.NOBODY,
        help_text=_("At most. Recordings and slides are never seen by more people than each speaker has chosen."),
    )

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "url"], name="one_material_an_address"),
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "members", "nobody"]), name="material_visibility"
            ),
        ]

    def __str__(self) -> str:
        return self.title
