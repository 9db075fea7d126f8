"""While a site is set up: whether a worker is there."""

from datetime import datetime

from django.dispatch import receiver

from cop.starting.models import SetUp
from members.signals import ticked


@receiver(ticked)
def note_that_there_is_a_worker(now: datetime, **kwargs: object) -> None:
    SetUp.objects.filter(finished_at=None).update(worker_seen_at=now)
