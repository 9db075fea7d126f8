"""Who is who, as a rule: the same person under one key, whatever becomes of their part in a meeting (R10)."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, strategies as st

from notes.rules.identity import (
    BLOCK,
    Identity,
    brought_up_to_date,
    identity_as_text,
    identity_from_text,
    is_same,
    is_surely_same,
    marks,
)

ANA = Identity(key="r1", rows=("r1",), email="ana@a.example")
MEMBER = Identity(key="m2", user=2, rows=("m2",), email="ANA@a.example")


def test_who_is_surely_the_same_and_who_may_be() -> None:
    ana = Identity(key="r1", rows=("r1",), email="ana@a.example")
    account = Identity(key="m2", user=2, rows=("m2",), email="ANA@a.example")
    assert (is_surely_same(ana, account), is_same(ana, account)) == (False, True)
    assert is_surely_same(ana, Identity(key="s1", user=2, rows=("s1", "r1")))
    assert not is_same(account, Identity(key="r1", user=3, rows=("m2",), email="ana@a.example"))
    assert is_surely_same(account, Identity(key="x", user=2))
    assert not is_same(Identity(key="s1"), Identity(key="s2"))


def test_what_is_remembered_is_as_long_for_everybody() -> None:
    """R11: the length of what is stored would tell whose it is."""
    short = Identity(key="r1", name="Bo", aliases=("B.",))
    long = Identity(key="r2", name="Anneke van der Meer-Castellanos", organisation="A very long name" * 9)
    assert len(identity_as_text(short)) == len(identity_as_text(long)) == BLOCK
    assert identity_from_text(identity_as_text(short)) == short
    assert identity_from_text(identity_as_text(long)) == long


def test_two_accounts_are_two_people_whatever_else_they_share() -> None:
    other = Identity(key="m2", user=3, rows=("m2",), email="ana@a.example")
    assert (is_surely_same(MEMBER, other), is_same(MEMBER, other)) == (False, False)
    again = Identity(key="m9", user=2, rows=("m9",), email="else@a.example")
    assert (is_surely_same(MEMBER, again), is_same(MEMBER, again)) == (True, True)


@pytest.mark.parametrize("other", [Identity(key="s1", rows=("s1", "m2")), Identity(key="s1", user=None, rows=("m2",))])
def test_with_one_account_at_most_the_row_tells(other: Identity) -> None:
    for one, two in ((MEMBER, other), (other, MEMBER)):
        assert (is_surely_same(one, two), is_same(one, two)) == (True, True)
    stranger = Identity(key="m2", rows=("s2",), email="")
    for one, two in ((MEMBER, stranger), (stranger, MEMBER), (stranger, Identity(key="m2", rows=("s3",)))):
        assert (is_surely_same(one, two), is_same(one, two)) == (False, False)


@pytest.mark.parametrize("user", [None, 2])
def test_an_address_tells_where_one_has_no_account(user: int | None) -> None:
    one = Identity(key="a", user=user, email="Ana@a.example")
    assert is_same(one, Identity(key="b", email="aNA@a.example"))
    assert is_same(Identity(key="b", email="aNA@a.example"), one)
    assert is_same(one, Identity(key="b", email="other@a.example")) is False


def test_what_is_remembered_is_what_they_are_now_under_the_key_they_had() -> None:
    known = Identity(key="r1", user=2, rows=("r1", "s3"), email="old@a.example", name="Ana", role="Trustee")
    now = Identity(key="m2", user=None, rows=("s3", "m2"), email="new@a.example", name="Ana Prieto")
    assert brought_up_to_date(known, now) == Identity(
        key="r1", user=2, rows=("r1", "s3", "m2"), email="new@a.example", name="Ana Prieto"
    )
    assert brought_up_to_date(ANA, MEMBER) == Identity(key="r1", user=2, rows=("r1", "m2"), email="ANA@a.example")
    moved = Identity(key="m5", user=5, rows=("m5",))
    assert brought_up_to_date(MEMBER, moved).user == 5


def test_what_is_remembered_fills_whole_blocks() -> None:
    """R11: as long as the shortest that fits, and never cut."""
    for length in (0, 700, 1100, 2100):
        text = identity_as_text(Identity(key="r1", name="a" * length))
        bare = len(text.rstrip(" "))
        assert len(text) % 1024 == 0
        assert bare <= len(text) < bare + 1024
    full = Identity(
        key="r1", name="a" * (700 + 1024 - len(identity_as_text(Identity(key="r1", name="a" * 700)).rstrip()))
    )
    assert len(identity_as_text(full).rstrip()) == len(identity_as_text(full)) == 1024


def test_what_is_read_back_is_what_was_written() -> None:
    whole = Identity(
        key="r1",
        user=7,
        rows=("r1", "s3"),
        email="ana@a.example",
        name="Ana Prieto",
        organisation="River Council",
        role="Trustee",
        sector="public",
        aliases=("AP", "Anita"),
        confirmed=False,
    )
    assert identity_from_text(identity_as_text(whole)) == whole


def test_what_somebody_is_found_by() -> None:
    assert marks(Identity(key="r1")) == set()
    whole = Identity(key="r1", user=0, rows=("r1", "s3"), email="Ana@A.example")
    assert marks(whole) == {"account 0", "row r1", "row s3", "address ana@a.example"}


IDENTITIES = st.builds(
    Identity,
    key=st.just("x"),
    user=st.sampled_from([None, 0, 1]),
    rows=st.lists(st.sampled_from(["r1", "s1", "m1"]), max_size=2).map(tuple),
    email=st.sampled_from(["", "a@a.example", "A@a.example", "b@a.example"]),
)


@given(IDENTITIES, IDENTITIES)
def test_who_is_the_same_shares_a_mark(one: Identity, other: Identity) -> None:
    assert not is_same(one, other) or not marks(one).isdisjoint(marks(other))


def test_an_identity_begins_with_a_key_alone_and_does_not_change() -> None:
    bare = Identity(key="r1")
    assert bare == Identity(
        key="r1", user=None, rows=(), email="", name="", organisation="", role="", sector="", aliases=(), confirmed=True
    )
    assert not hasattr(bare, "__dict__")
    with pytest.raises(FrozenInstanceError):
        bare.key = "r2"  # type: ignore[misc]  # what is tried here
    with pytest.raises(TypeError):
        Identity("r1")  # type: ignore[call-arg]  # what is tried here
