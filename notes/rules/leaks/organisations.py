"""An organisation's names: whole, in part, as an acronym, as an address, in another language."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path

import regex

from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.forms import Form, Scope, Shape
from notes.rules.leaks.words import DEMONYMS, GIVEN, NATIONS, PLACES, is_common, is_ordinary

_DATA = Path(__file__).with_name("data")
_LINKS = frozenset(
    [
        "the",
        "of",
        "for",
        "and",
        "in",
        "on",
        "at",
        "to",
        "a",
        "an",
        "by",
        "with",
        "y",
        "yr",
        "i",
        "de",
        "la",
        "le",
        "du",
        "des",
        "der",
        "die",
        "und",
        "et",
        "&",
        *"dos das do da del della dei delle di van voor het den og och fur och an na nan el los las les pour par aux au para por em fur zur zum im dem ein eine het een za dla ve och til ja".split(),
    ]
)
_LEGAL = frozenset(
    "ltd limited plc llp lp llc cic cio scio cbs inc corp gmbh ag kg ug bv nv ev sa sas sarl srl spa oy ab asa aps sro zrt kft ngo rp".split()
)
_NOBODY = frozenset(
    (
        "",
        "none",
        "n/a",
        "na",
        "freelance",
        "freelancer",
        "independent",
        "independent consultant",
        "self employed",
        "retired",
    )
    + ("member of the public", "public", "individual", "consultant", "private individual", "citizen", "unaffiliated")
)
_KINDS_OF_BODY = frozenset(
    [
        "university",
        "uni",
        "college",
        "school",
        "council",
        "government",
        "department",
        "ministry",
        "office",
        "institute",
        "foundation",
        "trust",
        "society",
        "association",
        "centre",
        "center",
        "hospital",
        "board",
        "authority",
        "agency",
        "service",
        "commission",
        "network",
        "alliance",
        "union",
        "group",
        "party",
        "partnership",
        "forum",
        "federation",
        "charity",
        "company",
        "community",
        "police",
        "constabulary",
        "parliament",
        "assembly",
        "senedd",
        "library",
        "museum",
        "bank",
        "fund",
        "club",
        "hospitals",
        "committee",
        "bureau",
        "team",
        "unit",
        "lab",
        "labs",
        "laboratory",
        "press",
        "review",
        "trust",
        "academy",
        "collective",
        "cooperative",
        "campaign",
        "housing",
        "tribunal",
        "court",
        "inquiry",
        "house",
        "programme",
        "project",
        "initiative",
        "borough",
        "city",
        "county",
        "district",
        "region",
        *"diocese hospice tribunal observatory theatre gallery archive archives surgery practice clinic nursery parish church mosque cathedral".split(),
        *"synagogue temple orchestra studio newspaper consultancy firm chambers inspectorate ombudsman registry treasury exchange chamber".split(),
        *"regulator watchdog hub collaborative congress league confederation consortium coalition guild institution polytechnic faculty directorate secretariat taskforce".split(),
    ]
)
TELLING_KINDS = frozenset(
    "university college institute foundation trust association alliance union federation charity hospital museum academy collective "
    "cooperative tribunal diocese hospice cathedral laboratory lab observatory theatre gallery clinic orchestra consultancy inspectorate "
    "confederation consortium coalition guild polytechnic secretariat constabulary surgery archive archives newspaper regulator watchdog".split()
)
EPONYMOUS = frozenset(
    "review inquiry report reports principle principles law laws test tests scale chart ladder theorem effect method model window diagram lecture "
    "lectures act commission foundation institute trust prize fellowship award awards committee street road house hall centre college university "
    "library school hospital building paper book books study framework index paradox equation machine coefficient distribution bank "
    "group company ltd plc llp associates partners campaign archive museum square park lane place court society fund brothers".split()
)
_MUTATED = {
    "p": ("b", "mh", "ph"),
    "c": ("g", "ngh", "ch"),
    "t": ("d", "nh", "th"),
    "b": ("f", "m"),
    "d": ("dd", "n"),
    "ll": ("l",),
    "m": ("f",),
}
_SAME_KIND = tuple(
    frozenset(kinds.split())
    for kinds in (
        "agency authority office commission board body regulator inspectorate bureau watchdog administration service directorate",
        "regulator regulation",
        "institute centre institution academy laboratory lab school",
        "association society union federation league club organisation",
        "foundation fund trust charity",
        "network alliance coalition forum platform",
        "council board chamber assembly senate",
        "court tribunal audit auditors",
        "ministry department government",
        "workshop studio lab laboratory",
        "hospital clinic infirmary",
        "observatory watch monitor",
        "citizen citizens civic public people",
        "open openness transparency transparent",
        "town city municipality council",
    )
)
_MAIL_FOR_ALL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.co.uk",
        "outlook.com",
        "live.com",
        "live.co.uk",
        "yahoo.com",
        "yahoo.co.uk",
        "icloud.com",
        "me.com",
        "aol.com",
        "protonmail.com",
        "proton.me",
        "btinternet.com",
        "mail.com",
        "gmx.com",
        "gmx.net",
        "gmx.de",
        "zoho.com",
        "fastmail.com",
        "posteo.net",
        "web.de",
    ]
)
GENERAL_ACRONYMS = frozenset(
    word
    for line in (_DATA / "general_acronyms.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)

_ASIDE = regex.compile(r"\([^)]*\)")
_ASIDE_OR_SIGN = regex.compile(r"\([^)]*\)|[,.&/|]")
_ASIDE_OR_JOINT = regex.compile(r"\([^)]*\)|[,&/|]")
_SEGMENTS = regex.compile(r"\s*[/|,]\s*|\s+[-–—]\s+")
_UNIVERSITY = regex.compile(r"(?:the )?university of (?:the )?(.+)|(.+) (?:metropolitan )?university")
_COUNCIL = regex.compile(
    r"(?:london borough of |royal borough of |city of )?(.+?)"
    r"(?: (?:city|county|borough|district|town|metropolitan|metropolitan borough|city and county|and district|parish))*"
    r"(?: council| borough council)?"
)
_FORCE = regex.compile(r"(.+) (?:police|constabulary)")
_NHS_TRUST = regex.compile(
    r"(.+?) (?:university |teaching )?(?:hospitals? |health ?care |care )?(?:nhs )?(?:foundation )?trust"
)
_BRACKETED = regex.compile(r"\(([^)]{2,12})\)")
_CAPITALS = regex.compile(r"\b[A-Z][A-Za-z]*[A-Z]\b")
_BETWEEN_WORDS = regex.compile(r"[^\p{L}\p{N}'’]+")
_DOMAIN_END = regex.compile(
    r"\.(?:ac|co|org|gov|nhs|police|net|sch|mod|ltd|plc|llyw)?\.?(?:uk|com|org|net|eu|ie|wales|cymru|scot|int|io|ai|example|test|info|london)$"
)


def _bodies() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for line in (_DATA / "bodies.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            names = tuple(name.strip() for name in line.split("|"))
            for name in names:
                known[fold_phrase(name)] = names
    return known


def _translations() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in (_DATA / "translations.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            english, _, others = line.partition(":")
            for other in others.split():
                word = fold_phrase(other).split()[-1]
                for spelt in {word, *_mutations(word), *_other_gender(word)}:
                    found[spelt] = (*found.get(spelt, ()), english)
    return found


def _other_gender(word: str) -> Iterator[str]:
    """A Romance adjective in its other gender and number: abiertos: abierta, abierto."""
    bare = word.removesuffix("s")
    if len(bare) > 4 and bare[-1] in "oa":
        yield from (bare[:-1] + last for last in "oa")


def _mutations(word: str) -> Iterator[str]:
    """A Welsh word as it begins after other words: Prifysgol, Mhrifysgol."""
    for first, others in _MUTATED.items():
        if word.startswith(first) and len(word) > 4:
            yield from (other + word[len(first) :] for other in others)


BODIES = _bodies()
BODY_ACRONYMS = {names[0].upper(): names for names in BODIES.values() if names[0].isupper() or len(names[0]) < 6}
TRANSLATED = _translations()


@lru_cache(maxsize=1 << 16)
def translated(word: str) -> tuple[str, ...]:
    """What a folded word of another language says in English, in the plural too; nothing for English words."""
    for ending in ("", "s", "es", "en", "n", "er", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2 + bool(ending):
            if found := TRANSLATED.get(word.removesuffix(ending)):
                return found
    return ()


@lru_cache(maxsize=1 << 16)
def english_stems(word: str) -> frozenset[str]:
    """A folded word and its translations, each in the singular: libertes: libertes, liberty, freedom."""
    return frozenset(_singular(one) for one in (word, *translated(word), *_in_compound(word)))


@lru_cache(maxsize=1 << 16)
def senses(word: str) -> frozenset[str]:
    """The stems of a folded word of a text, and the beginning by which a word of another language may know it."""
    return english_stems(word) | {cognate(word)} - {""}


def _in_compound(word: str) -> tuple[str, ...]:
    """What the two words say that a Germanic compound is made of: teknologiradet: technology, council."""
    head, tail = _compounded(word)
    return *head, *tail


def _compounded(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not 8 < len(word) < 40 or translated(word) or is_ordinary(word):
        return (), ()
    for cut in range(4, len(word) - 2):
        first = word[:cut]
        head, tail = translated(first) or translated(first.removesuffix("s")), translated(word[cut:])
        if tail and (head or first == "data"):
            return head or (first,), tail
    return (), ()


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def meanings(organisation: str) -> tuple[frozenset[str], ...]:
    """For each telling word of a name of several, what it may be called in English."""
    words = [word.removesuffix("'s").rstrip("'") for word in content_words(organisation)]
    if len(words) == 1:
        return tuple(_freely("", frozenset(map(_singular, part))) for part in _compounded(words[0]) if part)
    said = [english_stems(word) for word in words]
    return (
        tuple(_freely(word, stems) for word, stems in zip(words, said, strict=True))
        if is_foreign(organisation)
        else tuple(said)
    )


def _freely(word: str, stems: frozenset[str]) -> frozenset[str]:
    """What else a translator may say for a word of another language: agency for authority, or the English word like it."""
    if is_ordinary(word):
        return stems
    kinds = frozenset(_singular(kind) for same in _SAME_KIND if same & stems for kind in same)
    return stems | kinds | {cognate(word)} - {""}


@lru_cache(maxsize=1 << 16)
def cognate(word: str) -> str:
    """The beginning that a long folded word and its English kin share: transparence, transparency; "" for a short one."""
    return (
        "~" + word.replace("k", "c").replace("ph", "f").replace("z", "s").replace("y", "i")[:5] if len(word) > 6 else ""
    )


def is_foreign(organisation: str) -> bool:
    """Whether a word of the name is of another language."""
    words = content_words(organisation)
    return (
        any(translated(word) and not is_common(word) for word in words) or any(_compounded(words[0]))
        if words
        else False
    )


def is_body(organisation: str) -> bool:
    """Whether it names an organisation at all ("freelance" does not)."""
    return fold_phrase(organisation) not in _NOBODY


def content_words(organisation: str) -> list[str]:
    """The folded words of a name that carry meaning: no articles, no "Ltd"."""
    return list(_content_words(organisation))


@lru_cache(maxsize=4096)
def _content_words(organisation: str) -> tuple[str, ...]:
    words = fold_phrase(_ASIDE_OR_SIGN.sub(" ", organisation)).split()
    return tuple(word for word in words if word not in _LINKS and word not in _LEGAL)


def concepts(organisation: str) -> frozenset[str]:
    """The English words for what an organisation's name says, whatever its language."""
    return frozenset(
        (translated(word) or (word,))[0] if not is_ordinary(word) else word for word in content_words(organisation)
    )


