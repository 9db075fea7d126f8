"""Who does not want which letters. Asked when a letter is made, and again when it is sent."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.db.models.functions import Lower

from members.mailboxes import left_alone
from members.models import Kind, Membership, Network, Refusal

# Neither engine takes any number of words in one question.
AT_ONCE = 500


def unwilling(network: Network, kind: Kind, addresses: Iterable[str], *, at: datetime) -> set[str]:
    """Which of these addresses (in lower case) want no letters of this `kind` from the network at this time.

    They have refused them, have paused all letters, or have left; or letters to them come back. Whoever is no member
    has said so only by refusing.
    """
    every = sorted(addresses)
    some = (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
    return {found for batch in some for found in _unwilling(network, kind, batch, at)}


def _unwilling(network: Network, kind: Kind, addresses: Sequence[str], at: datetime) -> Iterator[str]:
    yield from left_alone(addresses)
    refusals = Refusal.objects.filter(network=network, kind=kind)
    yield from refusals.filter(guest_email__in=addresses).values_list("guest_email", flat=True)
    known = refusals.annotate(address=Lower("user__email")).filter(address__in=addresses)
    yield from known.values_list("address", flat=True)
    today = at.astimezone(ZoneInfo(network.time_zone)).date()
    silent = Q(state=Membership.State.LEFT) | Q(letters_resume_on__gt=today)
    members = Membership.objects.filter(silent, network=network).annotate(address=Lower("user__email"))
    yield from members.filter(address__in=addresses).values_list("address", flat=True)
