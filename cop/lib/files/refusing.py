"""Why a file that somebody sends is not kept."""

from enum import StrEnum


class Why(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too large"
    OTHER_KIND = "other kind"
    OFFICE = "office"
    LOCKED = "locked"
    BROKEN = "broken"
    BUSY = "busy"


class Refused(Exception):
    """This file is not kept, and `why`."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why
