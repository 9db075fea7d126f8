"""What any text that people type is looked through for."""

# Unicode's controls of writing direction: they make a text look like another (threat 5).
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
