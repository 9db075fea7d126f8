"""Who somebody is, as one phrase of a list of speakers puts it: name, role and organisation.

Where a phrase is not clear, less is answered: a role alone, a name alone, or nobody.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from .markup import Line, Span
from .vocabulary import Presenter

LONGEST_AFFILIATION_CHARS = 200

_TITLES = re.compile(r"dr|prof|professor|sir|dame|lord|lady|baroness|baron|cllr|rev|mr|mrs|ms|mx|hon|rt")
_LETTERS = re.compile(r"obe|mbe|cbe|kbe|dbe|mp|mep|msp|ms|phd|dphil|kc|qc|frs|fba|jr|sr|ii|iii")
_PARTICLES = re.compile(r"de|da|do|dos|das|du|van|von|der|den|la|le|di|del|della|bin|binti|ibn|ben|al|el|y|e|af|av")
_ROLES = re.compile(
    r"lead|head|director|manager|officer|researcher|research|advisor|adviser|lecturer|fellow|ceo|cto|coo|chair|"
    r"founder|cofounder|analyst|scientist|engineer|consultant|minister|coordinator|associate|partner|secretary|"
    r"editor|postdoc|student|president|regulator|specialist|strategist|designer|trustee|commissioner|advocate|"
    r"ethicist|statistician|journalist|campaigner|chief|senior|deputy|executive|principal|assistant|policy|public|"
    r"professor|member|developer|facilitator|host|organiser|practitioner|librarian|economist|author|writer|"
    r"activist"
)
_ORGANISATIONS = re.compile(
    r"university|institute|foundation|council|department|ministry|office|centre|center|association|government|"
    r"agency|lab|labs|college|school|trust|network|society|union|group|authority|unit|alliance|charity|commission|"
    r"nhs|ltd|limited|uk|cic|partnership|initiative|directorate|company|parliament|assembly|museum|hospital|"
    r"collective|cooperative|co-operative|consortium|federation"
)
_NOT_NAMES = re.compile(
    r"the|a|an|what|how|why|when|where|who|several|our|this|these|those|speaker|speakers|presentation|"
    r"presentations|discussion|introduction|introductions|welcome|panel|panels|organisers|participants|attendees|"
    r"questions|question|q&a|tbc|tba|other|others|various|members|break|lunch|coffee|closing|opening|and|or|with|"
    r"from|in|on|at|by|for|to|community|practice|meeting|session|event|workshop|more|all|any|no|not|we|they|you|"
    r"it|is|are|was|were|will|if|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|"
    r"april|june|july|august|september|october|november|december|understanding|building|exploring|public|data|ai"
)
_WORD = re.compile(r"[^\W\d_][\w.'’‘-]*")
_UNKNOWN = re.compile(r"tb[ca]|(?:role |title )?to be (?:confirmed|announced)", re.IGNORECASE)
_PRONOUNS = re.compile(r"\s*\((?:she|he|they)\b[^()]*\)", re.IGNORECASE)
_SENTENCE = re.compile(r"\b(?:will|spoke|talked|gave|shared|joined)\b|[.?!]\s+[A-Z]")
_AND = re.compile(r"\s*;\s*(?:and\s+)?|,?\s+(?:and|&)\s+")
_AT = re.compile(r"(?:^|,?\s)(?P<word>at|from|with|@)\s+(?:the\s+(?=\S))?")
_OF_LINK = re.compile(r"^(?P<role>.*\S)\s+(?:of|for|in|with|and)(?:\s+the)?$", re.IGNORECASE)


def is_name(text: str, *, fewest_words: int = 2) -> bool:
    """Whether a phrase can be nothing but a person's name: two to five capitalised words, no post, no body."""
    name, *letters = text.split(",")
    words = [word for word in name.split() if not _is_title(word)]
    if not all(_is_title(word) for part in letters for word in part.split()):
        return False
    if not fewest_words <= len(words) <= 5 or _PARTICLES.fullmatch(words[0].lower()):
        return False
    if any(not _WORD.fullmatch(word) or _is_no_name(word.strip(".").lower()) for word in words):
        return False
    return all(not word[0].islower() or _PARTICLES.fullmatch(word) for word in words) and not words[-1][0].islower()


