"""Which letters a worker has in hand, written down so that a worker killed at any moment leaves one in doubt at most.

A bag is taken out in one transaction, and emptied in one. In between, one short statement a letter says that the one
before is over, asks whether the next is still to be sent, and renews the lease (`asking.py`). So the rows of two
hundred letters cost a handful of statements, and a letter hardly more than writing a number.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from members.mailboxes import note_bounce
from members.models import Delivery, Mailing, Postbag, Turn
from members.models.mail import DeliveryQuerySet
from members.rules.bouncing import Verdict
from members.rules.sending import ABANDONED, Trouble, pause_after
from members.subscriptions import unwilling
from members.tasks.pacing import room, spend
from members.writing import goes_at_rest, kind_of, line_of, private_letters

BATCH = 200


@dataclass(slots=True)
class Bag:
    """What a worker has in hand: letters in the order of their numbers, and the last of them that is over."""

    mailing: Mailing
    postbag: Postbag | None = None
    deliveries: list[Delivery] = field(default_factory=list)
    is_full: bool = False
    through: int = 0


@transaction.atomic
def take_out(mailing: Mailing) -> Bag:
    """Take the next letters of a mailing that are due, as many as go into a bag, so that no other worker does."""
    now = timezone.now()
    due = mailing.deliveries.due(now).order_by("not_before", "pk")
    most = room(now, BATCH)
    # The language somebody chose is theirs, not the letter's: it is read with each.
    found = list(due.select_related("user").select_for_update(of=("self",), skip_locked=True)[:most])
    willing, is_full = _willing(mailing, found, now), len(found) == most
    if not willing:
        return Bag(mailing, is_full=is_full and due.exists())
    postbag = Postbag.objects.create(mailing=mailing, renewed_at=now)
    taken = _in_turn(postbag, willing)
    if not taken:
        # Each stands behind another letter about the same: the next tick asks again.
        postbag.delete()
        return Bag(mailing)
    spend(len(taken), now)
    Delivery.objects.filter(pk__in=[one.pk for one in taken]).update(state=Delivery.State.SENDING, postbag=postbag)
    for delivery in taken:
        delivery.mailing = mailing
    taken.sort(key=lambda delivery: delivery.pk)
    return Bag(mailing, postbag, taken, is_full=is_full)


def _willing(mailing: Mailing, found: list[Delivery], at: datetime) -> list[Delivery]:
    """Those who still want this letter; it is given up for whoever has stopped such letters since it was made, and for
    everybody once the network is at rest."""
    kind = kind_of(mailing.letter)
    if mailing.network is not None and mailing.network.is_resting and not goes_at_rest(mailing.letter):
        Delivery.objects.filter(pk__in=[one.pk for one in found]).update(state=Delivery.State.UNWANTED, about_id=None)
        return []
    if mailing.network is None or kind is None:
        return found
    without = unwilling(mailing.network, kind, {one.email.lower() for one in found}, at=at)
    gone = {one.pk for one in found if one.email.lower() in without}
    Delivery.objects.filter(pk__in=gone).update(state=Delivery.State.UNWANTED, about_id=None)
    return [one for one in found if one.pk not in gone]


def _in_turn(postbag: Postbag, willing: list[Delivery]) -> list[Delivery]:
    """Those whose turn it is: no other bag has a letter of the same line about the same."""
    line = line_of(postbag.mailing.letter)
    if not line:
        return willing
    # In one order, so that two workers who ask for the same turns never wait for one another.
    about = sorted({one.about_id for one in willing if one.about_id is not None})
    turns = [Turn(line=line, about_id=one, postbag=postbag) for one in about]
    Turn.objects.bulk_create(turns, ignore_conflicts=True)
    ours = set(Turn.objects.filter(postbag=postbag).values_list("about_id", flat=True))
    return [one for one in willing if one.about_id is None or one.about_id in ours]


def is_lost(bag: Bag) -> bool:
    """Whether somebody has taken the bag back, because nothing was heard of us for too long."""
    return bag.postbag is None or not Postbag.objects.filter(pk=bag.postbag.pk).exists()


def note_trouble(bag: Bag, delivery: Delivery, trouble: Trouble) -> None:
    """Write down at once why a letter did not go out, and when to try again."""
    ours = Delivery.objects.in_hand().filter(pk=delivery.pk, postbag=bag.postbag)
    tries = delivery.tries + 1
    if trouble.final or tries >= Delivery.MOST_TRIES:
        _give_up(ours, bag.mailing, trouble.sentence)
        if trouble.of_mailbox != Verdict.NOTHING:
            note_bounce(delivery.email, trouble.of_mailbox, at=timezone.now())
    else:
        again = timezone.now() + pause_after(tries)
        ours.update(state=Delivery.State.WAITING, tries=tries, not_before=again, problem=trouble.sentence, postbag=None)


@transaction.atomic
def empty(bag: Bag, *, problem: str = "", pause: timedelta = timedelta()) -> None:
    """Write down that all letters up to where the bag has come are sent; the others wait again, after a `pause`."""
    if bag.postbag is None:
        return
    _settle(bag.postbag, bag.mailing, bag.through, at=timezone.now())
    left = bag.postbag.deliveries.in_hand()
    waits = {"state": Delivery.State.WAITING, "postbag": None}
    if problem:
        left.update(**waits, problem=problem, not_before=timezone.now() + pause)
    else:
        left.update(**waits)
    bag.postbag.delete()


@transaction.atomic
def fetch_back(now: datetime, *, mailing: Mailing | None = None) -> int:
    """Take back the bags of workers that are gone, of one mailing or all; how many.

    The first letter that is not known to be over may have gone out: it goes out again, under the same Message-ID, and
    that counts as a try, for there are letters that kill workers.
    """
    lapsed = Postbag.objects.filter(renewed_at__lt=now - Postbag.LEASE).select_related("mailing")
    if mailing is not None:
        lapsed = lapsed.filter(mailing=mailing)
    bags = list(lapsed.select_for_update(skip_locked=True, of=("self",)))
    for postbag in bags:
        _settle(postbag, postbag.mailing, postbag.through, at=postbag.renewed_at)
        doubtful = postbag.deliveries.in_hand().filter(pk=_first_in_hand(postbag))
        doubtful.update(tries=F("tries") + 1)
        _give_up(doubtful.filter(tries__gte=Delivery.MOST_TRIES), postbag.mailing, ABANDONED, tried=0)
        postbag.deliveries.in_hand().update(state=Delivery.State.WAITING, postbag=None)
        postbag.delete()
    return len(bags)


def _settle(postbag: Postbag, mailing: Mailing, through: int, *, at: datetime) -> None:
    """All letters in hand up to `through` are sent."""
    # Whoever takes a bag back holds its row meanwhile; a worker that was only slow finds it gone.
    if not list(Postbag.objects.select_for_update().filter(pk=postbag.pk).values_list("pk")):
        return
    sent = postbag.deliveries.in_hand().filter(pk__lte=through)
    sent.update(
        state=Delivery.State.SENT,
        sent_at=at,
        tries=F("tries") + 1,
        problem="",
        postbag=None,
        **_forgetting(mailing),
    )


def _give_up(deliveries: DeliveryQuerySet, mailing: Mailing, sentence: str, *, tried: int = 1) -> None:
    deliveries.update(
        state=Delivery.State.FAILED,
        tries=F("tries") + tried,
        problem=sentence,
        postbag=None,
        **_forgetting(mailing),
    )


def _forgetting(mailing: Mailing) -> dict[str, None]:
    """What to forget of letters that are over: which row a private letter was about."""
    return {"about_id": None} if mailing.letter in private_letters() else {}


def _first_in_hand(postbag: Postbag) -> int:
    first = postbag.deliveries.in_hand().order_by("pk").values_list("pk", flat=True).first()
    return first or 0
