"""Leaving a network."""

from django.db import transaction

from members.actions.subscribing import note_leaving
from members.models import Membership, Network
from members.signals import left


class LastOwner(Exception):
    """A network without an owner would be nobody's."""


@transaction.atomic
def leave(membership: Membership) -> None:
    """End a membership; raises `LastOwner` where nobody else could look after the network."""
    Network.objects.select_for_update().get(pk=membership.network_id)
    membership.refresh_from_db()
    if membership.is_last_owner():
        raise LastOwner
    membership.state, membership.role = Membership.State.LEFT, Membership.Role.MEMBER
    membership.save(update_fields=["state", "role"])
    note_leaving(membership)
    left.send(sender=Membership, membership=membership)
