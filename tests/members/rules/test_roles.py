"""B80: one table of who may do what, written here a second time, by hand."""

import pytest

from members.rules.roles import DUTIES, Duty, Role, duties_of, may_change_state, roles_with

TABLE = """
                  look  backstage  speakers  notes  organise  own
member            -     -          -         -      -         -
viewer            x     -          -         -      -         -
speaker-wrangler  x     x          x         -      -         -
note-taker        x     x          -         x      -         -
organiser         x     x          x         x      x         -
owner             x     x          x         x      x         x
"""


def test_each_role_has_these_duties_and_no_other() -> None:
    heading, *rows = TABLE.strip().splitlines()
    expected = {
        row.split()[0]: {name for name, mark in zip(heading.split(), row.split()[1:], strict=True) if mark == "x"}
        for row in rows
    }
    assert {role.value: {duty.value for duty in DUTIES[role]} for role in Role} == expected
    assert {duty.value for duty in Duty} == set(heading.split())


@pytest.mark.parametrize("duty", Duty)
def test_roles_are_found_by_their_duty(duty: Duty) -> None:
    assert roles_with(duty) == {role for role in Role if duty in duties_of(role.value)}
    assert Role.OWNER in roles_with(duty)
    assert Role.MEMBER not in roles_with(duty)


def test_unknown_role_may_do_nothing() -> None:
    assert duties_of("king") == frozenset()
    assert duties_of("") == frozenset()


@pytest.mark.parametrize("role", Role)
def test_organisers_pause_members_and_owners_anybody(role: Role) -> None:
    """To pause somebody is to take their role away, which is the owners' to do."""
    assert may_change_state(role, by_owner=True)
    assert may_change_state(role, by_owner=False) is (role is Role.MEMBER)
