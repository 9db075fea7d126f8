"""Having something packed, and forgetting it again."""

from collections.abc import Callable, Collection
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction
from django_tasks import task

from cop.ending.handing_over import write_handover
from cop.ending.models import Parcel, ParcelPart
from cop.ending.packing import write_zip
from members.models import Network, User

# Writes what is packed into a file, and answers how many files are in it.
Packer = Callable[[Network, IO[bytes]], int]
PACKERS: dict[str, Packer] = {Parcel.Kind.ARCHIVE: write_zip, Parcel.Kind.HANDOVER: write_handover}


@transaction.atomic
def ask_for(network: Network, kind: Parcel.Kind, *, by: User) -> Parcel:
    """Have it packed by the worker."""
    parcel = Parcel.objects.create(network=network, kind=kind, created_by=by)
    pack.enqueue(parcel.pk)
    return parcel


@task
def pack(parcel_id: int) -> None:
    """Pack what was asked for. Done twice, the second changes nothing."""
    parcel = Parcel.objects.select_related("network").filter(pk=parcel_id, state=Parcel.State.PACKING).first()
    if parcel is None:
        return
    try:
        with TemporaryFile() as file:
            parcel.files = PACKERS[parcel.kind](parcel.network, file)
            parcel.size = file.tell()
            file.seek(0)
            _keep(parcel, file)
    except Exception:
        Parcel.objects.filter(pk=parcel_id, state=Parcel.State.PACKING).update(state=Parcel.State.FAILED)
        raise


def forget_parcels(now: datetime) -> int:
    """Delete what was packed a week ago; how many."""
    old = Parcel.objects.filter(created_at__lt=now - Parcel.KEPT_FOR)
    count = old.count()
    old.delete()
    return count


@transaction.atomic
def forget_handovers(network_ids: Collection[int]) -> None:
    """Delete the hand-over files of these networks, also those being packed: what they hold is no longer so."""
    kept = Parcel.objects.filter(network__in=network_ids, kind=Parcel.Kind.HANDOVER)
    # Held first, so that one that is being packed now gets no parts while it goes.
    held = list(kept.select_for_update().order_by("pk").values_list("pk", flat=True))
    Parcel.objects.filter(pk__in=held).delete()


@transaction.atomic
def _keep(parcel: Parcel, file: IO[bytes]) -> None:
    held = Parcel.objects.select_for_update().filter(pk=parcel.pk, state=Parcel.State.PACKING).first()
    if held is None:
        return
    number = 0
    while chunk := file.read(ParcelPart.SIZE):
        ParcelPart.of(parcel, number, chunk).save()
        number += 1
    parcel.state = Parcel.State.READY
    parcel.save(update_fields=["state", "files", "size"])
