"""Whom a report means: by the address, then by the name, and never by a guess (B82)."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """How somebody in a report was found among those who registered; or why not."""

    ADDRESS = "address"
    NAME = "name"
    SEVERAL = "several"  # more than one could be meant, here or in the report
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who registered: a number above 0, addresses in lower case, and the names they go by."""

    key: int
    addresses: frozenset[str]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody in a report: an address in lower case, empty where it has none, and the names they go by."""

    address: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The number of who was found, and how; 0 where nobody surely was."""

    key: int
    by: By


def folded(name: str) -> str:
    """`name` without capitals, accents, marks and double spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(one if one.isalnum() else " " for one in plain if not unicodedata.combining(one))
    return " ".join(kept.split())


def match(seen: Sequence[Seen], known: Sequence[Known]) -> list[Match]:
    """For each in the report, in order: who of those who registered that is.

    A name counts only for whom no address has found, and only where exactly one of all who registered goes by it, and
    exactly one of those in the report who are left. Whoever is found by the address and joins again without one (a
    telephone) is still the only one of that name, so that is them; with another address it may be somebody else.
    """
    by_address = {address: one.key for one in known for address in one.addresses if address}
    found = [by_address.get(one.address, 0) for one in seen]
    holders = _by_name((one.key, one.names) for one in known)
    claimants = _by_name((at, one.names) for at, one in enumerate(seen) if not found[at])
    taken = frozenset(filter(None, found))
    return [
        Match(key, By.ADDRESS) if key else _by_its_name(at, one, holders, claimants, taken)
        for at, (one, key) in enumerate(zip(seen, found, strict=True))
    ]


def _by_its_name(
    at: int, one: Seen, holders: dict[str, set[int]], claimants: dict[str, set[int]], taken: frozenset[int]
) -> Match:
    names = {folded(name) for name in one.names}
    keys = {key for name in names for key in holders.get(name, ())}
    if not keys:
        return Match(0, By.NOBODY)
    (key, *others) = sorted(keys)
    # Two in the report may each use another name of the one who registered.
    rivals = {rival for name, those in holders.items() if key in those for rival in claimants.get(name, ())} - {at}
    if others or rivals or (key in taken and one.address):
        return Match(0, By.SEVERAL)
    return Match(key, By.NAME)


def _by_name(people: Iterable[tuple[int, Sequence[str]]]) -> dict[str, set[int]]:
    """Who goes by each name, folded; what has no letter or figure is no name."""
    found: dict[str, set[int]] = {}
    for key, names in people:
        for name in names:
            if plain := folded(name):
                found.setdefault(plain, set()).add(key)
    return found
