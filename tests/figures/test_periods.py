from datetime import date

from cop.figures.rules.periods import (
    Grain,
    Period,
    calendar_year,
    grain_between,
    grain_of,
    span_of,
    spans,
    twelve_months,
)

MONTHLY = [date(2036 + month // 12, month % 12 + 1, 8) for month in range(120)]


def test_the_last_twelve_months_end_today_and_begin_with_a_month() -> None:
    assert twelve_months(date(2037, 1, 31)) == Period(date(2036, 2, 1), date(2037, 1, 31))
    assert twelve_months(date(2037, 12, 1)) == Period(date(2037, 1, 1), date(2037, 12, 1))


def test_a_year_has_both_its_ends() -> None:
    assert calendar_year(2036) == Period(date(2036, 1, 1), date(2036, 12, 31))


def test_few_meetings_stand_one_by_one_and_many_by_month_quarter_or_year() -> None:
    assert [grain_of(MONTHLY[:many]) for many in (0, 1, 16, 17, 49, 120)] == [
        Grain.MEETING, Grain.MEETING, Grain.MEETING, Grain.QUARTER, Grain.YEAR, Grain.YEAR,
    ]  # fmt: skip
    assert grain_of([*MONTHLY[:12], *MONTHLY[:12]]) is Grain.MONTH


def test_spans_run_over_the_end_of_a_year_and_hold_the_empty_ones() -> None:
    found = spans(date(2036, 11, 30), date(2037, 2, 1), Grain.MONTH)
    assert found == [date(2036, 11, 1), date(2036, 12, 1), date(2037, 1, 1), date(2037, 2, 1)]
    assert spans(date(2036, 11, 30), date(2037, 2, 1), Grain.QUARTER) == [date(2036, 10, 1), date(2037, 1, 1)]
    assert spans(date(2036, 11, 30), date(2037, 2, 1), Grain.YEAR) == [date(2036, 1, 1), date(2037, 1, 1)]
    assert span_of(date(2036, 12, 31), Grain.QUARTER) == date(2036, 10, 1)


def test_what_is_counted_all_the_time_is_cut_by_its_length() -> None:
    assert grain_between(date(2036, 1, 1), date(2037, 4, 30)) is Grain.MONTH
    assert grain_between(date(2036, 1, 1), date(2037, 5, 1)) is Grain.QUARTER
    assert grain_between(date(2000, 1, 1), date(2037, 5, 1)) is Grain.YEAR
