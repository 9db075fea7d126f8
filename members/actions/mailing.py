"""Sending a letter to some people."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from members.audiences import Recipient
from members.models import Delivery, Mailing, Membership, Network, User
from members.rules.roles import Duty
from members.subscriptions import unwilling
from members.tasks import go_on
from members.writing import goes_at_rest, kind_of, known_letters

__all__ = ["Recipient", "send_letter", "willing", "write_to_organisers"]

CHUNK = 500


@transaction.atomic
def send_letter(
    letter: str,
    recipients: Iterable[Recipient],
    *,
    network: Network | None,
    about_id: int | None = None,
    created_by: User | None = None,
    not_before: datetime | None = None,
) -> Mailing:
    """Have `letter` sent to each recipient once, however often and in whatever capitals their address is given.

    The words are written when the worker sends it. No recipients, no letter: an empty selection is nobody. Nor is there
    one for whoever wants no letters of its kind (B24). Nothing is sent until `not_before`.
    """
    if letter not in known_letters():
        raise LookupError(f"There is no letter called {letter}.")
    mailing = Mailing.objects.create(letter=letter, network=network, about_id=about_id, created_by=created_by)
    everybody, somebody, now = iter(recipients), False, timezone.now()
    # A slice at a time, and the database leaves out who is there already: no list of everybody is ever held.
    while chunk := list(islice(everybody, CHUNK)):
        first = willing(letter, network, {one.email.lower(): one for one in reversed(chunk)})
        deliveries = [
            Delivery(
                mailing=mailing,
                email=one.email,
                name=one.name,
                user=one.user,
                about_id=one.about_id,
                not_before=not_before or now,
            )
            for one in reversed(first.values())
        ]
        Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
        somebody = somebody or bool(deliveries)
    if somebody:
        go_on(mailing.pk, not_before=not_before)
    return mailing


def willing(letter: str, network: Network | None, people: dict[str, Recipient]) -> dict[str, Recipient]:
    """Those of the people, by address, who want this letter; everybody, where it is of no kind. Nobody gets one from
    a network at rest, but what they asked for themselves (B100)."""
    if network is not None and network.is_resting and not goes_at_rest(letter):
        return {}
    kind = kind_of(letter)
    if kind is None:
        return people
    if network is None:
        raise LookupError("People choose the letters of a network, so one of a kind needs a network.")
    without = unwilling(network, kind, people, at=timezone.now())
    return {address: one for address, one in people.items() if address not in without}


def write_to_organisers(letter: str, network: Network, *, about_id: int) -> Mailing:
    """Have `letter` sent to each organiser of the network; what is about a person names nobody (R14)."""
    rows = Membership.objects.active().with_duty(Duty.ORGANISE).filter(network=network).select_related("user")
    recipients = [Recipient(row.user.email, row.user.name, row.user) for row in rows]
    return send_letter(letter, recipients, network=network, about_id=about_id)
