"""A network's colour is held against our paper, and the nearest that can be read is found (B97)."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from members.formats.looks import Look, as_style_sheet
from members.rules.colours import (
    AA,
    DARK,
    LIGHT,
    OURS,
    OURS_IN_DARK,
    Ground,
    as_colour,
    contrast,
    least_contrast,
    nearest_passing,
    passes,
)

ROOT = Path(__file__).resolve().parents[3]
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_wcags() -> None:
    """The examples of WCAG 2.2's own understanding documents."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", "#777777") == 1


@pytest.mark.parametrize(("ground", "block"), [(LIGHT, 0), (DARK, 1)])
def test_grounds_are_the_style_sheets(ground: Ground, block: int) -> None:
    sheet = (ROOT / "static/css/tokens.css").read_text()
    part = sheet.split("@media (prefers-color-scheme: dark)")[block]
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part))
    said = {name: getattr(ground, name.replace("-", "_")) for name in ("paper", "raised", "sunk", "ink", "ink-soft")}
    assert {name: tokens[name] for name in said} == said
    assert tokens["accent"] == (OURS_IN_DARK if block else OURS)


def test_letters_have_our_green() -> None:
    assert OURS in (ROOT / "templates/emails/letters.css").read_text()


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#14513A", "#14513a"),
        (" 14513a ", "#14513a"),
        ("#0b8", "#00bb88"),
        ("green", None),
        ("", None),
        ("#14513a; }", None),
        ("#14513a\n", "#14513a"),
    ],
)
def test_a_colour_is_read_as_people_write_it(typed: str, colour: str | None) -> None:
    assert as_colour(typed) == colour


@pytest.mark.parametrize(
    ("colour", "ground", "nearest"),
    [
        ("#ff6600", LIGHT, "#b04600"),
        ("#0057b8", LIGHT, "#0057b8"),
        ("#0057b8", DARK, "#1e88ff"),
        ("#ffff00", LIGHT, "#6b6b00"),
        ("#ffff00", DARK, "#ffff00"),
    ],
)
def test_nearest_is_darker_on_light_and_lighter_on_dark(colour: str, ground: Ground, nearest: str) -> None:
    assert nearest_passing(colour, ground) == nearest


@settings(max_examples=25, deadline=None)
@given(colour=COLOURS, ground=st.sampled_from([LIGHT, DARK]))
def test_nearest_always_passes_and_what_passes_is_its_own_nearest(colour: str, ground: Ground) -> None:
    found = nearest_passing(colour, ground)
    assert least_contrast(found, ground) >= AA
    assert (found == colour) == passes(colour, ground)


@settings(max_examples=15, deadline=None)
@given(accent=COLOURS.filter(lambda one: passes(one, LIGHT)))
def test_every_pair_of_a_look_can_be_read(accent: str) -> None:
    """What the style sheet sets, read back from it: words on accent, accent on paper and on its wash, stronger too."""
    sheet = as_style_sheet(Look(accent))
    for ground, rule in ((LIGHT, ".in-light"), (DARK, ".in-dark")):
        set_to = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", next(x for x in sheet.splitlines() if rule in x)))
        for over, under in (
            ("accent", "paper"), ("accent", "raised"), ("accent", "sunk"), ("accent", "accent-wash"),
            ("on-accent", "accent"), ("ink", "accent-wash"), ("accent-strong", "paper"), ("on-accent", "accent-strong"),
        ):  # fmt: skip
            assert contrast(set_to[over], set_to[under]) >= AA, (rule, over, under)
        assert set_to["paper"] == ground.paper


def test_sheet_says_only_what_was_chosen() -> None:
    assert Look().is_ours
    assert as_style_sheet(Look()) == "\n"
    assert as_style_sheet(Look(headings="sans")) == ":root { --serif: var(--sans); }\n"
    assert Look("#0057b8").version != Look("#0057b9").version
    assert "#1e88ff" in as_style_sheet(Look("#0057b8"))
    assert "#88bbff" in as_style_sheet(Look("#0057b8", "#88bbff"))
