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
    ("founding director", "founder", "co founder"),
    ("founder", "co founder", "founding director"),
    ("postdoctoral researcher", "postdoc", "post doc", "postdoctoral fellow"),
    ("postdoctoral fellow", "postdoc", "post doc", "postdoctoral researcher"),
    ("research fellow", "postdoc", "fellow"),
    ("research associate", "postdoc", "researcher"),
    ("doctoral researcher", "phd student", "doctoral student"),
    ("phd researcher", "phd student", "doctoral student", "phd candidate"),
    ("phd student", "doctoral student", "phd researcher", "phd candidate"),
    ("headteacher", "head teacher", "principal"),
    ("head teacher", "headteacher", "principal"),
    ("principal", "headteacher"),
    ("vice chancellor", "vc"),
    ("trustee", "board member"),
    ("developer", "programmer", "engineer", "coder"),
    ("journalist", "reporter", "correspondent"),
    ("correspondent", "reporter", "journalist"),
    ("solicitor", "lawyer"),
    ("barrister", "lawyer"),
    ("counsel", "lawyer"),
    ("clinician", "doctor"),
    ("physician", "doctor"),
    ("general practitioner", "gp", "doctor", "family doctor"),
    ("gp", "general practitioner", "family doctor", "doctor"),
    ("organiser", "coordinator"),
    ("convenor", "convener", "chair"),
    ("convener", "convenor", "chair"),
    ("clerk", "secretary"),
    ("treasurer", "finance lead"),
    ("curator", "keeper"),
    ("superintendent", "super", "officer"),
    ("inspector", "officer"),
    ("constable", "officer"),
    ("sergeant", "officer"),
    ("detective", "officer"),
    ("partner", "lawyer"),
    ("minister", "vicar", "pastor"),
    ("councillor", "cllr", "member"),
    ("member of parliament", "mp"),
    ("vice president", "vp"),
)
_KNOWN_LETTERS = {"chief executive": "CEO", "managing director": "MD", "vice chancellor": "VC", "chief of staff": "CoS"}
_TRADES = {
    "engineering": "engineer", "nursing": "nurse", "statistics": "statistician", "economics": "economist", "research": "researcher",
    "design": "designer", "planning": "planner", "law": "lawyer", "science": "scientist", "policing": "officer", "analysis": "analyst",
    "ethics": "ethicist", "analytics": "analyst", "journalism": "journalist", "teaching": "teacher", "audit": "auditor",
}  # fmt: skip
_ANY_RANK = ("lead", "person", "colleague")
ANY_RANK = frozenset(
    "lead leader person colleague officer official manager head director adviser advisor specialist expert coordinator chief boss "
    "bod man woman guy lady chap rep representative partner executive exec worker assistant".split()
)
_CLIPPED = (
    ("vice president", ("vp", "veep")),
    ("nursing officer", ("nurse",)),
    ("medical officer", ("doctor", "medic")),
    ("senior", ("snr", "sr")),
    ("assistant", ("asst",)),
    ("associate", ("assoc",)),
    ("deputy", ("dep",)),
    ("professor", ("prof",)),
    ("director", ("dir",)),
    ("manager", ("mgr",)),
    ("executive", ("exec",)),
    ("secretary", ("sec",)),
    ("communications", ("comms",)),
    ("operations", ("ops",)),
    ("development", ("dev",)),
    ("statistics", ("stats",)),
    ("representative", ("rep",)),
    ("administrator", ("admin",)),
    ("technology", ("tech",)),
    ("information technology", ("it",)),
    ("human resources", ("hr",)),
    ("artificial intelligence", ("ai",)),
    ("machine learning", ("ml",)),
    ("research and development", ("r&d",)),
    ("public relations", ("pr",)),
    ("information", ("info",)),
    ("coordinator", ("co ordinator", "coord")),
    ("co ordinator", ("coordinator",)),
    ("corporate social responsibility", ("csr",)),
    ("international", ("intl",)),
    ("government", ("govt", "gov")),
    ("department", ("dept",)),
    ("superintendent", ("super", "supt")),
    ("inspector", ("insp",)),
    ("sergeant", ("sgt",)),
    ("detective", ("det",)),
    ("general practitioner", ("gp",)),
    ("member of parliament", ("mp",)),
    ("mathematics", ("maths",)),
    ("laboratory", ("lab",)),
    ("quantitative", ("quant", "quants")),
    ("qualitative", ("qual", "quali")),
    ("parliamentary", ("parly",)),
    ("public and patient involvement", ("ppi",)),
    ("patient and public involvement", ("ppi",)),
    ("vice chancellor", ("vc",)),
    ("specialist", ("expert",)),
    ("headteacher", ("head teacher", "head")),
)
_AGENTS = (
    ("lyst", ("lyse",)),
    ("grapher", ("graph", "map", "photograph")),
    ("er", ("", "e")),
    ("or", ("", "e", "ise")),
    ("ist", ("ise", "y")),
    ("nurse", ("nurse",)),
    ("chair", ("chair",)),
)
_DONE_BY_ALL = frozenset(
    "read speak think work write help use own hold see hear say come office numb partn find join".split()
)
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

