"""Whose turn it is: a batch moves on under a lock, by the worker that began it last."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from members.models import Batch

# A task that takes longer gives way: sign-in codes wait behind it.
SECONDS_A_TURN = 5.0


class NotMine(Exception):
    """Another worker has taken over, or the batch is in another state by now."""


def take_turn(batch_id: int, state: str) -> Batch:
    """The batch, from now on moved by whoever asked; raises `NotMine` where it is not in `state`."""
    with transaction.atomic():
        batch = _locked(batch_id)
        if batch is None or batch.state != state:
            raise NotMine
        batch.turn, batch.moved_at = get_random_string(22), timezone.now()
        batch.save(update_fields=["turn", "moved_at"])
    return batch


@contextmanager
def step(mine: Batch) -> Iterator[Batch]:
    """A transaction in which the batch is locked and still in the state and of the turn of `mine`; else `NotMine`.

    What is changed in the batch is saved with the rest, or not at all.
    """
    with transaction.atomic():
        batch = _locked(mine.pk)
        if batch is None or (batch.turn, batch.state) != (mine.turn, mine.state):
            raise NotMine
        batch.moved_at, batch.starts = timezone.now(), 0
        yield batch
        batch.save()


def add(batch: Batch, counts: Mapping[str, int]) -> None:
    """Count more outcomes into a batch."""
    for name, count in counts.items():
        batch.counts[name] = batch.counts.get(name, 0) + count


def _locked(batch_id: int) -> Batch | None:
    return Batch.objects.select_for_update(of=("self",)).filter(pk=batch_id).select_related("network").first()
