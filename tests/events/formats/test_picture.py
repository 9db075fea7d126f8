"""The share picture: the size that previews want, the words in it, and nothing that is typed read as code (B13)."""

from dataclasses import replace

import pytest

from events.formats.picture import HEIGHT, WIDTH, Card, draw

CARD = Card(
    network="Public voices",
    title="Juries and panels",
    weekday="Wednesday",
    day="14",
    month="January",
    year="2037",
    facts="2pm to 3:15pm, UK time · Online",
    promise="Under the Chatham House Rule",
    language="en-gb",
)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height, as the file's first chunk has them (PNG §11.2.1)."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


@pytest.mark.parametrize(
    "title",
    [
        "Juries",
        "Giving communities a powerful say in public sector data and AI projects",
        "W" * 300,
        "long words " * 27,
        "公众参与 και Ελλάδα ქართული",
        '#panic("no") $x$ \\ " *bold* `code` <a>',
        "",
    ],
)
def test_picture_has_its_size_whatever_the_title(title: str) -> None:
    drawn = draw(replace(CARD, title=title))
    assert size_of(drawn) == (WIDTH, HEIGHT) == (1200, 630)
    assert len(drawn) < 300_000


def test_same_words_are_the_same_picture_and_each_word_counts() -> None:
    first = draw(CARD)
    assert draw(replace(CARD)) == first
    others = [replace(CARD, **{name: "Cancelled"}) for name in ("network", "title", "day", "facts", "cancelled")]
    assert len({draw(one) for one in others} | {first}) == 6
    assert len({one.digest for one in others} | {CARD.digest}) == 6


def test_picture_names_no_program_and_no_time() -> None:
    """Nothing beside the picture: only the chunks that every PNG has, and how its colours are meant."""
    drawn, at, kinds = draw(CARD), 8, set()
    while at < len(drawn):
        kinds.add(drawn[at + 4 : at + 8])
        at += 12 + int.from_bytes(drawn[at : at + 4], "big")
    assert kinds <= {b"IHDR", b"IDAT", b"IEND", b"pHYs", b"sRGB", b"gAMA", b"cHRM"}
