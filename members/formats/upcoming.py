"""What comes next in a network, as letters say it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One date in words ("Wednesday 14 January 2037, 2pm to 3:15pm, UK time"), and two whole addresses: the page about
    it, and the file with its calendar entry."""

    title: str
    when: str
    page: str
    entry: str
