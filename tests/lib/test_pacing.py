"""How many letters a provider's pace permits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from cop.lib.pacing import Rate, read_rate

NOON = datetime(2037, 1, 14, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        ("14/second", Rate(14, 1)),
        (" 30 per Minute ", Rate(30, 60)),
        ("500 an hour", Rate(500, 3600)),
        ("2000 a day", Rate(2000, 86400)),
        ("", None),
    ],
)
def test_rate_is_read_as_it_is_written(written: str, rate: Rate | None) -> None:
    assert read_rate(written) == rate


@pytest.mark.parametrize("written", ["fast", "0/minute", "10/fortnight", "-3/second", "1e9/day"])
def test_anything_else_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValueError, match="is not a rate: write it as 14/second, 30/minute, 500/hour or 2000/day"):
        read_rate(written)


def test_two_seconds_worth_may_go_at_once_and_then_none() -> None:
    rate = Rate(14, 1)
    assert rate.free_now(NOON, NOON) == 28
    after = rate.free_after(NOON, NOON, letters=28)
    assert after == NOON + timedelta(seconds=2)
    assert rate.free_now(after, NOON) == 0
    again = rate.try_again_at(after)
    assert again == NOON + timedelta(seconds=1)
    assert rate.free_now(after, again) == 14


def test_slow_rate_lets_one_go_and_the_next_when_its_time_has_come() -> None:
    rate = Rate(30, 3600)
    assert rate.free_now(NOON, NOON) == 1
    after = rate.free_after(NOON, NOON, letters=1)
    assert rate.free_now(after, NOON + timedelta(seconds=119)) == 0
    assert rate.try_again_at(after) == NOON + timedelta(minutes=2)
    assert rate.free_now(after, NOON + timedelta(minutes=2)) == 1


@given(
    st.builds(Rate, st.integers(1, 5000), st.sampled_from([1, 60, 3600])),
    st.lists(st.floats(0, 5, allow_nan=False), min_size=1, max_size=60),
)
def test_no_span_ever_sees_more_than_its_share(rate: Rate, pauses: list[float]) -> None:
    """Whoever asks whenever: over any time, no more than the rate and what may run ahead."""
    now, free_from, sent = NOON, NOON, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        letters = rate.free_now(free_from, now)
        free_from = rate.free_after(free_from, now, letters=letters)
        sent.append((now, letters))
    for place, (begins, _letters) in enumerate(sent):
        share = (sent[-1][0] - begins).total_seconds() + rate.ahead_seconds
        assert sum(letters for _at, letters in sent[place:]) <= share / rate.each_seconds + 1e-2
