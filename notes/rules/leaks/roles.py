"""A person's job title and the ways it is said: turned round, shortened, by what it does."""

from collections.abc import Iterator
from functools import lru_cache

import regex

from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.forms import Form, Scope, Shape

_LINKS = frozenset(["of", "for", "and", "the", "in", "on", "to", "&", "at"])
_GRADES = frozenset(
    [
        "senior",
        "principal",
        "junior",
        "lead",
        "deputy",
        "assistant",
        "associate",
        "interim",
        "acting",
        "executive",
        "chief",
        "group",
        "regional",
    ]
)
_RANKS = (
    ("head", "lead", "leader", "director", "chief", "boss"),
    ("manager", "coordinator", "co ordinator", "organiser", "lead"),
    ("officer", "official", "lead", "person"),
    ("adviser", "advisor", "lead", "person"),
    ("researcher", "research fellow", "academic"),
    ("engineer", "developer", "programmer"),
    ("chair", "chairman", "chairwoman", "chairperson", "chairwoman"),
    ("chief executive", "ceo", "chief exec", "chief executive officer", "boss"),
    ("analyst", "lead"),
    ("consultant", "adviser", "advisor"),
    ("lecturer", "academic", "reader"),
    ("professor", "prof", "academic"),
    ("specialist", "expert", "lead"),
    ("secretary", "sec"),
    ("librarian", "library lead"),
    ("commissioner", "lead"),
)
_KNOWN_LETTERS = {"chief executive": "CEO", "managing director": "MD", "vice chancellor": "VC", "chief of staff": "CoS"}
_FIRST_RANKS = frozenset("consultant chair director manager head secretary lecturer professor reader minister".split())
_FIELDS = (
    ("ologist", "ology"),
    ("iatrician", "iatrics"),
    ("iatrist", "iatry"),
    ("statistician", "statistics"),
    ("economist", "economics"),
    ("scientist", "science"),
    ("ician", "ics"),
    ("ist", "y"),
    ("ist", "ism"),
)
DOING = tuple(
    "leads;leads on;leading;leading on;heads;heads up;runs;manages;responsible for;in charge of;looks after".split(";")
)


@lru_cache(maxsize=4096)
def role_words(role: str) -> tuple[str, ...]:
    """The folded words of a job title up to a comma or bracket."""
    return tuple(fold_phrase(regex.split(r"[,(;/|]| - | – ", role, maxsplit=1)[0]).split())


def role_head(role: str) -> str:
    """The noun that says what somebody is: statistician, officer, lead."""
    words = role_words(role)
    if not words:
        return ""
    for link in ("of", "for"):
        if link in words[1:]:
            return words[words.index(link) - 1]
    return words[-1]


def role_forms(role: str, person: int) -> Iterator[Form]:
    """Every way of saying one person's job."""
    words = role_words(role)
    whole = " ".join(words)
    if len(whole) < 3:
        return
    yield Form(whole, "role", person, Shape.ROLE, Scope.ROLE, cased=role, sure=len(words) > 1)
    for variant in sorted(_variants(words) - {whole}):
        yield Form(variant, "role_variant", person, Shape.ROLE, Scope.ROLE, cased=role, sure=False)
    for letters in sorted(role_letters(role)):
        yield Form(fold_phrase(letters), "role_acronym", person, Shape.POST, Scope.ROLE, cased=letters)


@lru_cache(maxsize=4096)
def role_nouns(role: str) -> frozenset[str]:
    """The noun of a job title and others for the same rank: officer, official, lead."""
    head = role_head(role)
    same = {head, *(other for group in _RANKS if head in group[:2] for other in group)}
    return frozenset(noun for noun in same if noun.isalpha())


@lru_cache(maxsize=4096)
def role_letters(role: str) -> frozenset[str]:
    """A job title's acronyms: Data Protection Officer: DPO; Head of Data Ethics: HDE, HoDE."""
    words = role_words(role)
    content = [word for word in words if word not in _LINKS]
    found = {letters for known, letters in _KNOWN_LETTERS.items() if known in " ".join(words)}
    if len(content) > 1:
        found.add("".join(word[0].upper() for word in content))
        found.add("".join(word[0] if word in _LINKS else word[0].upper() for word in words))
        found.add("".join(word[0] if word in _LINKS else word[0].upper() for word in words if word not in ("and", "&")))
    for link in ("of", "for"):
        if link in words[2:]:
            found.add("".join(word[0].upper() for word in words[: words.index(link)] if word not in _LINKS))
    return frozenset(letters for letters in found if letters.isalnum() and len(letters) > 1)


@lru_cache(maxsize=4096)
def _variants(words: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    bare = words[1:] if words[0] in _GRADES and len(words) > 2 else words
    found.add(" ".join(bare))
    if "chief executive" in " ".join(words):
        found |= {"chief executive", "ceo", "chief exec", "chief executive officer"}
    for topic, rank in {apart for whole in (words, bare) for apart in _ways_apart(whole)}:
        if topic and rank:
            found |= _turned_round(topic, rank)
    return frozenset(form for form in found if " " in form)


def _turned_round(topic: str, rank: str) -> set[str]:
    synonyms = {rank, *(other for group in _RANKS if rank in group[:2] for other in group)}
    found: set[str] = set()
    topics = {topic, *(half for half in topic.split(" and ") if len(half) > 3), *(topic.split(", "))}
    for subject in topics:
        for name in synonyms:
            found |= {
                f"{name} of {subject}",
                f"{name} for {subject}",
                f"{subject} {name}",
                f"{name} on {subject}",
                f"{name} to {subject}",
            }
            found |= {f"{name} of the {subject}", f"{name} to the {subject}", f"{name} for the {subject}"}
        found |= {f"{doing} {subject}" for doing in DOING}
        found.add(f"{subject} team lead")
    return found


def _ways_apart(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What the job is about, and its rank: "cabinet member for transport" has both, and "consultant radiologist"."""
    yield _taken_apart(words)
    for link in ("of", "for"):
        if link in words[1:]:
            at = words.index(link)
            yield " ".join(words[at + 1 :]), " ".join(words[:at])
    if len(words) > 1 and words[0] in _FIRST_RANKS:
        yield " ".join(words[1:]), words[0]
        for ending, field in _FIELDS:
            if words[-1].endswith(ending):
                yield " ".join((*words[1:-1], words[-1].removesuffix(ending) + field)), words[0]


def _taken_apart(words: tuple[str, ...]) -> tuple[str, str]:
    for link in ("of", "for"):
        if link in words[1:]:
            at = words.index(link)
            return " ".join(words[at + 1 :]), words[at - 1]
    if words[0] in ("chief", "director") and len(words) > 2 and words[-1] == "officer":
        return " ".join(words[1:-1]), "head"
    return " ".join(words[:-1]), words[-1]
