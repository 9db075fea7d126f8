"""A network's own colour: whether it can be read on our paper, the nearest one that can, and the others that follow.

Contrast is WCAG 2.2's (1.4.3, and 1.4.11 for what is not text): 4.5 to 1 is AA for text of any size.
"""

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

AA = 4.5
# Where a network has no colours of its own; `static/css/tokens.css` has them too.
OURS, OURS_IN_DARK = "#14513a", "#93d1af"
_HEX = re.compile(r"#[0-9a-f]{6}")
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a colour lies on, as in `static/css/tokens.css`: light, or dark. `on` stands on the colour itself."""

    is_dark: bool
    paper: str
    raised: str
    sunk: str
    ink: str
    ink_soft: str
    on: str


LIGHT = Ground(False, "#faf7f0", "#fffdf9", "#f2ede1", "#1d1a15", "#4f4838", on="#fffdf9")
DARK = Ground(True, "#181612", "#221f19", "#110f0c", "#ece5d7", "#c2b8a4", on="#110f0c")


@dataclass(frozen=True, slots=True)
class Palette:
    """What is set in place of our green, each as #rrggbb."""

    accent: str
    strong: str
    on: str
    wash: str


def as_colour(said: str) -> str | None:
    """What somebody typed as #rrggbb in small letters, also where the # or every second digit is missing; else None."""
    bare = said.strip().lower().removeprefix("#")
    whole = "".join(digit * 2 for digit in bare) if len(bare) == 3 else bare
    return f"#{whole}" if _HEX.fullmatch(f"#{whole}") else None


def contrast(one: str, other: str) -> float:
    """Between 1 and 21, whichever of the two is lighter."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def palette(accent: str, ground: Ground) -> Palette:
    """The colours that go with `accent`: stronger under the pointer, a wash behind words, and what stands on it."""
    strong = _mixed(accent, ground.ink, 0.35)
    return Palette(accent, strong, ground.on, _mixed(accent, ground.paper, 0.88 if ground.is_dark else 0.9))


def least_contrast(accent: str, ground: Ground) -> float:
    """The least that occurs: the colour as words on each paper and on its own wash, and words upon the colour."""
    made = palette(accent, ground)
    grounds = (ground.paper, ground.raised, ground.sunk, made.wash, made.on)
    return min(*(contrast(accent, one) for one in grounds), contrast(ground.ink_soft, made.wash))


def passes(accent: str, ground: Ground) -> bool:
    return least_contrast(accent, ground) >= AA


def nearest_passing(accent: str, ground: Ground) -> str:
    """The same hue, as much darker as it takes on light paper, or lighter on dark paper."""
    hue, light, full = rgb_to_hls(*(part / 255 for part in _parts(accent)))
    for step in range(101):
        towards = light + (1 - light) * step / 100 if ground.is_dark else light * (1 - step / 100)
        red, green, blue = hls_to_rgb(hue, towards, full)
        tried = _hex((round(red * 255), round(green * 255), round(blue * 255)))
        if passes(tried, ground):
            return tried
    return ground.ink


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _mixed(one: str, other: str, share: float) -> str:
    """`one` with so great a share of `other`."""
    first, second = _parts(one), _parts(other)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return _hex((red, green, blue))


def _parts(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(parts: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*parts)
