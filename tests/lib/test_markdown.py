"""Markdown on pages: what is allowed, what is taken away, and that no text takes long."""

import html as entities
import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings, strategies as st

from cop.lib.markdown import (
    BLOCKS,
    DEEPEST_NESTING,
    LONGEST_TEXT,
    MOST_OPENINGS_A_PARAGRAPH,
    TABLES,
    WORDS,
    as_markdown,
    render_markdown,
    with_room_for_lists,
    without_liquid,
)

REL = 'rel="nofollow noopener"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Bold** and *not*", "<p><strong>Bold</strong> and <em>not</em></p>"),
        ("[words](https://a.example/x)", f'<p><a href="https://a.example/x" {REL}>words</a></p>'),
        ("<https://a.example>", f'<p><a href="https://a.example" {REL}>https://a.example</a></p>'),
        ("[words]((https://a.example/x))", f'<p><a href="https://a.example/x" {REL}>words</a></p>'),
        ("[mail](mailto:a@b.example)", f'<p><a href="mailto:a@b.example" {REL}>mail</a></p>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("    set in", "<p>set in</p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_html(text: str, html: str) -> None:
    assert render_markdown(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script>after", "<p>after</p>"),
        ("<style>p{}</style>after", "<p>after</p>"),
        ('<iframe src="https://video.example/embed">x</iframe>after', "<p>after</p>"),
        ('<b onclick="x()" style="color:red" class="y" id="z">kept</b>', "<p><b>kept</b></p>"),
        ("<div>words</div>", "words"),
        ("[x](javascript:alert(1))", f"<p><a {REL}>x</a></p>"),
        ("[x](data:text/html,1)", f"<p><a {REL}>x</a></p>"),
        ('<a href="JaVaScRiPt:x">x</a>', f"<p><a {REL}>x</a></p>"),
        ('<form action="/p/"><input name="a">words</form>', "words"),
        ("before<!-- a comment -->after", "<p>beforeafter</p>"),
    ],
)
def test_markdown_lets_through_only_what_is_allowed(text: str, html: str) -> None:
    assert render_markdown(text).replace("\n", "") == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "![A crowd](https://pictures.example/a.png)",
            f'<p><a href="https://pictures.example/a.png" {REL}>Picture: A crowd</a></p>',
        ),
        ("![](/assets/a.png)", "<p><em>Picture: without a description</em></p>"),
        (
            "[![Report](https://p.example/a.png)](https://a.example)",
            f'<p><a href="https://a.example" {REL}><em>Picture: Report</em></a></p>',
        ),
        ('<img src="https://pixel.example/t.gif">words', "<p>words</p>"),
    ],
)
def test_a_picture_is_never_fetched_and_becomes_words(text: str, html: str) -> None:
    """B9: the page makes no request to another host."""
    assert render_markdown(text) == html


def test_a_bare_address_becomes_a_link_without_its_full_stop() -> None:
    found = render_markdown("See https://a.example/b_c_d?x=1&y=2, or [https://b.example](https://c.example).")
    assert found == (
        f'<p>See <a href="https://a.example/b_c_d?x=1&amp;y=2" {REL}>https://a.example/b_c_d?x=1&amp;y=2</a>, '
        f'or <a href="https://c.example" {REL}>https://b.example</a>.</p>'
    )


@pytest.mark.parametrize(
    ("text", "top_heading", "html"),
    [
        ("# One\n\n## Two", 2, "<h2>One</h2>\n<h3>Two</h3>"),
        ("### Low\n\n#### Lower", 3, "<h3>Low</h3>\n<h4>Lower</h4>"),
        ("# One\n\n###### Six", 4, "<h4>One</h4>\n<h6>Six</h6>"),
        ("<h1>Raw</h1>", 2, "<h2>Raw</h2>"),
    ],
)
def test_headings_stand_below_the_pages_own(text: str, top_heading: int, html: str) -> None:
    assert render_markdown(text, top_heading=top_heading) == html


def test_liquid_is_taken_away() -> None:
    text = "[a]({{ site.baseurl }}/b) {% include x.html %}\n<!--more-->\n{: .wide}\nend {{ page.url }}"
    assert without_liquid(text) == "[a](/b) \n\n\nend "


def test_liquid_that_is_not_closed_stays() -> None:
    assert without_liquid("{{ open\n{% open") == "{{ open\n{% open"


@pytest.mark.parametrize(
    ("text", "roomy"),
    [
        ("Speakers:\n* A\n* B", "Speakers:\n\n* A\n* B"),
        ("Steps:\n1. A\n2. B", "Steps:\n\n1. A\n2. B"),
        ("* A\n  more of A\n* B", "* A\n  more of A\n* B"),
        ("```\ncode\n* not a list\n```\nText\n- A", "```\ncode\n* not a list\n```\nText\n\n- A"),
        ("* A\n\n* B", "* A\n\n* B"),
    ],
)
def test_a_list_may_follow_its_sentence_directly(text: str, roomy: str) -> None:
    assert with_room_for_lists(text) == roomy


def test_a_list_within_a_list_may_be_set_in_by_two_spaces() -> None:
    html = render_markdown("* A\n  * B\n* C")
    assert html.replace("\n", "") == "<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>"


@pytest.mark.parametrize(
    "text",
    [
        "a" * (LONGEST_TEXT + 1),
        "[" * (MOST_OPENINGS_A_PARAGRAPH + 1),
        "> " * DEEPEST_NESTING + "deep",
        "\n\n".join(["*" * 200] * 21),
    ],
)
def test_a_text_nobody_would_write_is_shown_as_it_was_typed(text: str) -> None:
    assert render_markdown(text) == f"<p>{text.replace('>', '&gt;')}</p>"


@pytest.mark.parametrize(
    "part", ["[", "[a](", "![", "*a **b ", "`", "<a ", "<!--", "\n", "- a\n", "\\", "> a\n", "| a "]
)
@pytest.mark.parametrize("paragraph", [200, 10**6])
def test_no_text_takes_long(part: str, paragraph: int) -> None:
    """Ten seconds would be a way to bring the site down; the slowest takes about one on a slow machine."""
    line = (part * paragraph)[: min(paragraph, LONGEST_TEXT)]
    text = "\n\n".join([line] * (LONGEST_TEXT // (len(line) + 2)))
    began = time.process_time()
    render_markdown(text)
    assert time.process_time() - began < 10


class Seen(HTMLParser):
    """The tags and attributes of a page, as a browser would meet them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}


@given(st.text(alphabet="ab[]()<>!*_`#&\\\"' \n\t-+=|:/.{}%1", max_size=120))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_only_allowed_tags_come_out(text: str) -> None:
    seen = Seen(render_markdown(f"{text}<img src=x onerror=y><script>z</script>{text}"))
    assert seen.tags <= WORDS | BLOCKS | TABLES
    assert seen.attributes <= {"href", "title", "start", "rel"}


@given(st.text(alphabet="ab1 *_`[](){}<>&#!|~+-.:%\\\"'/=^$;", min_size=1).map(lambda text: " ".join(text.split())))
@settings(max_examples=300)
def test_plain_text_reads_as_it_was_typed_behind_other_words(text: str) -> None:
    shown = render_markdown(f"Question: {as_markdown(text)}")
    inner = re.fullmatch(r"<p>(.*)</p>", shown)
    assert inner is not None
    assert "<" not in inner[1]
    assert entities.unescape(inner[1]).strip() == f"Question: {text}".strip()
