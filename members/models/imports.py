"""Bringing people in from a list: the batch, its files while they are needed, and whom it brought."""

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import seal, unseal
from members.models.networks import Membership, Network
from members.models.people import User


class Batch(models.Model):
    """One import. `files` says of each file its kind and columns; `counts` how many of each outcome, and holds no name.

    The files themselves, and the rows read from them, lie sealed in `Piece` and `Slice`; each goes as soon as it has
    been dealt with, and all of it a week after the upload.
    """

    KEPT_FOR = timedelta(days=7)

    class State(models.TextChoices):
        COLUMNS = "columns", _("waits for its columns to be named")
        READING = "reading", _("is being read")
        READ = "read", _("waits for your word")
        BRINGING = "bringing", _("people are being brought in")
        DONE = "done", _("done")
        UNDOING = "undoing", _("is being undone")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("not brought in")
        REFUSED = "refused", _("could not be read")

    WORKING = (State.READING, State.BRINGING, State.UNDOING)

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="batches", verbose_name=_("network"))
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("brought by")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    is_mailchimps = models.BooleanField(default=False)
    files = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    bad = models.JSONField(default=list)
    bad_count = models.PositiveIntegerField(_("bad rows"), default=0)
    total = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("rows dealt with"), default=0)
    turn = models.CharField(max_length=22, blank=True)
    cursor = models.BigIntegerField(default=0)
    starts = models.PositiveSmallIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(_("told"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "columns",
                        "reading",
                        "read",
                        "bringing",
                        "done",
                        "undoing",
                        "undone",
                        "discarded",
                        "refused",
                    ]
                ),
                name="batch_state",
            )
        ]

    def __str__(self) -> str:
        return f"Import {self.pk}"

    @property
    def is_working(self) -> bool:
        return self.state in self.WORKING

    def chunks(self, part: int) -> Iterator[bytes]:
        """A file's bytes, a piece at a time."""
        for piece in self.pieces.filter(part=part).order_by("number").iterator(chunk_size=4):
            yield zlib.decompress(unseal(bytes(piece.sealed)))

    def forget_files(self) -> None:
        """Delete what was uploaded and what was read from it."""
        self.pieces.all().delete()
        self.slices.all().delete()


class Piece(models.Model):
    """A part of an uploaded file, sealed."""

    SIZE = 262_144

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="pieces")
    part = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "part", "number"], name="one_piece_a_place")]

    def __str__(self) -> str:
        return f"Piece {self.pk}"

    @classmethod
    def of(cls, batch: Batch, part: int, number: int, whole: bytes) -> "Piece":
        """A piece that holds `whole`, not saved yet."""
        return cls(batch=batch, part=part, number=number, sealed=seal(zlib.compress(whole, 1)))


class Slice(models.Model):
    """Rows of a list that were read and wait to be brought in, sealed. It goes in the transaction that brings them."""

    SIZE = 1_000

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="slices")
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_slice_a_place")]

    def __str__(self) -> str:
        return f"Slice {self.pk}"

    @classmethod
    def of(cls, batch: Batch, number: int, rows: Sequence[Sequence[str | int]]) -> "Slice":
        """A slice that holds `rows`, not saved yet."""
        return cls(batch=batch, number=number, sealed=seal(zlib.compress(json.dumps(rows).encode(), 1)))

    def rows(self) -> list[list[str]]:
        rows: list[list[str]] = json.loads(zlib.decompress(unseal(bytes(self.sealed))))
        return rows


class Brought(models.Model):
    """That a membership was made by a batch, and whether their account was."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="brought")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="brought")
    made_account = models.BooleanField(_("the account was made for it"))

    class Meta:
        verbose_name = _("membership that came from a list")
        verbose_name_plural = _("memberships that came from a list")

    def __str__(self) -> str:
        return f"Brought {self.pk}"
