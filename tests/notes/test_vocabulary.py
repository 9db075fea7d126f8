"""The words the rules are written in: their order, what they say where nothing was said; they do not change."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields

import pytest

from notes.rules.vocabulary import Attribution, Audience, Consent, Draft, Edition, Item, Line, Participant, Section

VALUES = (
    Participant(key="a", name="Ana"),
    Consent(level=Attribution.NAME, audience=Audience.PUBLIC, text_hash="0"),
    Item(section="Discussion", text="Juries work."),
    Draft(title="Meeting 4", sections=(), items=(), participants=()),
    Line(text="Juries work.", attribution=""),
    Section(title="Discussion", lines=()),
    Edition(title="Meeting 4", audience=Audience.NETWORK, sections=()),
)


def test_r3_levels_and_audiences_have_an_order() -> None:
    assert [(level.name, level.value) for level in Attribution] == [
        ("NONE", 0),
        ("SECTOR", 1),
        ("ORGANISATION", 2),
        ("NAME", 3),
    ]
    assert [(audience.name, audience.value) for audience in Audience] == [("NETWORK", 0), ("PUBLIC", 1)]


def test_r1_where_nothing_was_said_nothing_is_given_away() -> None:
    """R1, R4: no contributor, no consent; three people make a sector; the meeting itself sets no lower level."""
    participant, _, item, draft, *_ = VALUES
    assert participant == Participant(
        key="a",
        name="Ana",
        organisation="",
        role="",
        sector="",
        email="",
        aliases=(),
        attended=True,
        confirmed=True,
    )
    assert item == Item(section="Discussion", text="Juries work.", contributor=None, confidential=False, consent=None)
    assert draft == Draft(
        title="Meeting 4", sections=(), items=(), participants=(), k=3, cap=Attribution.NAME, openings=()
    )


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_does_not_change_and_is_made_of_named_parts(value: Participant) -> None:
    """R9 begins here: what an edition is made of cannot be altered, and nothing can be hung on it."""
    names = [field.name for field in fields(value)]
    with pytest.raises(FrozenInstanceError):
        setattr(value, names[0], "else")
    assert not hasattr(value, "__dict__")
    make: Callable[..., object] = type(value)
    with pytest.raises(TypeError):
        make(*(getattr(value, name) for name in names))
    assert make(**{name: getattr(value, name) for name in names}) == value
