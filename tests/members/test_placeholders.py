"""Places to be filled in, and sentences about broken ones."""

import pytest

from members.rules.placeholders import broken_places, fill_places

KNOWN = ("name", "network")


def test_places_are_filled_in_once_and_others_left() -> None:
    values = {"name": "{network}", "network": "Voices"}
    assert fill_places("Dear {name}, from {network}: {x}", values) == "Dear {network}, from Voices: {x}"


@pytest.mark.parametrize("text", ["", "Dear {name}", "{name} of {network}, {name}"])
def test_text_that_can_be_filled_in_has_nothing_broken(text: str) -> None:
    assert broken_places(text, KNOWN) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dear {nmae}", "There is nothing to put in the place of {nmae}. You can write {name} or {network}."),
        ("Dear {Name}", "There is nothing to put in the place of {Name}. You can write {name} or {network}."),
        ("Dear {}", "There is nothing to put in the place of {}. You can write {name} or {network}."),
        ("Dear {name", "A { has no } after it. A place to be filled in looks like {name} or {network}."),
        ("Dear name}", "A } has no { before it. A place to be filled in looks like {name} or {network}."),
    ],
)
def test_broken_place_is_told_in_a_sentence(text: str, said: str) -> None:
    """B75: nobody reads "Dear {nmae}"."""
    assert broken_places(text, KNOWN) == [said]


def test_each_unknown_place_is_told_once() -> None:
    assert len(broken_places("{a} {b} {a}", KNOWN)) == 2
