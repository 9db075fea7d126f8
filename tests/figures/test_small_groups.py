"""Which numbers are shown (decision 55)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from cop.figures.rules.small_groups import fewest, hidden


def ones(*numbers: int) -> list[tuple[int]]:
    return [(number,) for number in numbers]


def test_the_fewest_are_five_or_what_the_network_asks_of_a_sector() -> None:
    assert [fewest(minimum) for minimum in (2, 3, 5, 8)] == [5, 5, 5, 8]


def test_nothing_is_hidden_where_every_group_is_large() -> None:
    assert hidden(ones(5, 12, 7), least=5) == frozenset()


def test_a_small_group_takes_the_smallest_other_with_it() -> None:
    assert hidden(ones(20, 3, 9, 12), least=5) == {1, 2}


def test_others_of_one_size_are_hidden_together() -> None:
    """Otherwise their order would say which tables cannot be."""
    assert hidden(ones(20, 3, 9, 9), least=5) == {1, 2, 3}


def test_two_small_groups_that_are_few_together_take_a_third() -> None:
    assert hidden(ones(1, 2, 30, 12), least=5) == {0, 1, 3}


def test_that_nobody_came_from_a_sector_is_hidden_too() -> None:
    """R13: nobody of three says of each of the three that they were not there."""
    assert hidden([(8, 0), (10, 10), (20, 12)], least=5) == {0, 1}


def test_a_group_is_hidden_in_all_columns() -> None:
    """Who came is at most who registered: one would bound the other."""
    assert hidden([(40, 4), (50, 30), (60, 50)], least=5) == {0, 1}


def test_all_are_hidden_where_all_are_small() -> None:
    assert hidden(ones(1, 0, 2), least=5) == {0, 1, 2}


def test_no_groups_hide_nothing() -> None:
    assert hidden([], least=5) == frozenset()


def tables(people: int, groups: int) -> Iterator[tuple[int, ...]]:
    """All ways in which so many people may be in so many groups."""
    if groups == 1:
        yield (people,)
        return
    for first in range(people + 1):
        yield from ((first, *rest) for rest in tables(people - first, groups - 1))


def seen(groups: Sequence[Sequence[int]], least: int) -> tuple[object, ...]:
    """What a reader has before them: the total of each column, and the groups that are shown."""
    gone = hidden(groups, least=least)
    totals = tuple(sum(column) for column in zip(*groups, strict=True))
    return (totals, *(None if at in gone else tuple(one) for at, one in enumerate(groups)))


@pytest.mark.parametrize(("least", "groups", "most"), [(2, 3, 16), (3, 2, 24), (3, 4, 16), (5, 3, 24)])
def test_no_hidden_number_can_be_worked_out(least: int, groups: int, most: int) -> None:
    """Whoever knows this rule and the total goes through all tables that look alike: no hidden number is the same in
    all of them."""
    alike = defaultdict[tuple[object, ...], list[tuple[int, ...]]](list)
    for people in range(1, most):
        for table in tables(people, groups):
            alike[seen(ones(*table), least)].append(table)
    for (_totals, *shown), those in alike.items():
        for at in (at for at, one in enumerate(shown) if one is None):
            assert len({table[at] for table in those}) > 1, those


def test_no_hidden_number_can_be_worked_out_from_who_came() -> None:
    """The same for two columns, of which the second is part of the first; where nobody came there is only one."""
    alike = defaultdict[tuple[object, ...], list[list[tuple[int, int]]]](list)
    for people in range(1, 9):
        for registered in tables(people, 3):
            for came in product(*(range(one + 1) for one in registered)):
                if any(came):
                    table = list(zip(registered, came, strict=True))
                    alike[seen(table, 2)].append(table)
    for (totals, *shown), those in alike.items():
        everybody_came = totals in {
            (people, people) for people in range(9)
        }  # that says it of each of them, whatever is shown
        for at in (at for at, one in enumerate(shown) if one is None):
            assert len({table[at][0] for table in those}) > 1, those
            assert everybody_came or len({table[at] for table in those}) > 1, those
