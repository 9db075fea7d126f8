import pytest

from events.formats.unnamed import without_names

NAMES = {"Ana Prieto", "Ana Prieto Cruz", "C++ Smith"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("We hear Ana Prieto on juries.", "We hear X on juries."),
        ("We hear [Ana Prieto](https://prieto.example) on juries.", "We hear X on juries."),
        ("We hear [**ana  prieto**](https://prieto.example).", "We hear X."),
        ("We hear **Ana Prieto Cruz**.", "We hear X."),
        ("With Ana\nPrieto.", "With X."),
        ("* [Ana Prieto](x), Chair at Some Body, on ‘Juries’\n* Bo Li, on ‘Trams’\n", "* Bo Li, on ‘Trams’\n"),
        ("1. Ana Prieto, Chair\n", ""),
        ("Thanks, C++ Smith!", "Thanks, X!"),
        ("Banana Prietos and Ana Prietova", "Banana Prietos and Ana Prietova"),
        ("", ""),
    ],
)
def test_name_goes_with_its_link_and_a_line_of_a_list_as_a_whole(text: str, left: str) -> None:
    """B45: a text that was written before somebody took their name back."""
    assert without_names(text, NAMES, instead="X") == left


def test_without_names_to_leave_out_a_text_stays_byte_for_byte() -> None:
    assert without_names("a\r\n* b\r\n", set(), instead="X") == "a\r\n* b\r\n"
    assert without_names("a\r\n* b\r\n", {" ", "Ana"}, instead="X") == "a\r\n* b\r\n"
