"""A text without somebody's name: for people who do not want to stand on a page that was written before."""

import re
from collections.abc import Collection

_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")


def without_names(text: str, names: Collection[str], *, instead: str) -> str:
    """Markdown without these names. A line of a list that has one goes as a whole: it says role and office as well.

    Elsewhere `instead` takes the name's place, and its link goes with it. What else a sentence gives away it cannot
    know. Raises nothing; a text without any of the names comes back as it is.
    """
    known = [_pattern(name) for name in names if name.strip()]
    if not known:
        return text
    # The longest first: of "Ana Prieto Cruz" nothing is to stay behind.
    name = "|".join(sorted(known, key=len, reverse=True))
    found = re.compile(rf"\[[*_]*(?:{name})[*_]*\]\([^()\n]*\)|[*_]{{1,3}}(?:{name})[*_]{{1,3}}|{name}", re.IGNORECASE)
    if not found.search(text):
        return text
    kept = (line for line in text.splitlines(keepends=True) if not (_LIST_ITEM.match(line) and found.search(line)))
    return found.sub(instead, "".join(kept))


def _pattern(name: str) -> str:
    return r"(?<!\w)" + r"\s+".join(re.escape(word) for word in name.split()) + r"(?!\w)"
