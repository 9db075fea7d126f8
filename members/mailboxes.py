"""Writing down what came of letters to an address, and asking which addresses are left alone meanwhile."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from members.models import AddressKey, Delivery, Mailbox, User
from members.rules.bouncing import MOST_PASSING_DAYS, Verdict

AT_ONCE = 2_000


@transaction.atomic
def note_bounce(email: str, verdict: Verdict, *, at: datetime) -> None:
    """Write down that a letter came back. A mailbox that is not there is paused at once; otherwise days are counted.

    Each day counts once, however many letters there were. What is older than a press to try again says nothing.
    """
    digest = AddressKey.objects.digest(email)
    user = User.objects.filter(email__iexact=email).first()
    made = {"last_at": at, "user": user}
    Mailbox.objects.get_or_create(digest=digest, defaults=made)
    box = Mailbox.objects.select_for_update(of=("self",)).get(digest=digest)
    if box.tried_again_at is not None and at <= box.tried_again_at:
        return
    is_new_day = box.days == 0 or timezone.localdate(at) > timezone.localdate(box.last_at)
    box.days, box.last_at, box.user = box.days + is_new_day, max(at, box.last_at), user
    if verdict == Verdict.HARD:
        box.why, box.paused_at = Mailbox.Why.HARD, box.paused_at or at
    elif box.days >= MOST_PASSING_DAYS and not box.paused_at:
        box.why, box.paused_at = Mailbox.Why.PASSING, at
    box.save()


def note_arrival(email: str, *, at: datetime) -> None:
    """Write down that a letter arrived: whatever came back before it is over."""
    Mailbox.objects.filter(digest=AddressKey.objects.digest(email), last_at__lt=at).delete()


def paused_mailbox_of(user: User) -> Mailbox | None:
    """Their mailbox as it is now, if it is left alone; what was with an earlier address of theirs is not asked."""
    return user.mailboxes.paused().filter(digest=AddressKey.objects.digest(user.email)).first()


def left_alone(addresses: Iterable[str]) -> set[str]:
    """Which of these addresses are paused. Two queries, however many there are; one where none is."""
    if not Mailbox.objects.paused().exists():
        return set()
    digests = AddressKey.objects.digests(addresses)
    paused = set(Mailbox.objects.paused().filter(digest__in=digests.values()).values_list("digest", flat=True))
    return {address for address, digest in digests.items() if digest in paused}


def guests_left_alone(letters: QuerySet[Delivery]) -> dict[str, str]:
    """Of those without an account among these letters' recipients, whose mailboxes are paused: addresses by digest.

    A mailbox's row holds no address, so the letters' are asked, and only where somebody's is paused at all.
    """
    paused = set(Mailbox.objects.paused().filter(user=None).values_list("digest", flat=True))
    if not paused:
        return {}
    found = {}
    addresses = letters.filter(user=None).order_by().values_list("email", flat=True).distinct().iterator()
    while some := list(islice(addresses, AT_ONCE)):
        digests = AddressKey.objects.digests(some)
        found.update({digest: address for address, digest in digests.items() if digest in paused})
    return found
