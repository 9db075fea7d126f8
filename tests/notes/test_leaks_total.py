"""The leak check answers for any text and any roster, stays inside the text, and takes time in proportion to it."""

import time

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from notes.rules.leaks import find_leaks
from notes.rules.vocabulary import Attribution, Participant

TEXT = st.text(max_size=300)
NAMING = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "Anna Ingram",
            "Nguyễn Thị Linh",
            "Kim Min-jun",
            "O'Neill",
            "(ONS)",
            ",",
            "'",
            "李娜",
            "محمد",
            "a@b.example",
            "Will",
        ]
    ),
)
PEOPLE = st.lists(
    st.builds(
        Participant,
        key=st.text(max_size=5),
        name=NAMING,
        organisation=NAMING,
        role=NAMING,
        sector=NAMING,
        email=NAMING,
        aliases=st.lists(NAMING, max_size=2).map(tuple),
        attended=st.booleans(),
    ),
    max_size=4,
)
PIECES = st.lists(
    st.one_of(
        TEXT,
        NAMING,
        st.sampled_from(
            [
                "**",
                "<!--",
                "-->",
                "<b",
                "](",
                "[",
                "&#65;",
                "%41",
                "\\",
                "\u202e",
                "\u200b",
                "\n",
                "-\n",
                "@",
                "#",
                " I ",
                "my team ",
            ]
        ),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=PIECES, people=PEOPLE, level=st.sampled_from(Attribution))
def test_any_text_has_an_answer_inside_it(text: str, people: list[Participant], level: Attribution) -> None:
    keys = {one.key for one in people} | {""}
    for finding in find_leaks(text, people, {one.key: level for one in people[:2]}):
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.participant in keys
        assert finding.severity in ("block", "ask")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=PIECES, people=PEOPLE)
def test_the_answer_is_the_same_each_time(text: str, people: list[Participant]) -> None:
    assert find_leaks(text, people) == find_leaks(text, tuple(people))


@pytest.mark.parametrize("name", ["Anna '", "Anna ''", "' Anna", "Anna ´ '", "Anna .'"])
def test_a_sign_that_stands_for_a_word_is_no_part_of_a_name(name: str) -> None:
    """Whoever registers may type anything as a name; with it the check still answers, and finds the rest of it."""
    (found,) = find_leaks("We thank Anna for this.", [Participant(key="a", name=name)])
    assert (found.start, found.end, found.participant) == (9, 13, "a")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=TEXT, after=TEXT)
def test_a_full_name_is_found_in_any_surroundings(before: str, after: str) -> None:
    text = f"{before}\n\nWanjiru Kowalczyk\n\n{after}"
    assert find_leaks(text, [Participant(key="k", name="Wanjiru Kowalczyk")]) != []


def test_hostile_text_takes_time_in_proportion() -> None:
    """Unclosed markup is where scanners turn quadratic: four times the text may cost at most about eight times."""
    people = [
        Participant(key="a", name="Anna Ingram", organisation="University of Leeds", role="Lecturer", sector="academia")
    ]
    for piece in (
        "[",
        "](",
        "<!--",
        "<a ",
        "&amp;",
        "%25",
        "\\",
        "a ",
        "\u202e",
        "(",
        "'",
        "-\n",
        "I am ",
        "as a ",
        "An",
        "й",
    ):
        costs = [_seconds(piece * (count // len(piece)), people) for count in (20_000, 80_000)]
        assert costs[1] < max(8 * costs[0], 0.4), piece


def _seconds(text: str, people: list[Participant]) -> float:
    begun = time.process_time()
    find_leaks(text, people)
    return time.process_time() - begun