def _is_title(word: str) -> bool:
    bare = word.strip(".").lower()
    return bool(_TITLES.fullmatch(bare) or _LETTERS.fullmatch(bare))


def _is_no_name(word: str) -> bool:
    return any(words.fullmatch(word) for words in (_ROLES, _ORGANISATIONS, _NOT_NAMES))


def looks_like_organisation(text: str) -> bool:
    """Whether one of the words names a kind of body, or the whole is an abbreviation."""
    words = [word.strip("().,").lower() for word in text.split()]
    return any(_ORGANISATIONS.fullmatch(word) for word in words) or bool(
        re.fullmatch(r"[A-Z][A-Z&]{1,7}", text.strip())
    )


def looks_like_role(text: str) -> bool:
    """Whether one of the words names a post."""
    return any(_ROLES.fullmatch(word.strip("().,:").lower()) for word in re.split(r"[\s/-]+", text))


def read_people(phrase: Line) -> tuple[Presenter, ...]:
    """The people a phrase names, each with what it says of them; () where it does not begin with a name.

    "A, Lead, and B, Director at C" is two people of C; "A, Head of D; and B, Officer; at C" as well.
    """
    people: list[Presenter] = []
    shared = ""
    for part in _people_parts(phrase):
        if people and re.match(r"(?:all\s+)?(?:at|from)\s", part.text):
            shared = _tidy(re.sub(r"^(?:all\s+)?(?:at|from)\s+(?:the\s+(?=[a-z]))?", "", part.text))
            continue
        person = _read_person(part)
        if person is None:
            return ()
        people.append(person)
    if len(people) > 1:
        shared = shared or next((person.organisation for person in reversed(people) if person.organisation), "")
    return tuple(with_organisation(_of_body(person, shared), shared) for person in people)


def _of_body(person: Presenter, body: str) -> Presenter:
    """The same person, if what was taken for their role is the organisation of the others."""
    return replace(person, role="", organisation=body) if body and person.role == body else person


def with_role(person: Presenter, role: str) -> Presenter:
    """The same person with a role, where they have none."""
    return person if person.role or not role else replace(person, role=role)


def with_organisation(person: Presenter, organisation: str) -> Presenter:
    """The same person with an organisation, where they have none."""
    return person if person.organisation or not organisation else replace(person, organisation=organisation)


def _people_parts(phrase: Line) -> Iterator[Line]:
    """The phrase cut before each further person: after "and" or ";" where a name follows."""
    start = 0
    for match in _AND.finditer(phrase.text):
        if phrase.is_linked(match.start()) or _in_brackets(phrase.text, match.start()):
            continue
        before, after = phrase.cut(start, match.start()), phrase.cut(match.end())
        if ";" in match[0] or _opens_person(after, is_list=match[0].startswith(",") or is_name(before.text)):
            yield before
            start = match.end()
    yield phrase.cut(start)


def _in_brackets(text: str, offset: int) -> bool:
    return text.count("(", 0, offset) > text.count(")", 0, offset)


def _opens_person(phrase: Line, *, is_list: bool) -> bool:
    marked = _leading_mark(phrase)
    if marked is not None:
        return is_name(phrase.label(marked))
    return is_list and is_name(re.split(r",|\s+(?:at|from)\s", phrase.text, maxsplit=1)[0])


def _leading_mark(phrase: Line) -> Span | None:
    """The link or bold part with which the phrase begins."""
    return next((span for span in (*phrase.links, *phrase.bold) if span.start <= 1 and span.end > span.start), None)


