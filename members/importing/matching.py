"""Who of a list is who: one look at the database for many rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Lower

from members.formats.people import Entry, Standing
from members.models import AddressKey, KeptOff, Membership, Network, Sector, User
from members.rules.bringing import Outcome, outcome

_SECTORS = {
    spelling: sector
    for sector in Sector
    for spelling in (sector.value, str(sector.label).lower(), sector.value.replace("-", " "))
}


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody on a list, the account of their address if there is one, and what becomes of them."""

    entry: Entry
    digest: str
    user: User | None
    membership: Membership | None
    outcome: Outcome


def match(network: Network, entries: Sequence[Entry]) -> list[Match]:
    """What becomes of each of these, in their order, as things are now. Four queries, however many there are."""
    addresses = [entry.address for entry in entries]
    users = {user.email.lower(): user for user in accounts(addresses)}
    held = Membership.objects.filter(network=network, user__in=users.values())
    memberships = {membership.user_id: membership for membership in held}
    digests = AddressKey.objects.digests(addresses)
    off = set(KeptOff.objects.filter(network=network, digest__in=digests.values()).values_list("digest", flat=True))
    found = []
    for entry in entries:
        user, digest = users.get(entry.address), digests[entry.address]
        membership = memberships.get(user.pk) if user else None
        state = membership.state if membership else ""
        closed = user is not None and not user.is_active
        becomes = outcome(entry.standing, state="left" if closed else state, is_kept_off=digest in off)
        found.append(Match(entry, digest, user, membership, becomes))
    return found


def accounts(addresses: Sequence[str]) -> QuerySet[User]:
    """The accounts of these addresses, which are in lower case."""
    return User.objects.annotate(address=Lower("email")).filter(address__in=addresses)


def sector_of(words: str) -> str:
    """The sector that a list means; none where it means none of ours."""
    return _SECTORS.get(words.lower(), "")


def as_row(entry: Entry) -> list[str | int]:
    """An entry as it is kept in a slice."""
    kept = entry
    return [kept.line, kept.address, kept.standing, kept.name, kept.organisation, kept.job_title, kept.sector]


def from_row(row: Sequence[str]) -> Entry:
    """The entry that was kept as `row`."""
    line, address, standing, name, organisation, job_title, sector = row
    return Entry(
        line=int(line),
        address=address,
        standing=Standing(standing),
        name=name,
        organisation=organisation,
        job_title=job_title,
        sector=sector,
    )
