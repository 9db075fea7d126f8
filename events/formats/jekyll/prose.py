"""What the text of an event page says about the event itself: which meeting it is, its theme, whether it is to come."""

import re
from collections.abc import Sequence

from .markup import Line

LONGEST_THEME_CHARS = 120

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)  # fmt: skip
_MISSPELT = {"forth": 4, "fith": 5, "fifht": 5, "sixt": 6, "eight": 8, "eigth": 8, "eighteth": 8, "nineth": 9,
             "twelth": 12, "twelveth": 12, "fourtheenth": 14, "fiftheenth": 15}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "twentieth": 20, "thirtieth": 30, "fortieth": 40}
_OCCASION = r"(?:meeting|session|event|gathering)\b(?!s)"
_NUMBERED = re.compile(
    rf"\b(?:hold|held|holding|host|hosted|hosting|convened|ran|run|was|is|be)\s+(?:the|our)\s+"
    rf"(?P<ordinal>[a-z]+(?:[- ][a-z]+)?|\d{{1,3}}(?:st|nd|rd|th))\s+(?:\w+\s+){{0,2}}?{_OCCASION}",
    re.IGNORECASE,
)
_COMMUNITY = re.compile(r"\bcommunity of practice\b", re.IGNORECASE)
_MEETING_OF = re.compile(rf"\b{_OCCASION}\s+of\s+(?:a|the|our|this)\s+community of practice\b", re.IGNORECASE)
_SLUG = re.compile(r"(?:^|[-_])(?:community-of-practice|cop)(?:[-_]|$)", re.IGNORECASE)
_THIS = (
    r"(?:this|the|today['’]s|our(?: next| final| (?!previous|last)[a-z]+(?:st|nd|rd|th))?) "
    r"(?:session|meeting|event|workshop)"
)
_THEMES = (
    re.compile(rf"\bthe (?:theme|topic) (?:of|for) {_THIS} (?:is|was|will be) (?P<theme>.+)", re.IGNORECASE),
    re.compile(r"\bon the theme of (?P<theme>[^,;:.]+)", re.IGNORECASE),
    re.compile(rf"\b{_THIS} (?:focus+ed|focus+es|will focus) on (?P<theme>.+)", re.IGNORECASE),
    re.compile(r"\bon the question[,:] (?P<theme>.+\?)", re.IGNORECASE),
    re.compile(r"^(?:theme|topic):\s*(?P<theme>.+)", re.IGNORECASE),
)
_THEME_ENDS = re.compile(
    r"[.;:](?:\s|$)|\s[-–—]\s|,? and our (?:confirmed )?speakers?\b|,? with (?:speakers|talks|presentations)\b"
)
_ELSEWHERE = re.compile(r"/events/\d{4}-")
_FUTURE = re.compile(
    r"\b(?:we will (?:hold|host|be holding|be hosting)|we['’]ll (?:hold|host)|will be (?:speaking|presenting|chairing|"
    r"attending|hosting|taking place)|will take place|save the dat[ea]|speakers will include)\b",
    re.IGNORECASE,
)


def is_community_of_practice(slug: str, title: str, lines: Sequence[Line]) -> bool:
    """Whether a file is a meeting of the network, by its name, its title or the sentence that says so."""
    return bool(_SLUG.search(slug) or _COMMUNITY.search(title)) or any(_MEETING_OF.search(line.text) for line in lines)


def find_ordinal(lines: Sequence[Line]) -> tuple[int | None, int, str]:
    """The number the prose gives this meeting, the line where it does, and the word if it is misspelt."""
    for line in lines:
        for match in _NUMBERED.finditer(line.text):
            word = match["ordinal"].lower()
            number = _number(word)
            if number:
                return number, line.number, word if word in _MISSPELT else ""
    return None, 0, ""


def _number(word: str) -> int | None:
    if word[0].isdigit():
        return int(word[:-2])
    if word in _ORDINALS:
        return 1 + _ORDINALS.index(word)
    tens, _, ones = word.replace(" ", "-").partition("-")
    if tens in _TENS and ones in _ORDINALS[:9]:
        return _TENS[tens] + 1 + _ORDINALS.index(ones)
    return _MISSPELT.get(word) or (_TENS.get(word) if word.endswith("th") else None)


def ordinal_word(number: int) -> str:
    """The English ordinal of a number: "third", "21st"."""
    if 1 <= number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def find_theme(lines: Sequence[Line]) -> str:
    """What this meeting is about, where a sentence says it in so many words; "" where none does clearly."""
    for pattern in _THEMES:
        for line in lines:
            match = pattern.search(line.text)
            if match and not _is_about_another(line, match.start(), match.start("theme")):
                theme = _theme(line, match.start("theme"), match.end("theme"))
                if theme:
                    return theme
    return ""


def _is_about_another(line: Line, start: int, end: int) -> bool:
    """Whether the sentence's subject is a link to another event's page."""
    return any(_ELSEWHERE.search(span.url) and start <= span.start < end for span in line.links)


def _theme(line: Line, start: int, end: int) -> str:
    for span in line.bold:
        if start <= span.start <= start + 4:
            return _as_title(line.label(span))
    return _as_title(_THEME_ENDS.split(line.text[start:end], maxsplit=1)[0])


def _as_title(words: str) -> str:
    bare = words.strip(" .,:;'\"‘’“”")
    return bare[:1].upper() + bare[1:] if 2 < len(bare) <= LONGEST_THEME_CHARS else ""


def find_future(lines: Sequence[Line]) -> int:
    """The line that speaks of the event as still to come, 0 where none does."""
    return next((line.number for line in lines if _FUTURE.search(line.text)), 0)
