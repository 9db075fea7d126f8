"""The picture that stands for a meeting where somebody shares a link to it (B13)."""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import typst

from members.rules.colours import OURS

WIDTH, HEIGHT = 1200, 630
_PAGE = Path(__file__).with_name("picture.typ")
# The page is 600 points wide.
_POINTS_PER_INCH, _PAGE_WIDTH = 72, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The words of the picture. `cancelled` is the word for it, "" while the meeting is on; `accent` is #rrggbb."""

    network: str
    title: str
    weekday: str
    day: str
    month: str
    year: str
    facts: str
    promise: str
    language: str
    cancelled: str = ""
    accent: str = OURS

    @property
    def digest(self) -> str:
        """Another for another picture, also where only the drawing has changed: 16 hexadecimal digits."""
        words = json.dumps(asdict(self)).encode()
        return sha256(_source() + words).hexdigest()[:16]


def draw(card: Card) -> bytes:
    """`card` as a PNG of 1200 by 630 pixels. The words go in as data, so none is read as Typst's code.

    The machine's own fonts are looked at only for letters that those within Typst may not have.
    """
    words = {**asdict(card), "language": card.language.partition("-")[0]}
    ours = all(ord(letter) < 0x530 or 0x1E00 <= ord(letter) < 0x2070 for letter in "".join(words.values()))
    return typst.compile(
        _source(),
        sys_inputs={"card": json.dumps(words)},
        format="png",
        ppi=_POINTS_PER_INCH * WIDTH / _PAGE_WIDTH,
        ignore_system_fonts=ours,
    )


@lru_cache(maxsize=1)
def _source() -> bytes:
    return _PAGE.read_bytes()
