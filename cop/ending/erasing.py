"""Erasing the old copy of a network that has moved, on its day, with a certificate that holds counts (B99)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cop.ending.models import Answer, Certificate, Move
from events.models import Meeting, Registration, Speaker
from members.actions.erasing import erase
from members.models import Membership, Network, User
from members.tasks import let_go_of_space
from notes.models.editions import Edition


def erase_due(now: datetime) -> int:
    """Erase the copies whose day has come and whose hand-over file has been taken along; how many."""
    waiting = Move.objects.filter(taken_at__isnull=False, erase_on__lte=now.date()).select_related("network")
    due = [move for move in waiting if move.network.today >= move.erase_on]
    return sum(_erase(move.pk, now) is not None for move in due)


@transaction.atomic
def _erase(move_id: int, now: datetime) -> Certificate | None:
    """Delete the network with everything in it, and the accounts that were of no other; another worker may be first."""
    move = Move.objects.select_for_update(of=("self",)).select_related("network").filter(pk=move_id).first()
    if move is None:
        return None
    network = move.network
    people = list(User.objects.filter(memberships__network=network).distinct())
    certificate = Certificate.objects.create(
        network_name=network.name, home_name=move.home_name, erased_on=network.today, counts=_counts(network)
    )
    network.delete()
    for user in people:
        if not user.is_superuser and not _is_known_elsewhere(user):
            erase(user.email, at=now)
    let_go_of_space.enqueue()
    return certificate


def _is_known_elsewhere(user: User) -> bool:
    """Whether somebody belongs to a network that is left, comes to its meetings or speaks there."""
    speaks = Speaker.objects.filter(Q(user=user) | Q(email__iexact=user.email))
    return user.memberships.exists() or Registration.objects.of(user).exists() or speaks.exists()


def _counts(network: Network) -> dict[str, int]:
    """How many rows of each kind there are. Of drafts nothing is counted (decision 13): that none is left is all."""
    memberships = Membership.objects.filter(network=network)
    return {
        "meetings": Meeting.objects.of(network).count(),
        "registrations": Registration.objects.filter(meeting__network=network).count(),
        "editions": Edition.objects.circulated().filter(meeting__network=network).count(),
        "memberships": memberships.count(),
        "moved": Answer.objects.filter(move__network=network, agrees=True).count(),
    }
