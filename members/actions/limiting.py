"""How often one may ask: every limit of the site is counted here, in a table that all web processes share."""

import time
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from members.models import Tally


def is_within(act: str, key: str, *, most: int, every: timedelta) -> bool:
    """Count one `act` ("join to") by or to `key`; whether it was among the first `most` of this span of time.

    One row an act, key and span, held while it is counted: however many ask at once, `most` are within. A cache would
    forget counts when it is full, and count two who ask together as one.
    """
    seconds = int(every.total_seconds())
    span = int(time.time()) // seconds
    digest = salted_hmac(act, f"{key} {span}", algorithm="sha256").hexdigest()
    ends_at = datetime.fromtimestamp((span + 1) * seconds, UTC)
    with transaction.atomic():
        tally, _ = Tally.objects.select_for_update().get_or_create(key=digest, defaults={"ends_at": ends_at})
        tally.count += 1
        tally.save(update_fields=["count"])
    return tally.count <= most


def forget_tallies(now: datetime) -> int:
    """Delete the counts of spans that are over; how many there were."""
    return Tally.objects.filter(ends_at__lte=now).delete()[0]
