"""What is packed for an organiser to take away: it lies here, sealed, until it is fetched or a week is over."""

import zlib
from collections.abc import Iterator
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import seal, unseal
from members.models import Network, User


class Parcel(models.Model):
    """One file to take away. Its bytes lie in `ParcelPart`, so that any machine can hand it over."""

    KEPT_FOR = timedelta(days=7)

    class Kind(models.TextChoices):
        ARCHIVE = "archive", _("the public site, as plain files")

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
        return f"{self.network.slug}-{self.created_at:%Y-%m-%d}.zip"

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
