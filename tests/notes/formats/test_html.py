"""A line's HTML as blocks and runs."""

from cop.lib.markdown import render_markdown
from notes.formats.html import blocks_of
from notes.formats.paper import Block, Run


def test_lists_quotations_and_manners_are_told_apart() -> None:
    html = "<p>A <q>word</q>,<br>a <strong>b <em>c</em></strong> <s>d</s></p><ol start='3'><li>e</li></ol>"
    item = Block("item", children=(Block("paragraph", (Run("e"),)),))
    assert blocks_of(html) == (
        Block(
            "paragraph",
            (
                Run("A “word”,\na "),
                Run("b ", bold=True),
                Run("c", bold=True, italic=True),
                Run(" "),
                Run("d", struck=True),
            ),
        ),
        Block("numbers", children=(item,), start=3),
    )


def test_what_is_left_open_is_closed_and_what_is_empty_is_nothing() -> None:
    item = Block("item", children=(Block("paragraph", (Run("a"),)),))
    assert blocks_of("<ul><li>a") == (Block("bullets", children=(item,)),)
    assert blocks_of("</li></b><ul></ul><p> <br></p><hr><ol start='x'><li>a</li></ol>") == (
        Block("numbers", children=(item,)),
    )


def test_only_links_that_lead_somewhere_are_links() -> None:
    text = "[a](https://example.org/a) [b](mailto:b@example.org) [c](/local)"
    assert blocks_of(render_markdown(text)) == (
        Block(
            "paragraph",
            (
                Run("a", link="https://example.org/a"),
                Run(" "),
                Run("b", link="mailto:b@example.org"),
                Run(" c"),
            ),
        ),
    )
