"""A copy of our own, as Markdown, that comes back: headings and points are read, and not what was printed around them.

It is known by its shape: a title, a line of facts, the Rule as a quotation, and the same facts again at the foot.
"""

import re

_HEAD = re.compile(r"# [^\n]+\n\n[^\n]+? · (?P<facts>[^\n]+)\n\n(?:>[^\n]*\n)*")
_FOOT = "\n\n---\n\n"
# Whoever stood beside a point agreed to that edition, and is asked again for another.
_ATTRIBUTION = re.compile(r"\n\n  — [^\n]*(?=\n\n(?:- |## )|\Z)")
# Outside of points there is only what says that nothing was noted.
_NOTHING = re.compile(r"^(?![-#] |## |\s)[^\n]+$", re.MULTILINE)


def without_what_is_printed_around(text: str) -> str:
    """`text` as it is, unless it is a copy of our own."""
    head = _HEAD.match(text)
    body, _, foot = text.rstrip().rpartition(_FOOT)
    if not head or "\n" in foot or not _bare(foot).startswith(_bare(head["facts"])):
        return text
    return _NOTHING.sub("", _ATTRIBUTION.sub("", body[head.end() :]))


def _bare(words: str) -> str:
    return words.replace("\\", "")
