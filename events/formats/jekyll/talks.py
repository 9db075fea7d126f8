"""The talks of an event, from the lists its page gives under a line such as "Our speakers were:"."""

import re
from collections.abc import Iterator, Sequence

from .markup import Line
from .people import is_name, read_people, with_organisation, with_role
from .vocabulary import Talk

_CUE = re.compile(
    r"\b(?:speakers?|panel+ists?|heard from|hear from|joined by|presenters?|provocations?|discussants?|featuring|"
    r"contributors?|(?:talks?|presentations?|inputs?|contributions?) (?:from|by))\b",
    re.IGNORECASE,
)
_OPENS_LIST = re.compile(r"(?::|\b(?:were|was|are|is|include|included|including|from|featuring))\s*$")
_SURELY_PEOPLE = re.compile(r"(?:speakers?|panel+ists?|presenters?)(?:\s+\w+){0,2}\s*:?\s*$", re.IGNORECASE)
_ITEM = re.compile(r"^(?P<indent>\s*)(?:[*+-]|\d{1,2}[.)])\s+(?P<words>\S.*)$")
_HEADING = re.compile(r"^\s*(?:#{1,6}\s|\*\*.+\*\*:?\s*$)")
_ONE = re.compile(r"^(?:our )?(?:speaker|presenter)s?:\s+(?P<words>\S.*)$", re.IGNORECASE)
_OF_ONE_BODY = re.compile(
    r"\b(?:speakers|colleagues|people|panel+ists|members) (?:from|of)(?: the)? (?P<body>.+?)\s*:?\s*$"
)
_POST = re.compile(r"(?P<post>Chair|Co-chair|Moderator|Facilitator|Host|Respondent|Discussant)(?:ed by)?:\s+")
_CLEAR_ABOUT = re.compile(
    r"[,;]\s*(?:on|about|presenting|discussing|introducing)\s+(?=\S)|"
    r",?\s+(?:who\s+)?(?:will\s+)?(?:be\s+)?(?:speak(?:ing)?|spoke|talk(?:ed|ing)?|present(?:ed|ing)?) "
    r"(?:on|about)\s+(?=\S)|"
    r"\s*[:–—-]\s*(?=['‘\"“])"
)
_ABOUT = re.compile(r"\s(?:on|about)\s+(?=\S)")
_QUOTED = re.compile(r"^(?:'(?P<a>.+)'|‘(?P<b>.+)’|\"(?P<c>.+)\"|“(?P<d>.+)”)$")
_UNNAMED = re.compile(r"\b(?:to be confirmed|tbc|tba|to be announced)\b", re.IGNORECASE)


def _items(lines: Sequence[Line], start: int) -> Iterator[tuple[Line, int]]:
    """The items of the list that begins at `start`, each with its indentation in columns."""
    for line in lines[start:]:
        match = _ITEM.match(line.source)
        if match:
            yield line.cut(_words_start(line)), len(match["indent"].expandtabs(4))
        elif line.source.strip():
            return


def _words_start(line: Line) -> int:
    """Where the words of an item begin in its plain text, from which a star may already be gone."""
    match = re.match(r"\s*(?:(?:[*+-]|\d{1,2}[.)])\s+)?", line.text)
    return match.end() if match else 0


def find_talks(lines: Sequence[Line]) -> tuple[tuple[Talk, ...], tuple[int, ...]]:
    """Every talk whose entry is clear, and the lines of list entries that are not and stay in the text only."""
    talks: list[Talk] = []
    unclear: list[int] = []
    for index, line in enumerate(lines):
        one = _ONE.match(line.text)
        if one:
            talks.extend(_talk(line.cut(one.start("words")), ""))
        elif _introduces(line):
            found, left = _read_list(line, tuple(_items(lines, index + 1)))
            talks.extend(found)
            unclear.extend(left)
    return _without_repeats(talks), tuple(sorted(set(unclear) - {talk.line for talk in talks}))


