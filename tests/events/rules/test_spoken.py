"""A series' rule in people's own words (B72)."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from events.rules.recurrence import RuleIsUnclear, Unclear, is_counted, next_dates
from events.rules.spoken import CODES, in_words, rule_from


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("second Wednesday of the month", "FREQ=MONTHLY;BYDAY=2WE"),
        ("2nd Wed", "FREQ=MONTHLY;BYDAY=2WE"),
        ("on the second Wednesday in each month.", "FREQ=MONTHLY;BYDAY=2WE"),
        ("every second Wednesday of the month", "FREQ=MONTHLY;BYDAY=2WE"),
        ("Monthly on the last Friday", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("first and third Tuesday of the month", "FREQ=MONTHLY;BYDAY=1TU,3TU"),
        ("the first Monday and the third Thursday of each month", "FREQ=MONTHLY;BYDAY=1MO,3TH"),
        ("second Wednesday every other month", "FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE"),
        ("first Monday of every quarter", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO"),
        ("15th of the month", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("every 4 weeks on Wednesday", "FREQ=WEEKLY;INTERVAL=4;BYDAY=WE"),
        ("Wednesday, every four weeks", "FREQ=WEEKLY;INTERVAL=4;BYDAY=WE"),
        ("fortnightly on Thursdays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("every other Tuesday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ("every Wednesday", "FREQ=WEEKLY;BYDAY=WE"),
        ("Mondays and Thursdays", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("rrule:freq=monthly;byday=2we", "FREQ=MONTHLY;BYDAY=2WE"),
        ("  ", ""),
    ],
)
def test_words_mean_a_rule(said: str, rule: str) -> None:
    assert rule_from(said) == rule


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("every second Wednesday", Unclear.SECOND_OR_OTHER),
        ("biweekly on Monday", Unclear.SECOND_OR_OTHER),
        ("every 4 weeks", Unclear.WHICH_DAY),
        ("every month", Unclear.WHICH_WEEK),
        ("monthly on Wednesday", Unclear.WHICH_WEEK),
        ("Wednesday", Unclear.UNKNOWN),
        ("every week on the second Wednesday", Unclear.UNKNOWN),
        ("when we feel like it", Unclear.UNKNOWN),
        ("sixth Wednesday of the month", Unclear.UNKNOWN),
        ("FREQ=MONTHLY;BYDAY=2WE;FREQ=DAILY", Unclear.UNKNOWN),
    ],
)
def test_what_is_unclear_is_refused_with_its_reason(said: str, why: Unclear) -> None:
    with pytest.raises(RuleIsUnclear) as unclear:
        rule_from(said)
    assert unclear.value.why == why


WEEKLY = st.lists(st.sampled_from(CODES), min_size=1, unique=True).map(lambda days: f"BYDAY={','.join(days)}")
MONTHLY = st.builds(
    lambda day, weeks: f"BYDAY={','.join(f'{week}{day}' for week in weeks)}",
    st.sampled_from(CODES),
    st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1, unique=True),
)


@given(
    st.one_of(WEEKLY.map(lambda days: ("WEEKLY", days)), MONTHLY.map(lambda days: ("MONTHLY", days))),
    st.integers(1, 12),
)
def test_what_is_shown_in_words_is_read_back_as_the_same_rule(which: tuple[str, str], interval: int) -> None:
    every = f"INTERVAL={interval};" if interval > 1 else ""
    rule = f"FREQ={which[0]};{every}{which[1]}"
    assert "=" not in in_words(rule)
    assert rule_from(in_words(rule)) == rule


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;BYDAY=1MO,3TH", "FREQ=YEARLY;BYMONTH=3;BYDAY=2WE", "nonsense"])
def test_what_has_no_words_is_shown_as_it_is(rule: str) -> None:
    assert in_words(rule) == rule


@given(st.text(max_size=60))
def test_no_text_does_anything_but_be_read_or_refused(said: str) -> None:
    try:
        rule = rule_from(said)
        next_dates(rule, date(2027, 1, 1))
    except RuleIsUnclear:
        rule = ""
    assert len(rule) < 200


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("FREQ=YEARLY;COUNT=2;BYMONTH=2;BYMONTHDAY=30", []),
        ("FREQ=WEEKLY;COUNT=2;BYDAY=WE", [date(2027, 1, 6), date(2027, 1, 13)]),
        ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20270106T235900Z", [date(2027, 1, 6)]),
    ],
)
def test_rules_that_end_or_never_begin_are_gone_through_quickly(rule: str, dates: list[date]) -> None:
    assert next_dates(rule, date(2027, 1, 1), 3) == dates


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;INTERVAL=0;BYDAY=WE",
        "FREQ=WEEKLY;BYHOUR=9,14",
        "FREQ=WEEKLY;COUNT=x",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_rules_that_would_not_end_or_repeat_in_a_day_are_refused(rule: str) -> None:
    with pytest.raises(RuleIsUnclear):
        next_dates(rule, date(2027, 1, 1))


def test_whether_it_matters_where_one_begins_to_count() -> None:
    assert [is_counted(rule_from(said)) for said in ("every 4 weeks on Monday", "second Monday")] == [True, False]
    assert is_counted("FREQ=MONTHLY")
