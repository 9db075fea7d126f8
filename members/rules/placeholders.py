"""Places in a text that are filled in for each reader: `{name}`."""

import re
from collections.abc import Collection, Mapping

_PLACE = re.compile(r"\{([^{}]*)\}")


def broken_places(text: str, known: Collection[str]) -> list[str]:
    """Sentences that say which places of `text` cannot be filled in, and what can be written there; none if all can."""
    offered = " or ".join(f"{{{word}}}" for word in known)
    unknown = dict.fromkeys(word for word in _PLACE.findall(text) if word not in known)
    said = [f"There is nothing to put in the place of {{{word}}}. You can write {offered}." for word in unknown]
    left = _PLACE.sub("", text)
    if "{" in left:
        said.append(f"A {{ has no }} after it. A place to be filled in looks like {offered}.")
    elif "}" in left:
        said.append(f"A }} has no {{ before it. A place to be filled in looks like {offered}.")
    return said


def fill_places(text: str, values: Mapping[str, str]) -> str:
    """`text` with each place filled in; a word that `values` does not know stays as it stands."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)
