"""What a machine can only hint at in a point that is to go out unattributed; a hint never stops an edition.

Rows 14, 16, 17 and 18 of the threats: a sector told by leaving it out, a pronoun, words anybody could search for, and
a date, a sum or a number that only one body has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["complement", "pronoun", "quotation", "figure"]


@dataclass(frozen=True, slots=True)
class Lint:
    """A place to look at again: code points of the text as given, what it is, and a sentence that says why."""

    start: int
    end: int
    kind: Kind
    reason: str


_REASONS: dict[Kind, str] = {
    "complement": "Saying who was left out tells who it was; readers know which sectors were there.",
    "pronoun": "A pronoun narrows down who spoke; “they” or “the speaker” does not.",
    "quotation": "Words quoted at length can be recognised or searched for; say it in your own words.",
    "figure": "An exact date, sum or number may be known to one organisation only; “about” or “several” is safer.",
}
_SECTORS = (
    r"(?:trade |trades )?unions?|universit(?:y|ies)|academi(?:a|cs?)|councils?|local (?:government|authorit(?:y|ies))|government|civil servants?|"
    r"regulators?|funders?|charit(?:y|ies)|civil society|police|nhs|health|media|journalists?|press|think[ -]tanks?|compan(?:y|ies)|business(?:es)?|"
    r"industry|private sector|public sector|voluntary sector|banks?|lawyers?|schools?|churches|faith groups?|politicians?|consultants?|housing associations?"
)
_EXCEPT = r"but|except(?: for)?|save(?: for)?|bar|apart from|other than|with the exception of|excluding"
_OF = r"(?:the |a |an |one |our |two |some |those from (?:the )?)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_COMPLEMENT = re.compile(
    rf"\b(?:every(?:one|body)|all(?: of (?:us|them))?|no[ -]?one|nobody|none(?: of (?:us|them))?|each|any(?:one|body))\b[^.!?\n]{{0,60}}?"
    rf"\b(?:{_EXCEPT}) {_OF}(?:{_SECTORS})\b"
    rf"|\b(?:apart from|except for|other than|with the exception of) {_OF}(?:{_SECTORS})\b"
    rf"|\b(?:only|just) {_OF}(?:{_SECTORS})\b"
    rf"|\b(?:{_SECTORS}) alone\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:she|he|her|his|him|hers|herself|himself)\b", re.IGNORECASE)
_QUOTED = re.compile(
    r"“([^“”\n]{1,600})”|\"([^\"\n]{1,600})\"|«([^«»\n]{1,600})»|„([^„“”\n]{1,600})[“”]|(?<!\w)‘([^‘\n]{1,600}?)’(?!\w)"
)
_FIGURE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}\b(?: \d{{4}})?|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)(?:,? \d{{4}})?"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b"
    r"|(?:[£€$]|\b(?:GBP|EUR|USD) ?)\d[\d,.]{0,15}(?<=\d)(?: ?(?:k|m|bn|thousand|million|billion)\b)?"
    r"|\b\d[\d,.]{0,15}(?: ?(?:k|m|bn|thousand|million|billion))? (?:pounds|euros?|dollars|pence)\b"
    r"|\b\d{1,3}(?:,\d{3}){1,5}\b|\b\d{1,12}(?:\.\d{1,6})? ?(?:%|per cent\b)|\b\d{2,12} (?!o'clock\b|minutes?\b|hours?\b)[a-z]{3,}",
    re.IGNORECASE,
)
_ENOUGH_WORDS = 8


def find_lints(text: str) -> list[Lint]:
    """Hints on an item's text, in order of place; a pronoun or a figure in a long quotation has a hint of its own."""
    quoted = (lint for lint in _found("quotation", _QUOTED, text) if _is_long(text[lint.start + 1 : lint.end - 1]))
    found = [
        *_found("complement", _COMPLEMENT, text),
        *_found("pronoun", _PRONOUN, text),
        *quoted,
        *_found("figure", _FIGURE, text),
    ]
    return sorted(found, key=lambda lint: lint.start)


def _found(kind: Kind, pattern: re.Pattern[str], text: str) -> Iterator[Lint]:
    for met in pattern.finditer(text):
        yield Lint(met.start(), met.end(), kind, _REASONS[kind])


def _is_long(quoted: str) -> bool:
    return len(quoted.split()) >= _ENOUGH_WORDS
