"""Bank holidays in the United Kingdom, which differ between its nations."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays


def bank_holiday(on: date, nation: str) -> str:
    """What the bank holiday on this day is called in a nation; "" where there is none, or `nation` is empty.

    `nation` is what ISO 3166-2 calls it after "GB-": ENG, NIR, SCT or WLS.
    """
    return _in_year(nation, on.year).get(on, "") if nation else ""


@lru_cache(maxsize=64)
def _in_year(nation: str, year: int) -> dict[date, str]:
    return dict(country_holidays("GB", subdiv=nation, years=year))
