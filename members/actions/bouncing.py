"""Letters that come back, and letters that were called unwanted."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from members.actions.subscribing import Reader, stop
from members.mailboxes import note_arrival, note_bounce
from members.models import AddressKey, Delivery, KeptOff, Kind, Mailbox, Network, User, Way
from members.rules.bouncing import Verdict

KEEP_BOUNCES = timedelta(days=365)


def hear(email: str, verdict: Verdict, *, at: datetime) -> None:
    """Do as the provider that carries our letters says about a mailbox. Addresses we do not know are none of ours."""
    if verdict == Verdict.NOTHING or not _is_known(email):
        return
    if verdict == Verdict.ARRIVED:
        note_arrival(email, at=at)
    elif verdict == Verdict.COMPLAINT:
        take_complaint(email)
    else:
        note_bounce(email, verdict, at=at)


@transaction.atomic
def take_complaint(email: str) -> None:
    """Send no more letters of any kind to whoever called one unwanted, in any network that wrote to them.

    They can choose letters again on their page. No list brings them in, where they are no member.
    """
    user = User.objects.filter(email__iexact=email).first()
    digest = AddressKey.objects.digest(email)
    for network in _networks_that_wrote_to(email, user):
        reader = Reader(network, user) if user else Reader(network, None, email.lower())
        stop(reader, Kind, way=Way.MAIL_PROGRAM)
        KeptOff.objects.get_or_create(network=network, digest=digest, reason=KeptOff.Reason.COMPLAINED, batch=None)


@transaction.atomic
def try_again(mailbox: Mailbox) -> bool:
    """Write to a paused mailbox again, from the next letter on; whether it was paused. What came before is over."""
    paused = Mailbox.objects.paused().filter(pk=mailbox.pk)
    return bool(paused.update(paused_at=None, why="", days=0, tried_again_at=timezone.now()))


def forget_mailbox(email: str) -> None:
    """Delete what is known of letters to this address."""
    Mailbox.objects.filter(digest=AddressKey.objects.digest(email)).delete()


def forget_bounces(now: datetime) -> int:
    """Delete what came back a year ago; how many mailboxes. The next letter tells anew whether it is there."""
    return Mailbox.objects.filter(last_at__lt=now - KEEP_BOUNCES).delete()[0]


def _is_known(email: str) -> bool:
    return User.objects.filter(email__iexact=email).exists() or Delivery.objects.filter(email__iexact=email).exists()


def _networks_that_wrote_to(email: str, user: User | None) -> list[Network]:
    wrote = Delivery.objects.filter(email__iexact=email, mailing__network__isnull=False).values("mailing__network")
    joined = user.memberships.values("network") if user else []
    found = {row["mailing__network"] for row in wrote} | {row["network"] for row in joined}
    return list(Network.objects.filter(pk__in=found).order_by("pk"))
