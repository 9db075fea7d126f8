"""What came in goes out: byte for byte where nothing was changed, and nothing but the change where something was."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from events.formats.jekyll import UnreadableEventFile, Value, change_head, new_head, read, read_text, write
from tests.events.real_files import PATHS, needs_real_files

NAME = "2031-05-14-river-forum.md"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=60)
PIECES = st.sampled_from(
    """--- ^--- ^... ^---- ^title: A^title: 'B^topics:^  - x^\t- y^- z^date: 2031-05-14^dates: [2031-01-01, 2031-01-03]
    ^date: TBC^{{ site.url }}^{% if %}^a: &a [*a]^<<: {b: c}^? k^# c^[^]^(^)^{^}^"^'^*^**^<!--^-->^Our speakers were:
    ^* Wren Alder, Lead at Fen^We held the third meeting^14 May 2031 at 2pm^[x](https://youtu.be/a)^write-up^| ^>-
    ^!!python/none^é""".split("^")
    + ["\n", "\r\n", "\r", "\ufeff", "\x85", "\u2028", "---"] * 3
)
MESSES = st.lists(st.one_of(PIECES, TEXTS), max_size=30).map("".join)
FRONT_MATTER = st.dictionaries(
    st.from_regex(r"[a-z][a-z_-]{0,12}", fullmatch=True),
    st.one_of(TEXTS, st.lists(TEXTS, min_size=1).map(tuple)),
    max_size=5,
)


@given(MESSES)
def test_any_text_that_can_be_read_is_written_as_it_was(text: str) -> None:
    try:
        event_file = read(NAME, text.encode())
    except UnreadableEventFile:
        return
    assert write(event_file) == text
    assert read_text(NAME, write(event_file)) == event_file
    assert all(1 <= oddity.line <= len(text) + 1 for oddity in event_file.oddities)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_line(data: bytes) -> None:
    try:
        event_file = read(NAME, b"---\ntitle: T\n" + data)
    except UnreadableEventFile as error:
        outcome = error.line
    else:
        outcome = 1 + len(event_file.oddities)
        assert write(event_file).encode() == b"---\ntitle: T\n" + data
    assert outcome >= 1


@given(FRONT_MATTER, TEXTS)
def test_a_new_head_reads_back_as_what_it_was_made_of(values: dict[str, Value], body: str) -> None:
    head = new_head(values)
    event_file = read_text(NAME, head + body)
    assert dict(event_file.front_matter) == values
    assert (event_file.head, event_file.body) == (head, body)


@given(MESSES, TEXTS, st.lists(TEXTS, min_size=1, max_size=3).map(tuple))
def test_a_change_changes_nothing_else(text: str, title: str, topics: tuple[str, ...]) -> None:
    try:
        before = read(NAME, text.encode())
    except UnreadableEventFile:
        return
    after = read_text(NAME, write(before, {"title": title, "topics": topics}))
    assert after.front_matter["title"] == title
    assert after.front_matter["topics"] == topics
    assert after.body == before.body
    others = {key: value for key, value in before.front_matter.items() if key not in {"title", "topics"}}
    assert {key: value for key, value in after.front_matter.items() if key not in {"title", "topics"}} == others


def test_change_head_keeps_comments_order_line_ends_and_unknown_keys() -> None:
    head = (
        "---\r\n# ours\r\nlayout: event\r\ntopics:\r\n  - A\r\ntitle: Old\r\ntopics:\r\n  - B\r\n"
        "add-background: true\r\n---\r\n"
    )
    assert change_head(head, {"topics": ("C",), "title": "New: one", "theme": "Fish"}) == (
        '---\r\n# ours\r\nlayout: event\r\ntitle: "New: one"\r\ntopics:\r\n  - C\r\nadd-background: true\r\n'
        "theme: Fish\r\n---\r\n"
    )


def test_change_head_empties_a_key() -> None:
    assert change_head("---\nlink: https://river.example/\n---\n", {"link": None}) == "---\nlink:\n---\n"


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("River", "River"),
        ("2031-05-14", "2031-05-14"),
        ("2031", '"2031"'),
        ("no", '"no"'),
        ("0:30", '"0:30"'),
        ("River: one", '"River: one"'),
        ("a [b", "a [b"),
        ("k ? {", "k ? {"),
        (" x", '" x"'),
        ("\x07\u2028\U0001f41f", '"\\x07\\u2028\\U0001F41F"'),
        (("a", ("b", None)), '["a", ["b", null]]'),
        ({"a": "b", "c": ("d",)}, '{"a": "b", "c": ["d"]}'),
    ],
)
def test_new_head_quotes_only_what_yaml_would_take_for_something_else(value: Value, line: str) -> None:
    head = new_head({"key": value})
    assert head == f"---\nkey: {line}\n---\n"
    assert read_text(NAME, head).front_matter["key"] == value


@needs_real_files
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_real_file_is_written_byte_for_byte(path: Path) -> None:
    data = path.read_bytes()
    event_file = read(path.name, data)
    assert write(event_file).encode() == data
    assert read(path.name, write(event_file).encode()) == event_file