def body_kinds(organisation: str) -> frozenset[str]:
    """What sort of body it is, in the words a speaker would use for it: council, university, charity."""
    return concepts(organisation) & _KINDS_OF_BODY


def places(organisation: str) -> frozenset[str]:
    """The towns, counties and nations in an organisation's name."""
    return concepts(organisation) & PLACES


def is_kind_of_body(word: str) -> bool:
    """Whether a folded word says what sort of body something is."""
    return word in _KINDS_OF_BODY


@lru_cache(maxsize=512)
def organisation_forms(organisation: str, person: int) -> tuple[Form, ...]:
    """Every way of writing one organisation; `person` stands for all who belong to it."""
    return tuple(_forms(organisation, person))


def _forms(organisation: str, person: int) -> Iterator[Form]:
    if is_body(organisation):
        for name, kind in _names(organisation):
            yield from _whole(name, kind, person)
        yield from _parts(organisation, person)
        yield from _acronyms(organisation, person)


def _names(organisation: str) -> Iterator[tuple[str, str]]:
    bare = _ASIDE.sub(" ", organisation)
    yield bare, "organisation"
    for segment in _SEGMENTS.split(bare):
        if len(content_words(segment)) > 1 and segment != bare:
            yield segment, "org_partial"
    folded = fold_phrase(bare).removeprefix("the ")
    for other in BODIES.get(folded, BODIES.get("the " + folded, ())):
        if fold_phrase(other) != folded and not (other.isupper() and len(other) < 7):
            yield other, "org_translation" if not _is_english(other) else "organisation"
    yield from ((variant, "org_partial") for variant in _usual_variants(folded))
    yield from ((variant, "org_translation") for variant in _english_variants(organisation))