_PAST_TITLE = regex.compile(r"[,(;/|]| - | – ")
_PAST_RANK = regex.compile(r" (?:in|of|for|on|at) ")


@lru_cache(maxsize=4096)
def role_words(role: str) -> tuple[str, ...]:
    """The folded words of a job title up to a comma or bracket."""
    return tuple(fold_phrase(_PAST_TITLE.split(role, maxsplit=1)[0]).split())


def role_head(role: str) -> str:
    """The noun that says what somebody is: statistician, officer, lead."""
    words = role_words(role)
    if not words:
        return ""
    for link in ("of", "for"):
        if link in words[1:]:
            return words[words.index(link) - 1]
    return words[-1]


@lru_cache(maxsize=512)
def role_forms(role: str, person: int) -> tuple[Form, ...]:
    """Every way of saying one person's job; kept, as a job has hundreds and a desk sees the same people again."""
    return tuple(_forms(role, person))


def _forms(role: str, person: int) -> Iterator[Form]:
    words = role_words(role)
    whole = " ".join(words)
    if len(whole) < 3:
        return
    yield Form(whole, "role", person, Shape.ROLE, Scope.ROLE, cased=role, sure=len(words) > 1)
    plain = _PAST_RANK.split(whole, maxsplit=1)[0]
    singles = {other for group in _RANKS if group[0] == plain for other in group} | set(_clipped(plain)) | {plain}
    singles |= set(_agents(words))
    for variant in sorted((_variants(words) | singles) - {whole}):
        yield Form(variant, "role_variant", person, Shape.ROLE, Scope.ROLE, cased=role, sure=False)
    for variant in sorted(shortened(words) - _variants(words) - {whole}):
        yield Form(variant, "role_variant", person, Shape.JOB, Scope.ROLE, cased=role, sure=False)
    for letters in sorted(role_letters(role)):
        yield Form(fold_phrase(letters), "role_acronym", person, Shape.POST, Scope.ROLE, cased=letters)


@lru_cache(maxsize=4096)
def role_nouns(role: str) -> frozenset[str]:
    """The noun of a job title and others for the same rank: officer, official, lead."""
    head = role_head(role)
    whole = " ".join(role_words(role))
    known = {other for group in _RANKS if group[0] in whole and " " in group[0] for other in group}
    same = {head, *known, *(other for group in _RANKS if head in group[:2] for other in group)}
    return frozenset(noun for noun in same if noun.isalpha())


def _agents(words: tuple[str, ...]) -> Iterator[str]:
    """Those who do what a job is about: a reader in sociology is a sociologist."""
    for word in words[1:]:
        yield from (word.removesuffix(field) + ending for ending, field in _FIELDS[:7] if word.endswith(field))
        yield from (agent for trade, agent in _TRADES.items() if word == trade)


