"""Which numbers of people are shown: never those of so few that everybody can guess who they are.

One rule for every figure. The fewest are those of a survey (docs/decisions/0041), or what the network asks of a sector
where that is more; what is hidden cannot be worked out from the total either (docs/decisions/0055).
"""

from collections.abc import Sequence

from events.rules.surveys import FEWEST


def fewest(sector_minimum: int) -> int:
    """The smallest group whose size is shown, where a sector stands for so many people at least."""
    return max(FEWEST, sector_minimum)


def hidden(groups: Sequence[Sequence[int]], *, least: int) -> frozenset[int]:
    """Which of `groups` are not shown; each holds its numbers of people, one a column: (registered, came).

    A group is hidden in all columns where one of its numbers is below `least`, none at all included: that nobody of a
    sector came says of each of them that they did not. Since readers know the total of a column, the smallest of the
    others are hidden with it, all of one size together, until those hidden are two and `least` on average in each
    column: three that are hidden and six in all could else only be two each.
    """
    found = {at for at, numbers in enumerate(groups) if min(numbers) < least}
    others = sorted(set(range(len(groups))) - found, key=lambda at: (*groups[at],))
    while found and others and (len(found) == 1 or _on_average_below(least, groups, found)):
        size = groups[others[0]]
        found |= {at for at in others if groups[at] == size}
        others = [at for at in others if at not in found]
    return frozenset(found)


def _on_average_below(least: int, groups: Sequence[Sequence[int]], found: set[int]) -> bool:
    columns = range(len(groups[0]))
    return any(sum(groups[at][column] for at in found) < least * len(found) for column in columns)