def _is_english(name: str) -> bool:
    return not any(word in TRANSLATED and not is_ordinary(word) for word in fold_phrase(name).split())


def _usual_variants(folded: str) -> Iterator[str]:
    place = _UNIVERSITY.fullmatch(folded)
    if place:
        name = place.group(1) or place.group(2)
        yield from (f"university of {name}", f"{name} university", f"{name} uni", f"uni of {name}", f"{name} univ")
    council = _COUNCIL.fullmatch(folded)
    if council and ("council" in folded or "borough" in folded):
        name = council.group(1)
        yield from (
            f"{name} council",
            f"{name} city council",
            f"{name} county council",
            f"{name} borough",
            f"the {name} council",
        )
        yield from (
            f"{name} borough council",
            f"{name} local authority",
            f"council of {name}",
            f"city of {name}",
            f"lb {name}",
        )
    force = _FORCE.fullmatch(folded)
    if force:
        yield from (f"{force.group(1)} police", f"{force.group(1)} constabulary", f"{force.group(1)} force")
    trust = _NHS_TRUST.fullmatch(folded)
    if trust and "nhs" in folded:
        yield from (
            f"{trust.group(1)} hospitals",
            f"{trust.group(1)} trust",
            f"{trust.group(1)} hospital",
            f"{trust.group(1)} nhs",
        )