def _read_list(above: Line, items: Sequence[tuple[Line, int]]) -> tuple[list[Talk], list[int]]:
    """The talks of one list and the lines of its other entries; a list without a person was no list of people."""
    body = _shared_body(above)
    talks: list[Talk] = []
    left: list[int] = []
    for item in _leaves(items):
        found = tuple(_talk(item, body))
        talks.extend(found)
        if not found:
            left.append(item.number)
    return talks, left if talks or _SURELY_PEOPLE.search(above.text) else []


def is_unnamed(line: Line) -> bool:
    """Whether a line says that who speaks is still to be confirmed."""
    return bool(_UNNAMED.search(line.text))


def _introduces(line: Line) -> bool:
    if _ITEM.match(line.source) or not _CUE.search(line.text):
        return False
    return bool(_OPENS_LIST.search(line.text)) or (bool(_HEADING.match(line.source)) and len(line.text) < 60)


def _leaves(items: Sequence[tuple[Line, int]]) -> Iterator[Line]:
    """The items without those that only gather, with a colon, what is indented below them."""
    for index, (item, indent) in enumerate(items):
        below = index + 1 < len(items) and items[index + 1][1] > indent
        if not (below and item.text.rstrip().endswith(":")):
            yield item


def _shared_body(line: Line) -> str:
    """The organisation all speakers of a list come from, if the line above names one: "speakers from X:"."""
    match = _OF_ONE_BODY.search(line.text)
    if not match or len(match["body"]) > 80 or not match["body"][:1].isupper():
        return ""
    return match["body"]


def _talk(item: Line, body: str) -> Iterator[Talk]:
    post = _POST.match(item.text)
    item = item.cut(post.end()) if post else item
    cut = _about_cut(item)
    who = item.cut(0, cut[0]) if cut else item
    people = read_people(who)
    if not people:
        return
    about = item.cut(cut[1]) if cut else item.cut(len(item.text))
    title, url = _title(about)
    yield Talk(
        presenters=tuple(with_role(with_organisation(person, body), post["post"] if post else "") for person in people),
        title=title,
        about="" if title else _sentence(about.text),
        url=url,
        line=item.number,
    )


def _about_cut(item: Line) -> tuple[int, int] | None:
    """Where the phrase about the person stops and the words about the talk start."""
    for pattern in (_CLEAR_ABOUT, _ABOUT):
        for match in pattern.finditer(item.text):
            linked = item.is_linked(match.start()) or item.is_linked(match.end() - 1)
            if not linked and (pattern is _CLEAR_ABOUT or _may_end_person(item, match.start())):
                return match.start(), match.end()
    return None


def _may_end_person(item: Line, offset: int) -> bool:
    """Whether a name or an organisation can end there: "drawing on" and "Adviser on" go on."""
    if any(span.end == offset for span in (*item.links, *item.bold)):
        return True
    before = item.text[:offset].split()
    return (
        bool(before) and not before[-1][0].islower() and (is_name(item.text[:offset]) or " at " in item.text[:offset])
    )


def _title(about: Line) -> tuple[str, str]:
    """The title set apart in the words about a talk, and the first address in them."""
    text = _sentence(about.text)
    url = about.links[0].url if about.links else ""
    quoted = _QUOTED.match(text)
    if quoted:
        return next(title for title in quoted.groups() if title).strip(), url
    whole = len(about.links) == 1 and about.label(about.links[0]).strip("'‘’\"“” ") == text.strip("'‘’\"“” ")
    return (text.strip("'‘’\"“” "), url) if whole else ("", url)


def _sentence(text: str) -> str:
    return " ".join(text.split()).removesuffix(".").strip()


def _without_repeats(talks: Sequence[Talk]) -> tuple[Talk, ...]:
    kept: dict[tuple[tuple[str, ...], str], Talk] = {}
    for talk in talks:
        kept.setdefault((tuple(person.name for person in talk.presenters), talk.title + talk.about), talk)
    return tuple(kept.values())
