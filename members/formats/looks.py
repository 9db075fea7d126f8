"""A network's look as a style sheet: our tokens, with other values."""

from dataclasses import dataclass
from hashlib import sha256

from members.rules.colours import DARK, LIGHT, Ground, nearest_passing, palette

SANS = "sans"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as #rrggbb, "" for ours; `headings` is "sans", or "" for the serif. Without `dark`, one is made that
    passes."""

    accent: str = ""
    dark: str = ""
    headings: str = ""

    @property
    def is_ours(self) -> bool:
        return self == Look()

    @property
    def version(self) -> str:
        """Another for another style sheet: 16 hexadecimal digits."""
        return sha256(as_style_sheet(self).encode()).hexdigest()[:16]


def as_style_sheet(look: Look) -> str:
    """CSS that sets the tokens anew. The colours must be #rrggbb: nothing else is let through to here."""
    lines = [":root { --serif: var(--sans); }"] if look.headings == SANS else []
    if look.accent:
        dark = look.dark or nearest_passing(look.accent, DARK)
        lines += [
            f":root {{ {_tokens(look.accent, LIGHT)} }}",
            f"@media (prefers-color-scheme: dark) {{ :root {{ {_tokens(dark, DARK)} }} }}",
            # For the page on which a look is chosen, which shows both at once.
            f".in-light {{ {_ground(LIGHT)} {_tokens(look.accent, LIGHT)} }}",
            f".in-dark {{ {_ground(DARK)} {_tokens(dark, DARK)} }}",
        ]
    return "\n".join(lines) + "\n"


def _tokens(accent: str, ground: Ground) -> str:
    made = palette(accent, ground)
    return (
        f"--accent: {made.accent}; --accent-strong: {made.strong}; --on-accent: {made.on}; --accent-wash: {made.wash};"
    )


def _ground(ground: Ground) -> str:
    return (
        f"--paper: {ground.paper}; --raised: {ground.raised}; --sunk: {ground.sunk}; --ink: {ground.ink}; "
        f"--ink-soft: {ground.ink_soft};"
    )