def _english_variants(organisation: str) -> Iterator[str]:
    words = content_words(organisation)
    english = [(translated(word) or (word,))[0] if not is_ordinary(word) else word for word in words]
    if english == words or len(words) < 2:
        return
    kinds = [word for word in english if word in _KINDS_OF_BODY]
    rest = [word for word in english if word not in _KINDS_OF_BODY]
    yield " ".join(english)
    yield " ".join(reversed(english))
    yield " ".join(rest + kinds)
    if kinds and rest:
        yield f"{kinds[0]} of {' '.join(rest)}"


def _whole(name: str, kind: str, person: int) -> Iterator[Form]:
    folded = fold_phrase(name.replace("&", " and ")).removeprefix("the ")
    words = [word for word in folded.split() if word not in _LEGAL]
    if len(words) < 2:
        if words:
            plain = words[0].strip('.,;:!?"()')
            if plain:
                yield Form(plain, kind, person, Shape.BODY_WORD, Scope.ORGANISATION, cased=name.strip())
            for cut in range(3, len(plain) - 2):
                if is_common(plain[:cut]) and is_common(plain[cut:]) and not is_ordinary(plain):
                    halves = f"{plain[:cut]} {plain[cut:]}"
                    yield Form(halves, "org_misspelling", person, Shape.BODY, Scope.ORGANISATION, cased=name)
        return
    choices = [_apostrophes(word) for word in words]
    for spelt in product(*choices) if len(words) < 8 else [tuple(words)]:
        text = " ".join(spelt)
        variant = kind if text == folded else "org_apostrophe"
        for joined in {text, text.replace(" and ", " & "), text.replace(",", "")}:
            yield Form(joined, variant, person, Shape.BODY, Scope.ORGANISATION, cased=name)
    joined = "".join(words).replace("'", "")
    if len(joined) > 6:
        yield Form(joined, "org_domain", person, Shape.ADDRESS, Scope.ORGANISATION)


def _apostrophes(word: str) -> tuple[str, ...]:
    if word.endswith("'s"):
        return word, word[:-2] + "s", word[:-2] + "s'"
    if word.endswith("s'"):
        return word, word[:-1], word[:-2] + "'s"
    if word.endswith("s") and len(word) > 4 and (is_common(word[:-1]) or not is_common(word)):
        return word, word + "'", word[:-1] + "'s"
    return (word.replace("'", ""), word) if "'" in word else (word,)


def _parts(organisation: str, person: int) -> Iterator[Form]:
    words = fold_phrase(_ASIDE_OR_JOINT.sub(" ", organisation)).split()
    content = content_words(organisation)
    for start in range(len(words)):
        for end in range(start + 2, len(words) + 1):
            part = [word for word in words[start:end] if word not in _LINKS]
            edges = words[start] in _LINKS or words[end - 1] in _LINKS
            telling = [word for word in part if word not in _KINDS_OF_BODY]
            if not edges and 2 <= len(part) < len(content) and telling:
                sure = any(len(word) > 2 and not is_ordinary(word) and word not in PLACES for word in part)
                yield Form(
                    " ".join(words[start:end]), "org_partial", person, Shape.BODY_PART, Scope.ORGANISATION, sure=sure
                )
    yield from _headed(content, person)
    for kind in sorted(body_kinds(organisation).difference(content)):
        yield Form(kind, "org_partial", person, Shape.BODY_WORD, Scope.ORGANISATION, sure=False)
    for place, word in enumerate(content):
        if word in NATIONS or word in DEMONYMS:
            continue
        if word in PLACES:
            yield Form(word, "org_partial", person, Shape.PLACE, Scope.ORGANISATION, sure=False)
        elif len(content) > 1 and word in _KINDS_OF_BODY:
            yield Form(word, "org_partial", person, Shape.BODY_WORD, Scope.ORGANISATION, sure=False)
        elif len(content) > 1 and len(word) > 2 and not is_ordinary(word):
            yield Form(word, "org_partial", person, Shape.BODY_WORD, Scope.ORGANISATION, sure=word not in GIVEN)
        elif len(word) > 3 and (place in (0, len(content) - 1) if len(content) > 2 else len(content) == 2):
            yield Form(word, "org_partial", person, Shape.BODY_WORD, Scope.ORGANISATION, sure=False)


