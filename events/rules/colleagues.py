"""Which colleagues somebody is told of (B42). Nobody, unless they allowed it: that is the caller's to ask."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_NAMED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Somebody with a place, as they said themselves: `person` is the id of their account."""

    person: int
    name: str
    organisation: str
    email: str

    @property
    def employer(self) -> tuple[str, str]:
        """The organisation, in whatever capitals, and where its post goes; anybody can claim the first alone."""
        return " ".join(self.organisation.casefold().split()), self.email.rpartition("@")[2].lower()


def colleagues_of(reader: Coming, willing: Iterable[Coming]) -> list[str]:
    """The names of at most two of these who come from the reader's organisation, in the order of the alphabet."""
    if not reader.employer[0]:
        return []
    found = [one for one in willing if one.person != reader.person and one.employer == reader.employer]
    return sorted(one.name for one in found)[:MOST_NAMED]
