"""Whom a report means: by the address, then by the name, never by a guess (B82)."""

import pytest
from hypothesis import given, strategies as st

from events.rules.attendance import By, Known, Match, Seen, folded, match

ADA = Known(1, frozenset({"ada@lake.example"}), ("Ada Lovage", "Ada L."))
BEN = Known(2, frozenset({"ben@lake.example", "b@home.example"}), ("Ben Sorrel",))
OTHER_BEN = Known(3, frozenset({"ben@hill.example"}), ("ben  SORREL",))
SIAN = Known(4, frozenset({"sian@sea.example"}), ("Siân Ní Fhearghaíl",))

NOBODY, SEVERAL = Match(0, By.NOBODY), Match(0, By.SEVERAL)


@pytest.mark.parametrize(
    ("seen", "known", "expected"),
    [
        ([Seen("ada@lake.example", ("Somebody else",))], [ADA, BEN], [Match(1, By.ADDRESS)]),
        ([Seen("b@home.example", ())], [ADA, BEN], [Match(2, By.ADDRESS)]),
        ([Seen("", ("ada lovage",))], [ADA, BEN], [Match(1, By.NAME)]),
        ([Seen("ada@work.example", ("Ada L",))], [ADA, BEN], [Match(1, By.NAME)]),
        ([Seen("", ("Sian Ni Fhearghail",))], [SIAN], [Match(4, By.NAME)]),
        ([Seen("", ("iPhone", "Ada Lovage"))], [ADA], [Match(1, By.NAME)]),
        ([Seen("", ("Ada",))], [ADA], [NOBODY]),
        ([Seen("", ("…",))], [Known(9, frozenset(), ("…",))], [NOBODY]),
        # Two who registered have the name; the address tells them apart.
        ([Seen("", ("Ben Sorrel",))], [BEN, OTHER_BEN], [SEVERAL]),
        ([Seen("ben@hill.example", ("Ben Sorrel",))], [BEN, OTHER_BEN], [Match(3, By.ADDRESS)]),
        # Two in the report have it, or one goes by a name of each.
        ([Seen("", ("Ada Lovage",)), Seen("a@x.example", ("Ada Lovage",))], [ADA], [SEVERAL, SEVERAL]),
        ([Seen("", ("Ada Lovage",)), Seen("a@x.example", ("Ada L.",))], [ADA], [SEVERAL, SEVERAL]),
        ([Seen("", ("Ada Lovage", "Ben Sorrel"))], [ADA, BEN], [SEVERAL]),
        # Whoever was found joins again by telephone; with another address it may be another Ada.
        (
            [Seen("ada@lake.example", ("Ada",)), Seen("", ("Ada Lovage",))],
            [ADA],
            [Match(1, By.ADDRESS), Match(1, By.NAME)],
        ),
        ([Seen("ada@lake.example", ()), Seen("a@x.example", ("Ada Lovage",))], [ADA], [Match(1, By.ADDRESS), SEVERAL]),
    ],
)
def test_whom_a_report_means(seen: list[Seen], known: list[Known], expected: list[Match]) -> None:
    assert match(seen, known) == expected


NAMES = st.lists(st.sampled_from(["Ada Lovage", "ADA lovage", "Ben Sorrel", "Cy", "…"]), max_size=2).map(tuple)
ADDRESSES = st.sampled_from(["", "a@x.example", "b@x.example", "c@x.example"])


@given(
    st.lists(st.builds(Seen, ADDRESSES, NAMES), max_size=6),
    st.lists(st.tuples(ADDRESSES, NAMES), max_size=5, unique_by=lambda one: one[0]),
)
def test_nobody_is_guessed(seen: list[Seen], people: list[tuple[str, tuple[str, ...]]]) -> None:
    """By a name only whom nobody else has it; by an address exactly who has that; the order changes nothing."""
    known = [Known(at, frozenset({one} - {""}), names) for at, (one, names) in enumerate(people, 1)]
    found = match(seen, known)
    for one, answer in zip(seen, found, strict=True):
        same = [
            other
            for other in known
            if {folded(name) for name in other.names} & {folded(name) for name in one.names} - {""}
        ]
        if answer.by == By.ADDRESS:
            assert one.address in known[answer.key - 1].addresses
        elif answer.by == By.NAME:
            assert [other.key for other in same] == [answer.key]
        else:
            assert answer.key == 0
    assert match(seen[::-1], known[::-1]) == found[::-1]
    by_name = [answer.key for one, answer in zip(seen, found, strict=True) if answer.by == By.NAME]
    assert len(by_name) == len(set(by_name))


def test_names_are_told_without_capitals_and_accents() -> None:
    assert folded("  Ní  Bhraonáin-Ó ") == "ni bhraonain o"
    assert folded("李 雷") == "李 雷"
    assert folded("(…)") == ""
