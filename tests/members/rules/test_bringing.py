"""What becomes of somebody on a list: nobody who left comes back by it."""

import pytest

from members.formats.people import Standing
from members.rules.bringing import Outcome, outcome

STATES = ["", "pending", "active", "paused", "left", "brought"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("is_kept_off", [True, False])
@pytest.mark.parametrize("standing", list(Standing))
def test_only_who_asked_for_letters_and_is_nowhere_known_is_new(
    standing: Standing, state: str, is_kept_off: bool
) -> None:
    is_new = outcome(standing, state=state, is_kept_off=is_kept_off) == Outcome.NEW
    assert is_new == (standing == Standing.SUBSCRIBED and not state and not is_kept_off)


@pytest.mark.parametrize(
    ("standing", "state", "is_kept_off", "becomes"),
    [
        (Standing.SUBSCRIBED, "left", False, Outcome.LEFT),
        (Standing.SUBSCRIBED, "left", True, Outcome.LEFT),
        (Standing.SUBSCRIBED, "active", True, Outcome.MEMBER),
        (Standing.SUBSCRIBED, "pending", False, Outcome.MEMBER),
        (Standing.SUBSCRIBED, "brought", False, Outcome.MEMBER),
        (Standing.SUBSCRIBED, "", True, Outcome.KEPT_OFF),
        (Standing.NEVER, "", False, Outcome.NEVER),
        (Standing.NEVER, "active", False, Outcome.MEMBER),
        (Standing.UNSUBSCRIBED, "active", False, Outcome.UNSUBSCRIBED),
        (Standing.CLEANED, "", True, Outcome.CLEANED),
    ],
)
def test_outcome(standing: Standing, state: str, is_kept_off: bool, becomes: Outcome) -> None:
    assert outcome(standing, state=state, is_kept_off=is_kept_off) == becomes
