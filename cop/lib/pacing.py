"""How fast a mail provider lets us send, and how many letters may go now.

The generic cell rate algorithm (ITU-T I.371, "virtual scheduling"): one instant, from which the line is free, says all
there is to know. Whoever sends moves it on by the time that a letter takes at the permitted rate; it may run ahead of
the clock by `AHEAD_SECONDS`, so that a few letters can go at once, and never further.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

AHEAD_SECONDS = 2.0
SPANS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
WRITTEN = re.compile(r"([1-9][0-9]{0,6})\s*(?:/|per|a|an)\s*(second|minute|hour|day)")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many letters in so many seconds."""

    letters: int
    seconds: int

    @property
    def each_seconds(self) -> float:
        """How long one letter takes."""
        return self.seconds / self.letters

    @property
    def ahead_seconds(self) -> float:
        """How far it may run ahead: by one letter at least, or none could ever go."""
        return max(AHEAD_SECONDS, self.each_seconds)

    def free_now(self, free_from: datetime, now: datetime) -> int:
        """How many letters may go at `now`, where the line is free from `free_from` on."""
        room = (now - max(free_from, now)).total_seconds() + self.ahead_seconds
        # A millionth more than room for one is room for one: times are kept to the microsecond.
        return max(0, int((room + 1e-5) / self.each_seconds))

    def free_after(self, free_from: datetime, now: datetime, *, letters: int) -> datetime:
        """From when the line is free once so many `letters` have gone at `now`."""
        return max(free_from, now) + timedelta(seconds=letters * self.each_seconds)

    def try_again_at(self, free_from: datetime) -> datetime:
        """When it is worth asking again: early enough to lose no time, late enough not to ask for each letter."""
        return free_from - timedelta(seconds=self.ahead_seconds - max(self.each_seconds, AHEAD_SECONDS / 2))


def read_rate(written: str) -> Rate | None:
    """The rate in a setting such as "14/second", "30 a minute" or "2000 per day"; none where it is empty.

    `ValueError`, with a sentence, for anything else.
    """
    if not written.strip():
        return None
    found = WRITTEN.fullmatch(written.strip().lower())
    if found is None:
        raise ValueError(f"“{written}” is not a rate: write it as 14/second, 30/minute, 500/hour or 2000/day.")
    return Rate(int(found[1]), SPANS[found[2]])