def _headed(content: list[str], person: int) -> Iterator[Form]:
    """What a body is called by those who need not say which: the county council, the fire service, the workers' union."""
    heads = [word for word in (content[-1:] + content[:1]) if word in _KINDS_OF_BODY]
    if len(content) < 2 or not heads:
        return
    for word in content:
        if word != heads[0] and len(word) > 2 and word not in PLACES | NATIONS | DEMONYMS:
            for text in {
                f"{word} {heads[0]}",
                f"{word.removesuffix('s')} {heads[0]}",
                f"{_plural_possessive(word)} {heads[0]}",
            }:
                yield Form(text, "org_partial", person, Shape.BODY_PART, Scope.ORGANISATION, sure=False)


def _plural_possessive(word: str) -> str:
    return f"{word}'" if word.endswith("s") else f"{word}'s"


def _acronyms(organisation: str, person: int) -> Iterator[Form]:
    given = set(_BRACKETED.findall(organisation))
    bare = _ASIDE.sub(" ", organisation).strip()
    names = BODIES.get(fold_phrase(bare).removeprefix("the "), ())
    given |= {name for name in names if " " not in name or len(name) < 7}
    given |= {
        word
        for word in _CAPITALS.findall(bare)
        if len(word) > 2 and word not in GENERAL_ACRONYMS and word.lower() not in _LEGAL
    }
    for acronym in sorted(given):
        yield Form(fold_phrase(acronym), "org_acronym", person, Shape.ACRONYM, Scope.ORGANISATION, cased=acronym)
    for acronym in sorted(derived_acronyms(bare) - given):
        sure = acronym.upper() not in GENERAL_ACRONYMS and acronym.upper() not in BODY_ACRONYMS and len(acronym) > 2
        yield Form(
            fold_phrase(acronym),
            "org_acronym_derived",
            person,
            Shape.ACRONYM,
            Scope.ORGANISATION,
            cased=acronym,
            sure=sure,
        )


@lru_cache(maxsize=4096)
def derived_acronyms(organisation: str) -> frozenset[str]:
    """The acronyms people would make of a name: Office for National Statistics: ONS, OfNS; University of Leeds: UoL."""
    words = [word for word in _BETWEEN_WORDS.split(organisation) if word]
    content = [word for word in words if fold_phrase(word) not in _LINKS]
    if len(content) < 2:
        return frozenset()
    clipped = {"".join(word[:size].title() for word in content) for size in (3, 4)} if len(content) == 2 else set()
    article = words[0].lower() == "the"
    words = words[1:] if article else words

    def initial(word: str) -> str:
        return fold_phrase(word[0])[:1].upper() if not (word.isupper() and len(word) > 1) else fold_phrase(word).upper()

    short = "".join(initial(word) for word in content)
    mixed = "".join(word[0].lower() if fold_phrase(word) in _LINKS else initial(word) for word in words)
    if len(content) > 3 and fold_phrase(content[-1]) in _KINDS_OF_BODY:
        clipped.add(short[:-1])
    found = {short, mixed, mixed.upper(), *clipped} | ({f"T{short}"} if article else set())
    return frozenset(form for form in found if 2 <= len(form) <= 9 and form.isalnum())


def domain_forms(email: str, organisation: str, person: int) -> Iterator[Form]:
    """The domain a person writes from, and the ones their organisation's name would have."""
    domain = email.rpartition("@")[2].strip().lower()
    if "." in domain and domain not in _MAIL_FOR_ALL:
        yield Form(domain, "email_domain", person, Shape.ADDRESS, Scope.ORGANISATION)
        label = _DOMAIN_END.sub("", domain).rpartition(".")[2]
        if len(label) > 4 and not is_common(label) and label not in PLACES:
            yield Form(label, "org_domain", person, Shape.ADDRESS, Scope.ORGANISATION, sure=True)
