"""Consent in the leak check (R2, R3): who may be named and who may not, in one sentence; who gives themselves away."""

from collections.abc import Mapping

import pytest

from notes.rules.leaks import find_leaks
from notes.rules.vocabulary import Attribution, Participant

NAME, ORGANISATION, SECTOR, NONE = Attribution.NAME, Attribution.ORGANISATION, Attribution.SECTOR, Attribution.NONE
ANNA = Participant(key="i", name="Anna Ingram", organisation="Halcyon Trust", role="Trustee", sector="charity")
PETROV = Participant(
    key="p", name="Anna Petrov", organisation="University of Westhaven", role="Lecturer", sector="academia"
)
TOM = Participant(key="t", name="Tom Ingram", organisation="Lantern Housing", role="Surveyor", sector="housing")
BRANDT = Participant(
    key="l", name="Lena Brandt", organisation="University of Westhaven", role="Lecturer", sector="academia"
)
ROOM = (ANNA, PETROV, TOM)


def found(
    text: str, consented: Mapping[str, Attribution], people: tuple[Participant, ...] = ROOM
) -> list[tuple[str, str, str]]:
    """What is found: the text as typed, whose, how severe."""
    return [(text[one.start : one.end], one.participant, one.severity) for one in find_leaks(text, people, consented)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We heard Anna Ingram.", []),
        ("Anna Ingram agreed.", []),
        ("Anna asked.", [("Anna", "p", "block")]),
        ("Ingram said no.", [("Ingram", "t", "block")]),
        ("Anna asked Anna Ingram.", [("Anna", "p", "block")]),
        ("We heard Anna Ingram, then Anna.", [("Anna", "p", "block")]),
        ("We heard Anna Ingram, then Ingram.", [("Ingram", "t", "block")]),
        ("Anna Petrov agreed.", [("Anna Petrov", "p", "block")]),
        ("Tom Ingram agreed.", [("Tom Ingram", "t", "block")]),
        ("The Halcyon Trust agreed with Petrov.", [("Petrov", "p", "block")]),
        (
            "Anna Ingram thanked Anna Petrov and Tom Ingram.",
            [("Anna Petrov", "p", "block"), ("Tom Ingram", "t", "block")],
        ),
    ],
)
def test_a_name_that_may_stand_hides_its_own_words_and_nobody_elses(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    """R2: Anna Ingram agreed to be named; the Anna and the Ingram beside her did not."""
    assert found(text, {"i": NAME}) == expected


def test_nobody_is_hidden_by_a_name_that_may_not_stand() -> None:
    assert found("Petrov asked Tom.", {}) == [("Petrov", "p", "block"), ("Tom", "t", "block")]
    assert found("Tom asked.", {"p": NAME}) == [("Tom", "t", "block")]


@pytest.mark.parametrize(
    ("key", "level", "whose"),
    [
        ("p", NAME, ["i"]),
        ("i", NAME, ["p"]),
        ("p", ORGANISATION, ["p", "i"]),
        ("p", NONE, ["p", "i"]),
        ("t", NAME, ["p", "i"]),
    ],
)
def test_who_may_be_named_may_say_what_they_are(key: str, level: Attribution, whose: list[str]) -> None:
    """R2: each of two who speak of their jobs needs consent of their own, the first as much as the last."""
    text = "In my role as a lecturer. In my role as a trustee. In my role as a lecturer."
    expected = [("In my role as a lecturer", "p", "ask"), ("In my role as a trustee", "i", "ask")]
    expected.append(expected[0])
    assert found(text, {key: level}) == [one for one in expected if one[1] in whose]


@pytest.mark.parametrize(
    ("text", "people", "whose"),
    [
        ("In my role as a lecturer I see this.", ROOM, "p"),
        ("In my role as a lecturer I see this.", (PETROV, BRANDT), ""),
        ("My team agrees.", ROOM, ""),
        ("My team agrees.", (ANNA,), ""),
        ("A lecturer's view. My trust's team agrees.", ROOM, "i"),
        ("Lecturers at Westhaven heard it at my trust.", ROOM, "i"),
    ],
)
def test_a_speaker_is_who_alone_fits_the_words(text: str, people: tuple[Participant, ...], whose: str) -> None:
    """Nobody where nobody fits, nor where two do."""
    spoken = [one for one in find_leaks(text, people) if one.kind == "self_reference"]
    assert [one.participant for one in spoken] == [whose]


@pytest.mark.parametrize("level", [NONE, SECTOR, ORGANISATION])
def test_a_job_needs_consent_to_the_name(level: Attribution) -> None:
    """A job title tells who it was; another with the same title may have agreed."""
    assert found("Our surveyor said no.", {"t": level}) == [("surveyor", "t", "ask")]
    assert found("Our surveyor said no.", {"t": NAME}) == []
    second = Participant(key="s", name="Sofia Lindqvist", organisation="Tidewater", role="Surveyor", sector="transport")
    assert found("Our surveyor said no.", {"s": NAME}, (TOM, second)) == []
    assert found("Our surveyor said no.", {"s": ORGANISATION}, (TOM, second)) == [("surveyor", "t", "ask")]


def test_a_sector_passes_with_the_consent_of_any_of_it() -> None:
    """R4 with R2: the sector of one is shown when they agreed to that or to more, and nobody else's with it."""
    text = "Someone from academia spoke, and someone from housing."
    assert [place for place, *_ in found(text, {})] == ["academia", "housing"]
    assert [place for place, *_ in found(text, {"p": SECTOR})] == ["housing"]
    assert [place for place, *_ in found(text, {"l": SECTOR}, (PETROV, BRANDT, TOM))] == ["housing"]
    assert [place for place, *_ in found(text, {"p": NONE, "t": SECTOR})] == ["academia"]
    assert found(text, {"p": SECTOR, "t": NAME}) == []


def body(key: str, name: str, organisation: str) -> Participant:
    return Participant(key=key, name=name, organisation=organisation)


def test_a_body_that_may_stand_hides_a_shorter_name_in_it_and_no_other_that_begins_or_ends_there() -> None:
    """R3: consent to Halcyon Trust is none to Trust Lantern, though one word is in both."""
    whole, part = body("a", "Noor Aziz", "Tidewater Northwell"), body("b", "Lena Quist", "Tidewater")
    assert found("We met at Tidewater Northwell.", {}, (whole, part))[1] == ("Tidewater", "b", "ask")
    assert found("We met at Tidewater Northwell.", {"a": ORGANISATION}, (whole, part)) == []
    after, before = body("e", "Lena Quist", "Trust Lantern"), body("f", "Tom Abbot", "Lantern Halcyon")
    people = (body("c", "Noor Aziz", "Halcyon Trust"), after, before)
    assert found("At Halcyon Trust Lantern.", {"c": ORGANISATION}, people) == [("Trust Lantern", "e", "block")]
    assert found("At Lantern Halcyon Trust.", {"c": ORGANISATION}, people) == [("Lantern Halcyon", "f", "block")]


def test_a_block_inside_what_is_only_asked_about_stands_for_both() -> None:
    """One finding a place and person, as severe as the worst of them."""
    officer = Participant(key="d", name="Dana Reyes", organisation="Tidewater", role="Data Protection Officer")
    text = "Speaking as the data protection officer, I agree."
    assert found(text, {}, (officer,)) == [("data protection officer", "d", "block")]
