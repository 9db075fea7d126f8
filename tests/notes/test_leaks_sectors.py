"""R4 in the leak check: which sectors are too small to be named, and by which words they are known."""

from dataclasses import replace

import pytest

from notes.rules.leaks import find_leaks
from notes.rules.vocabulary import Attribution, Participant


def person(key: str, sector: str, organisation: str) -> Participant:
    names = {"a": "Tamar Beridze", "b": "Nuwan Jayawardena", "c": "Arben Krasniqi", "d": "Stoyan Dimitrov"}
    return Participant(key=key, name=names[key], organisation=organisation, sector=sector)


LECTURERS = (
    person("a", "academia", "Westhaven"),
    person("b", "Higher Education", "Tidewater"),
    person("c", "research", "Westhaven"),
)


def found(text: str, people: tuple[Participant, ...]) -> list[tuple[str, str, str]]:
    return [(text[one.start : one.end], one.participant, one.severity) for one in find_leaks(text, people)]


def test_three_of_two_organisations_are_enough_whatever_each_calls_their_sector() -> None:
    assert found("Somebody from academia came, and people from research.", LECTURERS) == []


@pytest.mark.parametrize(
    "people",
    [
        LECTURERS[:2],
        (LECTURERS[0], LECTURERS[2], replace(LECTURERS[1], organisation="westhaven")),
        (*LECTURERS[:2], replace(LECTURERS[2], attended=False)),
        (*LECTURERS[:2], replace(LECTURERS[2], confirmed=False)),
        (*LECTURERS[:2], replace(LECTURERS[2], sector="police")),
    ],
    ids=["two", "one organisation", "one away", "one not confirmed", "one of another sector"],
)
def test_fewer_or_all_of_one_organisation_are_too_few(people: tuple[Participant, ...]) -> None:
    assert found("Somebody from academia came.", people) == [("academia", "a", "block")]
    assert found("Somebody from research came.", people) == [("research", "a", "block")]


def test_a_fourth_who_stayed_away_takes_nothing_from_three_who_came() -> None:
    away = replace(person("d", "academia", "Halcyon"), attended=False)
    assert found("Somebody from academia came.", (*LECTURERS, away)) == []


def test_a_sector_of_nobody_is_not_looked_for() -> None:
    assert found("Somebody from housing came, and one from the police.", (person("a", "", "Westhaven"),)) == []


@pytest.mark.parametrize(
    ("sector", "text", "place"),
    [
        ("health and social care", "Somebody from social care came.", "social care"),
        ("health and social care", "Somebody from the NHS came.", "NHS"),
        ("health & social care", "Our surgeons said no.", "surgeons"),
        ("health, housing", "Somebody from housing came.", "housing"),
        ("housing/health", "Our landlord said no.", "landlord"),
        ("police", "Our detective said no.", "detective"),
        ("police", "Our police officers said no.", "police officers"),
        ("police", "Our policewoman said no.", "policewoman"),
        ("beekeeping", "Somebody from beekeeping came.", "beekeeping"),
    ],
)
def test_a_sector_is_known_by_its_words_and_its_people(sector: str, text: str, place: str) -> None:
    assert [one[0] for one in found(text, (person("a", sector, "Westhaven"),)) if one[1]] == [place]


@pytest.mark.parametrize("text", ["Somebody from rock and roll came.", "Somebody from rock came."])
def test_the_halves_of_a_compound_are_sectors_only_where_they_are_known(text: str) -> None:
    assert found(text, (person("a", "rock and roll", "Westhaven"),)) == (
        [("rock and roll", "a", "block")] if "roll" in text else []
    )


def test_half_of_a_compound_passes_where_that_sector_is_large_enough_itself() -> None:
    """Three nurses hide who was there for health; nobody but one was there for social care."""
    nurses = tuple(replace(one, sector="health") for one in LECTURERS)
    both = person("d", "health and social care", "Halcyon")
    assert found("Somebody from health came.", (*nurses, both)) == []
    assert found("Somebody from social care came.", (*nurses, both)) == [("social care", "d", "block")]


def test_who_may_be_said_to_be_of_a_sector_may_be_called_by_its_trade() -> None:
    officers = (person("a", "police", "Westhaven"), person("b", "police", "Tidewater"))
    assert found("Our detective said no.", officers) == [("detective", "a", "ask")]
    for key, level in (("a", Attribution.SECTOR), ("b", Attribution.SECTOR), ("b", Attribution.NAME)):
        assert find_leaks("Our detective said no.", officers, {key: level}) == []
    assert len(find_leaks("Our detective said no.", officers, {"a": Attribution.NONE})) == 1
