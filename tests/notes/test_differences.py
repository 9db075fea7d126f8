"""How the review compares what was typed with what is read."""

from dataclasses import FrozenInstanceError

import pytest

from notes.rules.differences import Piece, cut_at, unread


@pytest.mark.parametrize(
    ("typed", "read", "pieces"),
    [
        ("", "", []),
        ("Juries need time.", "Juries need time.\n", [Piece("Juries need time.")]),
        ("One\ntwo.", "One two.", [Piece("One\ntwo.")]),
        (
            "Panels **cost** less.",
            "Panels cost less.",
            [Piece("Panels "), Piece("**", "gone"), Piece("cost"), Piece("**", "gone"), Piece(" less.")],
        ),
        ("{{x}} Yes.", "Yes.", [Piece("{{x}}", "gone"), Piece(" Yes.")]),
        ("Gone.", "", [Piece("Gone.", "gone")]),
        ("a\na a", "a a a", [Piece("a\na a")]),
        ("**so** " * 150, "so " * 150, [Piece("**", "gone"), Piece("so"), Piece("**", "gone"), Piece(" ")] * 150),
    ],
)  # fmt: skip
def test_what_is_not_read_is_marked(typed: str, read: str, pieces: list[Piece]) -> None:
    assert unread(typed, read) == pieces
    assert "".join(piece.text for piece in pieces) == typed


def test_a_text_is_cut_at_its_marks_and_the_first_of_two_that_overlap_stays() -> None:
    marks = [(12, 17, "ask"), (3, 7, "block"), (5, 9, "ask")]
    assert cut_at("As Mira and Cai say.", marks) == [
        Piece("As "),
        Piece("Mira", "block"),
        Piece(" and "),
        Piece("Cai s", "ask"),
        Piece("ay."),
    ]
    assert cut_at("Plain.", []) == [Piece("Plain.")]
    assert cut_at("", []) == []


def test_marks_that_touch_or_begin_the_text_all_stay() -> None:
    assert cut_at("Mira Cai", [(0, 4, "block"), (4, 5, "gone"), (5, 8, "ask")]) == [
        Piece("Mira", "block"),
        Piece(" ", "gone"),
        Piece("Cai", "ask"),
    ]


def test_a_piece_does_not_change() -> None:
    piece = Piece("Mira")
    assert piece.kind == ""
    assert not hasattr(piece, "__dict__")
    with pytest.raises(FrozenInstanceError):
        piece.text = "Cai"  # type: ignore[misc]  # what is tried here
