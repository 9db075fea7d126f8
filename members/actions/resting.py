"""Putting a network to rest after its last meeting, and waking it again (B100, docs/decisions/0043).

Nobody can join, register or ask any more, and no letters go out. What was public stays so, and members read the notes.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from members.models import Batch, Delivery, Membership, Network
from members.signals import asking_for_rest
from members.writing import goes_at_rest

JOINING_IS_CLOSED = gettext_lazy("This network is at rest, so nobody can join it any more.")


class RestRefused(Exception):
    """A sentence for the organiser: what has to be decided before."""


class NetworkIsResting(Exception):
    """Nobody becomes a member of a network at rest; the text says so, to people."""

    def __init__(self) -> None:
        super().__init__(str(JOINING_IS_CLOSED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What would happen: what stands in the way, and what is done, each in a sentence."""

    in_the_way: list[str]
    lines: list[str]


def outlook(network: Network, *, at: datetime) -> Outlook:
    """What an organiser reads before putting a network to rest."""
    return Outlook(in_the_way=_in_the_way(network, at), lines=_consequences(network))


@transaction.atomic
def put_to_rest(network: Network, *, sentence: str, link: str, at: datetime) -> None:
    """Close what can be joined or asked, and stop letters. Pressed again, only sentence and link are replaced.

    Raises `RestRefused` while something is to be decided before. `network` is brought up to date.
    """
    held = Network.objects.select_for_update().get(pk=network.pk)
    if not held.is_resting and (open_matters := _in_the_way(held, at)):
        raise RestRefused(" ".join(open_matters))
    held.rested_at = held.rested_at or at
    held.rest_sentence, held.rest_link = sentence, link
    held.save(update_fields=["rested_at", "rest_sentence", "rest_link"])
    for letter in _waiting_letters(held):
        waiting = Delivery.objects.filter(mailing__network=held, mailing__letter=letter, state=Delivery.State.WAITING)
        waiting.update(state=Delivery.State.UNWANTED, about_id=None)
    network.refresh_from_db()


@transaction.atomic
def wake(network: Network) -> bool:
    """Open it again as it was; whether it was at rest. What was not sent meanwhile is not sent later."""
    asleep = Network.objects.filter(pk=network.pk, rested_at__isnull=False)
    woken = bool(asleep.update(rested_at=None, rest_sentence="", rest_link=""))
    network.refresh_from_db()
    return woken


def refuse_while_resting(network_id: int) -> None:
    """Hold the network until the transaction ends; raises `NetworkIsResting` where it is at rest."""
    if Network.objects.select_for_update().get(pk=network_id).is_resting:
        raise NetworkIsResting


def _in_the_way(network: Network, at: datetime) -> list[str]:
    found = []
    if network.batches.filter(state__in=Batch.WORKING).exists():
        found.append(_("A list of people is being brought in. Wait until that is done, or stop it."))
    if waits := network.memberships.filter(state=Membership.State.PENDING, user__is_active=True).count():
        words = ngettext(
            "%d person waits to be let in. Let them in, or turn them down, so that they are told.",
            "%d people wait to be let in. Let them in, or turn them down, so that they are told.",
            waits,
        )
        found.append(words % waits)
    for _receiver, sentences in asking_for_rest.send(sender=Network, network=network, at=at):
        found.extend(sentences or [])
    return found


def _consequences(network: Network) -> list[str]:
    members = network.memberships.active().count()
    waiting = sum(_waiting_letters(network).values())
    lines = [
        _("Nobody can join, or register for a meeting, and no questions or suggestions are taken. Each page says why."),
        _("No letters go out, except what somebody asks for themselves: a code to sign in, a receipt."),
        ngettext(
            "Its %d member can go on reading the notes, and everybody what is public.",
            "Its %d members can go on reading the notes, and everybody what is public.",
            members,
        )
        % members,
        _("What is due to be deleted still is. Everybody can still leave, be erased, or take a point back."),
        _("Nobody is told of this by mail. Write to the members before, if they are to know."),
        _("You can wake it again at any time, and nothing is lost."),
    ]
    if waiting:
        words = ngettext(
            "%d letter that waits to be sent is not sent, also not later.",
            "%d letters that wait to be sent are not sent, also not later.",
            waiting,
        )
        lines.insert(2, words % waiting)
    return lines


def _waiting_letters(network: Network) -> dict[str, int]:
    """How many letters wait that would not go, by the letter's name."""
    waiting = Delivery.objects.filter(mailing__network=network, state=Delivery.State.WAITING)
    counted: dict[str, int] = {}
    for letter in waiting.order_by().values_list("mailing__letter", flat=True):
        if not goes_at_rest(letter):
            counted[letter] = counted.get(letter, 0) + 1
    return counted
