"""Choosing which letters to get. Each change of a member's mind is written down with its way (B26)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from members.models import Decision, Delivery, Kind, Membership, Network, Refusal, User, Way

What = Decision.What


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a member wants from one network: these kinds of letters, none before a day, to be seen by other members."""

    kinds: frozenset[Kind]
    resume_on: date | None = None
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whom a network's letters reach: a person with an account, or a guest's address in lower case."""

    network: Network
    user: User | None
    guest_email: str = ""

    @property
    def refusals(self) -> QuerySet[Refusal]:
        return Refusal.objects.filter(network=self.network, user=self.user, guest_email=self.guest_email)

    @property
    def refused(self) -> frozenset[Kind]:
        return frozenset(Kind(kind) for kind in self.refusals.values_list("kind", flat=True))

    @property
    def membership(self) -> Membership | None:
        """What they are to the network; none for guests."""
        return Membership.objects.filter(network=self.network, user=self.user).first() if self.user else None


def reader_of(delivery: Delivery) -> Reader:
    """Whom a letter of some network went to; `LookupError` where it is of none."""
    network, email = delivery.mailing.network, delivery.email.lower()
    if network is None:
        raise LookupError("This letter is of no network.")
    user = delivery.user or User.objects.filter(email__iexact=email).first()
    return Reader(network, user) if user else Reader(network, None, email)


@transaction.atomic
def choose(membership: Membership, wish: Wish, *, way: Way = Way.PAGE) -> None:
    """Have things as the member wishes. What stays as it was is not written down again."""
    held = Membership.objects.select_for_update(of=("self",)).select_related("network", "user").get(pk=membership.pk)
    reader = Reader(held.network, held.user)
    stop(reader, set(Kind) - wish.kinds, way=way)
    want_again(reader, wish.kinds, way=way)
    if held.letters_resume_on != wish.resume_on:
        _note(held, What.PAUSED if wish.resume_on else What.RESUMED, way, wish.resume_on)
    if held.is_listed != wish.is_listed:
        _note(held, What.LISTED if wish.is_listed else What.UNLISTED, way)
    held.letters_resume_on, held.is_listed = wish.resume_on, wish.is_listed
    held.save(update_fields=["letters_resume_on", "is_listed"])


@transaction.atomic
def stop(reader: Reader, kinds: Iterable[Kind], *, way: Way) -> None:
    """Send no more letters of these kinds."""
    new = sorted(set(kinds) - reader.refused)
    for kind in new:
        Refusal.objects.get_or_create(
            network=reader.network, user=reader.user, guest_email=reader.guest_email, kind=kind
        )
    _note_kinds(reader, What.STOPPED, new, way)


@transaction.atomic
def want_again(reader: Reader, kinds: Iterable[Kind], *, way: Way) -> None:
    """Send letters of these kinds again."""
    gone = sorted(reader.refused & set(kinds))
    reader.refusals.filter(kind__in=gone).delete()
    _note_kinds(reader, What.WANTED, gone, way)


def adopt_refusals(membership: Membership) -> None:
    """What a guest refused, the member they have become refuses as well: joining is no yes to those letters."""
    guest = Reader(membership.network, None, membership.user.email.lower())
    stop(Reader(membership.network, membership.user), guest.refused, way=Way.LETTER)
    guest.refusals.delete()


def note_leaving(membership: Membership, *, way: Way = Way.PAGE) -> None:
    """Write down that they have left. Whoever comes back begins unseen, and without a pause."""
    membership.letters_resume_on, membership.is_listed = None, False
    membership.save(update_fields=["letters_resume_on", "is_listed"])
    _note(membership, What.LEFT, way)


def _note_kinds(reader: Reader, what: Decision.What, kinds: Iterable[Kind], way: Way) -> None:
    membership = reader.membership
    if membership is not None:
        for kind in kinds:
            _note(membership, what, way, kind)


def _note(membership: Membership, what: Decision.What, way: Way, about: date | str | None = None) -> None:
    Decision.objects.create(membership=membership, what=what, about=str(about or ""), way=way)
