"""Asking the members whether they move along to a new home, and what they say (B99)."""

from datetime import date, datetime, timedelta

from django.db import transaction

from cop.ending.models import Answer, Move
from cop.ending.parcels import forget_handovers
from members.actions.mailing import Recipient, send_letter
from members.models import Membership, Network, User

SHORTEST_NOTICE = timedelta(days=14)


class MoveRefused(Exception):
    """A network moves once at a time."""


@transaction.atomic
def ask_members(network: Network, *, home_name: str, home_link: str, erase_on: date, by: User, at: datetime) -> Move:
    """Write to everybody on the list, also of a network at rest. Raises `MoveRefused` where they have been asked."""
    Network.objects.select_for_update().get(pk=network.pk)
    if Move.objects.filter(network=network).exists():
        raise MoveRefused
    move = Move.objects.create(
        network=network, home_name=home_name, home_link=home_link, erase_on=erase_on, started_at=at
    )
    members = Membership.objects.on_list().filter(network=network).select_related("user").order_by("pk")
    answers = Answer.objects.bulk_create([Answer(move=move, membership=one) for one in members])
    recipients = [
        Recipient(one.membership.user.email, one.membership.user.name, one.membership.user, one.pk) for one in answers
    ]
    send_letter("moving", recipients, network=network, about_id=move.pk, created_by=by)
    return move


@transaction.atomic
def answer(given: Answer, *, agrees: bool, at: datetime) -> Answer:
    """Keep a yes with its wording, or a no. It can be changed for as long as there is this copy.

    A file packed before does not hold this answer: it goes, and having taken it no longer lets this copy be erased.
    """
    # The move before its answers, as erasing holds them.
    move = Move.objects.select_for_update(of=("self",)).select_related("network").get(pk=given.move_id)
    held = Answer.objects.select_for_update().get(pk=given.pk)
    held.agrees, held.answered_at = agrees, at
    held.wording = move.wording() if agrees else ""
    held.save(update_fields=["agrees", "answered_at", "wording"])
    move.taken_at = None
    move.save(update_fields=["taken_at"])
    forget_handovers([move.network_id])
    return held


@transaction.atomic
def call_off(move: Move) -> None:
    """Nobody is moved and nothing is erased; what members have said is forgotten, with the file that holds it."""
    network_id = move.network_id
    move.delete()
    forget_handovers([network_id])
