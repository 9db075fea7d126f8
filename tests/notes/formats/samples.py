"""A copy with something of everything, and the hardest things people type."""

from cop.lib.markdown import render_markdown
from notes.formats.html import blocks_of
from notes.formats.paper import Paper, Part, Point

RULE = "This network meets under the Chatham House Rule.\nNothing confidential is written down."
HARD = [
    '# read("/etc/passwd") #include \\ $x$ @ref <label> `#eval` #let x = 1',
    'Say #image("/etc/hostname") #sys.inputs *bold* _under_ ~~gone~~',
    "A bell \x07 and an escape \x1b in \x0b words \ufffe with \x85 controls",
    "عربي and עברית between words",
    "Emoji 👩🏽‍🔬🏳️‍🌈 and 漢字かな交じり文",
    "W" * 4_000,
    "x " * 2_400,
    f"[words](https://example.org/{'long' * 900})",
    "]]>&amp;&lt;script&gt; <script>alert(1)</script> &#0; &#xD800; <!-- seen? -->",
    "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(19)),
    "".join(f"{'> ' * depth}level {depth}\n\n" for depth in range(1, 19)),
    "| a | b |\n|---|---|\n| c | d |\n",
    "```\nwhile True:\n    ````\n```",
    "99999. a list that begins late\n100000. goes on",
    "{{ liquid }} {% include x %} words",
    "\u202eright to left\u202c",
    " ",
    "&",
]


def point(text: str, attribution: str = "") -> Point:
    return Point(blocks_of(render_markdown(text)), attribution)


def paper(*texts: str, title: str = "Juries & <panels>") -> Paper:
    points = tuple(point(text, "Tove Berg, Fjord Forum" if place == 0 else "") for place, text in enumerate(texts))
    return Paper(
        over="Notes of meeting 4",
        title=title,
        facts=("Wednesday 14 January 2037", "Edition 2", "For members of Public voices"),
        rule=RULE,
        parts=(Part("Discussion", points), Part("Any other business", ())),
        nothing="Nothing was noted here.",
        incomplete="This file cannot show every letter.",
        foot="Wednesday 14 January 2037 · Edition 2 · For members of Public voices",
    )
