"""A copy of our own comes back as headings and points: nothing printed around them, nobody who stood beside one."""

import pytest

from notes.formats.brought.files import read_notes
from notes.formats.markdown import write_markdown
from tests.notes.formats.samples import paper


def read(whole: bytes) -> list[tuple[int, str]]:
    return [(passage.heading, passage.words) for passage in read_notes(whole)]


def test_a_copy_comes_back_without_what_is_printed_around_its_points() -> None:
    whole = write_markdown(paper("Juries need **time**.\n\nAnd tea.", "— is a dash"))
    assert read(whole) == [
        (2, "Discussion"),
        (0, "Juries need time."),
        (0, "And tea."),
        (0, "&mdash; is a dash"),
        (2, "Any other business"),
    ]


def test_a_windows_copy_is_known_as_well() -> None:
    whole = write_markdown(paper("Juries need time.")).replace(b"\n", b"\r\n")
    assert read(whole) == [(2, "Discussion"), (0, "Juries need time."), (2, "Any other business")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Notes of meeting 4 \xc2\xb7 ", b""),
        (b"\n---\n", b"\n"),
        (b"\n---\n\nWednesday", b"\n---\n\nThursday"),
        (b"\n---\n\n", b"\n---\n\nA point that was added.\n\n"),
    ],
)
def test_notes_that_only_look_like_a_copy_lose_no_word(old: bytes, new: bytes) -> None:
    changed = write_markdown(paper("Juries need time.")).replace(old, new)
    assert {(1, "Juries & &lt;panels>"), (0, "Juries need time."), (0, "— Tove Berg, Fjord Forum")} <= set(
        read(changed)
    )
