"""Copies as Markdown: what comes back through our own renderer is what the page says."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from cop.lib.markdown import render_markdown
from notes.formats.html import blocks_of
from notes.formats.markdown import write_markdown
from notes.formats.paper import Block, Paper, Part, Point
from tests.notes.formats.samples import HARD, RULE, paper, point


def words_of(blocks: tuple[Block, ...]) -> str:
    return " ".join(f"{block.text} {words_of(block.children)}" for block in blocks)


def folded(text: str) -> str:
    return "".join(re.sub(r"[\s|\u00a0]+", "", text))


def only(made: Point) -> Paper:
    return replace(paper(), parts=(Part("Discussion", (made,)),))


def test_a_copy_reads_as_notes() -> None:
    whole = write_markdown(
        paper("Juries need **time**.\n\n- one evening\n- one day", "See https://example.org/juries.")
    )
    assert whole.decode() == (
        "# Juries & &lt;panels>\n\n"
        "Notes of meeting 4 · Wednesday 14 January 2037 · Edition 2 · For members of Public voices\n\n"
        "> This network meets under the Chatham House Rule.\n> Nothing confidential is written down.\n\n"
        "## Discussion\n\n"
        "- Juries need **time**.\n\n  - one evening\n\n  - one day\n\n  — Tove Berg, Fjord Forum\n\n"
        "- See <https://example.org/juries>.\n\n"
        "## Any other business\n\n"
        "Nothing was noted here.\n\n"
        "---\n\n"
        "Wednesday 14 January 2037 · Edition 2 · For members of Public voices\n"
    )
    assert RULE.splitlines()[0] in whole.decode()


@pytest.mark.parametrize("text", HARD)
def test_hard_words_come_back_as_they_were(text: str) -> None:
    if not point(text).blocks:
        return
    assert round_trip(text) == folded(words_of(blocks_of(render_markdown(text))))


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.one_of(st.sampled_from("ab 1.\n-*_`#>[]()<&~+|\\!\"'{}:/x"), st.characters(exclude_categories=["Cs"])),
        max_size=60,
    )
)
def test_any_words_come_back_as_they_were(text: str) -> None:
    assert round_trip(text) == folded(words_of(blocks_of(render_markdown(text))))


def round_trip(text: str) -> str:
    """The words of one point after a copy of it went through our renderer again."""
    whole = write_markdown(only(point(text))).decode()
    shown = folded(words_of(blocks_of(render_markdown(whole))))
    return shown.partition("Discussion")[2].removesuffix(folded(paper().foot))
