"""A series' rule as people say it: "second Wednesday of the month", "every 4 weeks on Wednesday"."""

import re
from collections.abc import Iterable

from events.rules.recurrence import RuleIsUnclear, Unclear, parts_of

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SHORT = {"tues": "tuesday", "weds": "wednesday", "thur": "thursday", "thurs": "thursday"} | {
    day[:3]: day for day in DAYS
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
FIGURES = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}
NUMBERS = {"other": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "twelve": 12}
PACES = {"week": ("WEEKLY", 1), "fortnight": ("WEEKLY", 2), "month": ("MONTHLY", 1), "quarter": ("MONTHLY", 3)}
ADVERBS = {"weekly": "week", "fortnightly": "fortnight", "monthly": "month", "quarterly": "quarter"}

_DAY = f"(?:{'|'.join(DAYS)})s?"
_ORDINAL = f"(?:{'|'.join(ORDINALS)})"
_WHICH = re.compile(rf"({_ORDINAL}(?: and {_ORDINAL})*) ({_DAY})")
_DATE = r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)|first|second|third|fourth|fifth|last day"
_PACE = re.compile(rf"\bevery (?:({'|'.join(NUMBERS)}|[1-9]\d?) )?({'|'.join(PACES)})s?\b")
_ON_DAYS = re.compile(rf"(every )?{_DAY}(?: and {_DAY})*")
_IN_MONTH = re.compile(rf"(?:every )?({_WHICH.pattern}(?: and {_WHICH.pattern})*)(?: every)?(?: month)?")
_ON_DATE = re.compile(rf"(?:every )?({_DATE})(?: day)?(?: every)?(?: month)?")
_TWO_MEANINGS = re.compile(rf"\bbi-?(?:weekly|monthly)\b|\bevery (?:second|third|fourth|fifth) {_DAY}$")
_FILLERS = re.compile(r"\b(?:on|the|of|in|a)\b")


def rule_from(said: str) -> str:
    """The RFC 5545 rule that `said` means: words such as the above, or such a rule itself. Empty for nothing said.

    Raises `RuleIsUnclear` where it could mean two things, or nothing that we know.
    """
    if not said.strip():
        return ""
    if "=" in said:
        return ";".join(f"{name}={value}" for name, value in parts_of(said).items())
    words = _plain(said)
    if _TWO_MEANINGS.search(words):
        raise RuleIsUnclear(Unclear.SECOND_OR_OTHER)
    words, freq, interval = _pace(words)
    freq, by = _by(words, freq)
    every = f";INTERVAL={interval}" if interval > 1 else ""
    return f"FREQ={freq}{every}{by}"


def in_words(rule: str) -> str:
    """`rule` as people say it, so that `rule_from` gives it back; the rule itself where we have no such words."""
    try:
        parts = parts_of(rule)
    except RuleIsUnclear:
        return rule
    freq, interval, days = parts.pop("FREQ", ""), parts.pop("INTERVAL", "1"), parts.pop("BYDAY", "").split(",")
    if not parts and freq == "WEEKLY" and set(days) <= set(CODES):
        return f"{'every week' if interval == '1' else f'every {interval} weeks'} on {_listed(map(_called, days))}"
    names = {str(number): name for name, number in ORDINALS.items()}
    if (
        not parts
        and freq == "MONTHLY"
        and len({day[-2:] for day in days}) == 1
        and {day[:-2] for day in days} <= set(names)
    ):
        which = _listed(names[day[:-2]] for day in days)
        return f"{which} {_called(days[0][-2:])} of {'the month' if interval == '1' else f'every {interval} months'}"
    return rule


def _plain(said: str) -> str:
    """Lower case, whole names of days, "every" for "each" and for adverbs, and no words that say nothing."""
    text = _FILLERS.sub(" ", re.sub(r"[,&+]", " and ", said.casefold()).replace(".", " "))
    known = {**SHORT, **FIGURES, **{adverb: f"every {pace}" for adverb, pace in ADVERBS.items()}, "each": "every"}
    return " ".join(known.get(word, word) for word in text.split()).replace("and and", "and")


def _pace(words: str) -> tuple[str, str, int]:
    """What is left of the words, FREQ ("" where it is not said), and INTERVAL."""
    if found := re.match(rf"every other (?={_DAY})", words):
        return words[found.end() :], "WEEKLY", 2
    found = _PACE.search(words)
    if found is None:
        return words, "", 1
    freq, each = PACES[found[2]]
    number = found[1] or "1"
    # "every 4 weeks, on Wednesday": the comma joins nothing.
    left = [words[: found.start()].strip().removesuffix(" and"), words[found.end() :].strip().removeprefix("and ")]
    return " ".join(filter(None, left)), freq, each * (int(number) if number.isdigit() else NUMBERS[number])


def _by(words: str, freq: str) -> tuple[str, str]:
    """FREQ, and the part of the rule that says which days."""
    if _IN_MONTH.fullmatch(words) or _ON_DATE.fullmatch(words):
        if freq == "WEEKLY":
            raise RuleIsUnclear
        return "MONTHLY", _in_month(words)
    if not words and freq == "WEEKLY":
        raise RuleIsUnclear(Unclear.WHICH_DAY)
    if (not words and freq) or (_ON_DAYS.fullmatch(words) and freq == "MONTHLY"):
        raise RuleIsUnclear(Unclear.WHICH_WEEK)
    found = _ON_DAYS.fullmatch(words)
    if found is None or not (freq or found[1] or words.endswith("s")):
        raise RuleIsUnclear
    return "WEEKLY", f";BYDAY={','.join(_code(day) for day in re.findall(_DAY, words))}"


def _in_month(words: str) -> str:
    if which := _WHICH.findall(words):
        days = [f"{ORDINALS[one]}{_code(day)}" for ordinals, day in which for one in ordinals.split(" and ")]
        return f";BYDAY={','.join(days)}"
    on = re.findall(_DATE, words)[0]
    return f";BYMONTHDAY={ORDINALS.get(on.split()[0]) or on[:-2]}"


def _code(day: str) -> str:
    return CODES[DAYS.index(day.removesuffix("s"))]


def _called(code: str) -> str:
    return DAYS[CODES.index(code)].capitalize()


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
