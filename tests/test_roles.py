"""B80: every address of the panel that depends on who asks × the roles that `visitors.txt` has no column for."""

from pathlib import Path

import pytest

from members.models import Network
from tests.conftest import member_of, person, signed_in
from tests.test_visitors import TABLE as VISITORS_TABLE, VISITORS, Address, addresses, rows_of

__all__ = ["addresses"]

ROLES = ("viewer", "speaker-wrangler", "organiser")
TABLE = Path(__file__).with_name("roles.txt")
NOOR, OLIVE = VISITORS.index("noor"), VISITORS.index("olive")


@pytest.mark.one_engine
def test_every_page_of_the_panel_answers_each_role_as_the_table_says(
    network: Network,
    addresses: list[Address],
) -> None:
    """`roles.txt` is written by hand. What no owner can open, no other role can; a row’s
    history is open with the row."""
    clients = {}
    for role in ROLES:
        user = person(f"{role}@commons.example", role.title())
        member_of(network, user, role)
        clients[role] = signed_in(user)
    expected = {name: answers.split() for name, answers in (line.split(maxsplit=1) for line in rows_of(TABLE))}
    told_apart = {
        name
        for name, *answers in map(str.split, rows_of(VISITORS_TABLE))
        if name.startswith("admin:") and not name.endswith("_history")
        if answers[NOOR] != answers[OLIVE] or answers[OLIVE] == "200"
    }
    found = {
        one.name: [str(clients[role].get(one.path).status_code) for role in ROLES]
        for one in addresses
        if one.name in told_apart
    }
    assert found == expected
