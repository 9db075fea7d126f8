"""What becomes of somebody on a list that is brought in. Nobody who left comes back by it; nobody here is changed."""

from enum import StrEnum

from members.formats.people import Standing


class Outcome(StrEnum):
    """One for each person on the list."""

    NEW = "new"
    MEMBER = "member"  # here already, in whatever state
    LEFT = "left"  # was here, and left or was turned down
    KEPT_OFF = "kept-off"  # asked not to be written to, here or by an earlier list
    NEVER = "never"  # is on the list and never asked for letters
    REPEATED = "repeated"  # stands further up in the same files
    UNSUBSCRIBED = "unsubscribed"  # is kept off from now on
    CLEANED = "cleaned"  # the same, because mail to them came back


def outcome(standing: Standing, *, state: str, is_kept_off: bool) -> Outcome:
    """What becomes of somebody whom the list says `standing` of.

    `state` is that of their membership here, empty where they have none; a closed account counts as "left".
    """
    if standing == Standing.UNSUBSCRIBED:
        return Outcome.UNSUBSCRIBED
    if standing == Standing.CLEANED:
        return Outcome.CLEANED
    if state:
        return Outcome.LEFT if state == "left" else Outcome.MEMBER
    if is_kept_off:
        return Outcome.KEPT_OFF
    return Outcome.NEVER if standing == Standing.NEVER else Outcome.NEW