def _read_person(phrase: Line) -> Presenter | None:
    mark = _leading_mark(phrase)
    if mark is not None and is_name(phrase.label(mark)):
        rest = phrase.cut(mark.end)
        return _person(phrase.label(mark), rest, _url_at(phrase, mark))
    match = re.match(r"\s*(?P<name>[^,:;()–—]+?)\s*(?:[,:;(–—]|\s-\s|\s(?:at|from)\s|$)", phrase.text)
    if match and is_name(match["name"]):
        return _person(
            match["name"], phrase.cut(match.end("name")), phrase.links[0].url if mark in phrase.links else ""
        )
    return None


def _url_at(phrase: Line, mark: Span) -> str:
    return next((span.url for span in phrase.links if span.start <= mark.end and span.end >= mark.start), "")


def _person(name: str, rest: Line, url: str) -> Presenter:
    role, organisation = _read_affiliation(rest)
    role = re.sub(r"^\((.*)\)$", r"\1", role)
    if _UNKNOWN.fullmatch(role) or _UNKNOWN.fullmatch(organisation):
        role, organisation = _UNKNOWN.sub("", role), _UNKNOWN.sub("", organisation)
    if len(role) + len(organisation) > LONGEST_AFFILIATION_CHARS or _SENTENCE.search(f"{role}, {organisation}"):
        role = organisation = ""
    return Presenter(name=_tidy(name), role=role, organisation=organisation, url=url)


def _read_affiliation(rest: Line) -> tuple[str, str]:
    """Role and organisation from what follows a name."""
    pronouns = _PRONOUNS.match(rest.text)
    phrase = rest.cut(pronouns.end() if pronouns else 0)
    phrase = phrase.cut(len(phrase.text) - len(phrase.text.lstrip(" ,:;–—-")))
    if phrase.text.startswith("(") and phrase.text.rstrip().endswith(")"):
        phrase = phrase.cut(1, len(phrase.text.rstrip()) - 1)
    if not phrase.text.strip():
        return "", ""
    at = [match for match in _AT.finditer(phrase.text) if not phrase.is_linked(match.start("word"))]
    if at:
        return _at_organisation(phrase, at[-1])
    if phrase.links:
        return _linked_organisation(phrase, phrase.links[0])
    return _by_commas(_tidy(phrase.text))


def _at_organisation(phrase: Line, at: re.Match[str]) -> tuple[str, str]:
    before, after = phrase.text[: at.start()], phrase.text[at.end() :]
    role, comma, body = before.rpartition(",")
    if comma and looks_like_organisation(body) and not looks_like_role(body):
        return _tidy(role), _tidy(phrase.text[len(role) + 1 :])
    return _tidy(before), _tidy(after)


def _linked_organisation(phrase: Line, link: Span) -> tuple[str, str]:
    before, label, after = phrase.text[: link.start], phrase.label(link), phrase.text[link.end :]
    of = _OF_LINK.match(before.strip())
    if of:
        return _tidy(of["role"]), _tidy(label + after)
    if before.strip() and not before.rstrip().endswith(","):
        return _tidy(phrase.text), ""
    if before.strip() or not after.strip() or after.startswith(","):
        return _tidy(before), _tidy(label + after)
    return _tidy(after), _tidy(label)


def _by_commas(text: str) -> tuple[str, str]:
    """Role and organisation where only commas tell them apart: from the first part that names a body, or the last."""
    parts = text.split(",")
    if len(parts) == 1:
        return ("", text) if looks_like_organisation(text) and not looks_like_role(text) else (text, "")
    for cut in range(1, len(parts)):
        if looks_like_organisation(parts[cut]) and not looks_like_role(parts[cut]):
            return _tidy(",".join(parts[:cut])), _tidy(",".join(parts[cut:]))
    if parts[-1].strip()[:1].islower() or looks_like_role(parts[-1]):
        return text, ""
    return _tidy(",".join(parts[:-1])), _tidy(parts[-1])


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;:–—-").removesuffix(".").strip()