@lru_cache(maxsize=4096)
def role_topics(role: str) -> frozenset[str]:
    """What a job is about, in folded words: Head of Customer Insight: customer, insight; chief technologist: technology."""
    words = role_words(role)
    fields = {word.removesuffix(ending) + field for word in words for ending, field in _FIELDS if word.endswith(ending)}
    plain = set(words) - _LINKS - _GRADES - ANY_RANK - {role_head(role)}
    return frozenset(word for word in plain | (fields if len(words) > 1 else set()) if len(word) > 2)


def is_same_topic(one: str, other: str) -> bool:
    """Whether two folded words are about the same: equality, equalities; planning, planner; forensic, forensics."""
    if one == other or one.removesuffix("s") == other.removesuffix("s"):
        return True
    if min(len(one), len(other)) > 3 and (other.startswith(one) or one.startswith(other)):
        return True
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared > 5 or (shared == 5 and min(len(one), len(other)) > 6)


@lru_cache(maxsize=4096)
def role_verbs(role: str) -> frozenset[str]:
    """What somebody of a job would say they do: lecturer: lecture; planner: plan; analyst: analyse."""
    found = {stem for word in role_words(role) for stem in _stems(word)}
    return frozenset(stem for stem in found if len(stem) > 2) - _DONE_BY_ALL


def _stems(noun: str) -> Iterator[str]:
    for ending, others in _AGENTS:
        if noun.endswith(ending):
            stem = noun.removesuffix(ending)
            yield from (stem + other for other in others)
            if stem[-1:] == stem[-2:-1]:
                yield stem[:-1]
            return


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
    found |= {short for form in (" ".join(words), " ".join(bare)) for short in _clipped(form)}
    return frozenset(form for form in found if " " in form)


def _clipped(role: str) -> Iterator[str]:
    """A job title with its usual abbreviations: vice president for welfare: vp for welfare; senior: snr."""
    every = role
    for long, shorts in _CLIPPED:
        if f" {long} " in f" {role} ":
            yield from (f" {role} ".replace(f" {long} ", f" {short} ").strip() for short in shorts)
            every = f" {every} ".replace(f" {long} ", f" {shorts[0]} ").strip()
    if every != role:
        yield every


@lru_cache(maxsize=4096)
def shortened(words: tuple[str, ...]) -> frozenset[str]:
    """A job title with part of its subject left out: Head of Customer Insight: insight lead, customer lead."""
    found: set[str] = set()
    for topic, rank in {*_ways_apart(words)}:
        subject = [word for word in topic.split() if word not in _LINKS and word not in _GRADES]
        if len(subject) < 2 or not rank or rank in _LINKS:
            continue
        trade = _TRADES.get(subject[-1])
        found |= {" ".join((*subject[:-1], trade))} if trade else set()
        tails = {" ".join(subject[at:]) for at in range(1, len(subject))} | {" ".join(subject[:-1])}
        for name in {rank, *(other for group in _RANKS if rank in group[:2] for other in group), *_ANY_RANK}:
            found |= {form for tail in tails for form in (f"{tail} {name}", f"{name} of {tail}", f"{name} for {tail}")}
    return frozenset(found)


def _turned_round(topic: str, rank: str) -> set[str]:
    synonyms = {rank, *(other for group in _RANKS if rank in group[:2] for other in group)}
    found: set[str] = set()
    topics = {
        topic,
        topic.removesuffix("s") if topic.endswith("s") else f"{topic}s",
        *(half for half in topic.split(" and ") if len(half) > 3),
        *(topic.split(", ")),
    }
    for subject in topics:
        for name in synonyms:
            found |= {
                f"{name} of {subject}",
                f"{name} for {subject}",
                f"{subject} {name}",
                f"{name} on {subject}",
                f"{name} to {subject}",
                f"{name} in {subject}",
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
