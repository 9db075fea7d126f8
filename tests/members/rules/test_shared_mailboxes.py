"""A mailbox that several people read, and a name that is nobody's own (B28)."""

import pytest

from members.rules.shared_mailboxes import is_a_persons, is_shared


@pytest.mark.parametrize(
    ("email", "shared"),
    [
        ("info@council.example", True),
        ("Policy-Team@council.example", True),
        ("data.policy@council.example", True),
        ("contact@x.example", True),
        ("no-reply@x.example", True),
        ("mira@river.example", False),
        ("emily.press@x.example", False),
        ("tim.office-smith@x.example", False),
        ("informatics@x.example", False),
        ("1234@x.example", False),
        ("", False),
    ],
)
def test_shared_mailbox_is_known_by_its_words(email: str, shared: bool) -> None:
    assert is_shared(email) == shared


@pytest.mark.parametrize(
    ("name", "organisation", "persons"),
    [
        ("Mira Novak", "River Council", True),
        ("Ana de la Cruz", "", True),
        ("Policy Team", "", False),
        ("River Council", "river  council", False),
        ("Policy", "", False),
    ],
)
def test_persons_name_has_two_words_and_is_no_groups(name: str, organisation: str, persons: bool) -> None:
    assert is_a_persons(name, organisation=organisation) == persons
