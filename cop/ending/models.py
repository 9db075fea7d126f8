"""What is packed for an organiser to take away, and the move to a new home: who is asked, and what was erased."""

import zlib
from collections.abc import Iterator
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy as _

from cop.lib.encryption import seal, unseal
from members.models import Membership, Network, User


class Parcel(models.Model):
    """One file to take away. Its bytes lie in `ParcelPart`, so that any machine can hand it over."""

    KEPT_FOR = timedelta(days=7)

    class Kind(models.TextChoices):
        ARCHIVE = "archive", _("the public site, as plain files")
        HANDOVER = "handover", _("the hand-over file for the new home")

    class State(models.TextChoices):
        PACKING = "packing", _("is being packed")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be packed")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+", verbose_name=_("network"))
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PACKING)
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("asked for by")
    )
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    files = models.PositiveIntegerField(_("files"), default=0)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)

    class Meta:
        verbose_name = _("file to take away")
        verbose_name_plural = _("files to take away")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["packing", "ready", "failed"]), name="parcel_state")
        ]

    def __str__(self) -> str:
        return f"Parcel {self.pk}"

    @property
    def name(self) -> str:
        """What the file is called on somebody's disk."""
        what = "" if self.kind == self.Kind.ARCHIVE else "-hand-over"
        return f"{self.network.slug}{what}-{self.created_at:%Y-%m-%d}.zip"

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, a part at a time."""
        for part in self.parts.order_by("number").iterator(chunk_size=4):
            yield zlib.decompress(unseal(bytes(part.sealed)))


class ParcelPart(models.Model):
    """A part of a parcel's bytes, sealed."""

    SIZE = 262_144

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "number"], name="one_part_a_place")]

    def __str__(self) -> str:
        return f"Part {self.pk}"

    @classmethod
    def of(cls, parcel: Parcel, number: int, whole: bytes) -> "ParcelPart":
        """A part that holds `whole`, not saved yet."""
        return cls(parcel=parcel, number=number, sealed=seal(zlib.compress(whole, 1)))


class Move(models.Model):
    """That a network goes to a new home: whom its members are asked about, and when this copy is erased."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, related_name="+", verbose_name=_("network"))
    home_name = models.CharField(_("new home"), max_length=200)
    home_link = models.URLField(_("its address"), max_length=500)
    erase_on = models.DateField(_("this copy is erased on"))
    started_at = models.DateTimeField(_("members asked"))
    taken_at = models.DateTimeField(_("hand-over file taken"), null=True, blank=True)

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Hand-over {self.pk}"

    def wording(self) -> str:
        """What somebody who says yes agrees to."""
        return gettext(
            "I agree that %(network)s gives my name, e-mail address, organisation, role and sector to %(home)s, and "
            "that I am asked there whether I become a member."
        ) % {"network": self.network.name, "home": self.home_name}


class Answer(models.Model):
    """What one member says to the move. Until they say yes, nothing of theirs is moved (B99)."""

    move = models.ForeignKey(Move, on_delete=models.CASCADE, related_name="answers")
    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    agrees = models.BooleanField(_("agrees"), null=True)
    wording = models.TextField(_("wording"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("answer to a move")
        verbose_name_plural = _("answers to a move")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class Carried(models.Model):
    """The yes with which somebody came here from another home: which wording, and when they gave it there."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    wording = models.TextField(_("wording"))
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("yes to a move")
        verbose_name_plural = _("yeses to a move")

    def __str__(self) -> str:
        return f"Carried {self.pk}"


class Certificate(models.Model):
    """That a network's old copy was erased: how many rows of which kind, and nothing of what they held."""

    network_name = models.CharField(_("network"), max_length=200)
    home_name = models.CharField(_("new home"), max_length=200)
    erased_on = models.DateField(_("erased on"))
    counts = models.JSONField(_("what was erased"))

    class Meta:
        verbose_name = _("certificate of erasure")
        verbose_name_plural = _("certificates of erasure")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Certificate {self.pk}"
