"""What has changed about a meeting since people were last told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What people are told of a meeting; the value is its name where it is kept, in the order of telling."""

    STATE = "state"
    WHEN = "when"
    PLACE = "place"
    LINK = "link"
    TITLE = "title"
    SUMMARY = "summary"
    AGENDA = "agenda"
    SPEAKERS = "speakers"


# Of these only a digest is kept: that they are others is said, and not which.
UNSAID = frozenset({Part.LINK, Part.SPEAKERS})
# What stands in people's calendars, besides the link, which our own address follows by itself.
IN_ENTRIES = frozenset({Part.STATE, Part.WHEN, Part.PLACE, Part.TITLE, Part.SUMMARY})


@dataclass(frozen=True, slots=True)
class Difference:
    """One part, as it was said and as it is; neither is said of what is kept as a digest."""

    part: Part
    before: str = ""
    now: str = ""

    @property
    def is_said(self) -> bool:
        return self.part not in UNSAID


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[Difference]:
    """The parts that differ, in the order of telling."""
    found = [part for part in Part if before.get(part.value, "") != now.get(part.value, "")]
    return [
        Difference(part) if part in UNSAID else Difference(part, before.get(part.value, ""), now.get(part.value, ""))
        for part in found
    ]
