"""Recording who did what in a network (B80), in the transaction of whatever was done."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Model
from django.utils.translation import override

from members.models import Act, Network, User

KEEP_ACTS = timedelta(days=2 * 365)
Values = Mapping[str, tuple[str, str]]


def record_act(
    row: Model, *, by: User, kind: Act.Kind = Act.Kind.CHANGED, words: str = "", values: Values | None = None
) -> Act | None:
    """Remember that `by` did something to a row; none of a row that belongs to no network, such as an account.

    `words` name nobody and nothing that was written (R15); `values` is what a field was and is, by the field's name.
    """
    network = network_of(row)
    if network is None:
        return None
    with override("en-gb"):
        about = str(row._meta.verbose_name)
    return Act.objects.create(
        network_id=network,
        user=by,
        kind=kind,
        about=about,
        number=row.pk,
        words=words,
        values={name: list(steps) for name, steps in (values or {}).items()},
    )


def network_of(row: Model) -> int | None:
    """The id of the network that a row belongs to: it is one, it has one, or its meeting has."""
    if isinstance(row, Network):
        return row.pk
    found: int | None = getattr(row, "network_id", None) or getattr(getattr(row, "meeting", None), "network_id", None)
    return found


def forget_acts(now: datetime) -> int:
    """Delete what was recorded too long ago; how many rows."""
    return Act.objects.filter(at__lt=now - KEEP_ACTS).delete()[0]
