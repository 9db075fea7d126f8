"""The words for sectors too small to hide anybody."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import regex

from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.forms import Form, Scope, Shape
from notes.rules.vocabulary import Participant

K = 3
_SAME_SECTOR = (
    ("academia", "academic", "university", "universities", "higher education", "research", "academics"),
    (
        "private sector",
        "industry",
        "business",
        "private",
        "corporate",
        "commercial",
        "tech",
        "company",
        "technology",
        "companies",
        "tech industry",
    ),
    (
        "civil society",
        "charity",
        "ngo",
        "voluntary sector",
        "third sector",
        "charities",
        "non profit",
        "vcse",
        "voluntary",
        "charity sector",
    ),
    ("local government", "council", "local authority", "councils", "local authorities", "municipal"),
    (
        "government",
        "central government",
        "civil service",
        "public sector",
        "whitehall",
        "national government",
        "devolved government",
    ),
    ("police", "policing", "law enforcement", "constabulary"),
    ("health", "nhs", "healthcare", "health care", "clinical", "health sector"),
    ("regulator", "regulation", "regulators", "regulatory"),
    ("media", "press", "journalism", "broadcasting"),
    ("union", "trade union", "unions", "trade unions", "trades union", "labour movement"),
    ("funder", "philanthropy", "funders", "grant maker", "foundation", "grantmaker", "philanthropic"),
    ("think tank", "think tanks", "policy institute"),
    ("education", "schools", "school", "teaching"),
    ("legal", "law", "lawyers", "law firm"),
    ("finance", "banking", "financial services", "bank", "insurance"),
    ("faith", "church", "religious", "faith group"),
    ("culture", "museums", "arts", "heritage", "library", "libraries"),
    ("politics", "political", "parliament", "political party"),
    ("consultancy", "consulting", "consultant"),
    ("housing", "housing association", "social housing"),
    ("youth", "youth sector", "young people's", "youth work"),
    ("utility", "utilities", "energy", "water", "energy sector", "water sector"),
    ("professional body", "professional bodies", "profession"),
    ("transport", "rail", "bus", "mobility"),
    ("environment", "environmental", "conservation", "green", "climate"),
    ("farming", "agriculture", "agricultural", "rural"),
    ("sport", "sports", "sporting"),
    ("disability", "disabled people's", "disability rights"),
    ("science", "scientific"),
    ("defence", "military", "armed forces"),
    ("technology", "start up", "startup", "start ups", "startups", "software"),
    ("emergency services", "fire and rescue", "fire service", "fire", "ambulance service", "blue light"),
    ("judiciary", "courts", "justice", "judges", "prisons", "probation", "prison service"),
    ("international", "international organisation", "united nations", "un", "multilateral", "intergovernmental"),
    ("development", "humanitarian", "aid", "international development", "aid agency"),
    ("social care", "care sector", "care homes", "care"),
    ("retail", "retailers", "shops", "supermarket"),
    ("construction", "building trade", "builders"),
    ("telecoms", "telecommunications", "telecom", "mobile"),
    ("pharma", "pharmaceuticals", "pharmaceutical", "life sciences", "drug company"),
    ("insurance", "insurers", "insurance industry"),
    ("manufacturing", "manufacturers", "engineering"),
    ("food", "hospitality", "tourism", "catering"),
    ("patients", "patient groups", "patient advocacy", "patient"),
    ("students", "student", "student body"),
    ("migration", "refugee", "refugees", "asylum"),
    ("standards", "standards body", "standardisation"),
    ("ombudsman", "ombuds"),
    ("aviation", "airline", "airlines", "airport"),
    ("maritime", "shipping", "ports", "fisheries", "fishing"),
)
_NOUNS = {
    "academia": "academic academics professor prof lecturer scholar researcher|university researcher|social scientist",
    "police": "detective cop policeman policewoman constable sergeant|police officer|officer from the force",
    "regulator": "regulator ombudsman commissioner inspector watchdog inspectorate",
    "media": "journalist reporter broadcaster editor newspaper producer columnist hack|news organisation",
    "union": "unionist|union rep|union official|trade unionist|shop steward|union man|union woman",
    "government": "|civil servant|government official|policy official|government department",
    "local government": "councillor|council officer|council official|local authority officer|town hall|county hall|city hall",
    "health": "clinician doctor nurse gp medic consultant hospital physician midwife surgeon|health worker|health board",
    "funder": "funder foundation philanthropist|grant giver|grant maker",
    "legal": "lawyer solicitor barrister counsel advocate|law firm",
    "faith": "priest imam vicar rabbi chaplain canon bishop minister cleric|faith leader",
    "politics": "politician mp senator msp backbencher peer|member of parliament",
    "consultancy": "consultant|consultancy firm",
    "finance": "banker insurer lender bank actuary|credit union|building society",
    "insurance": "insurer underwriter actuary",
    "think tank": "wonk|think tanker|policy wonk|policy institute",
    "youth": "|youth worker|young person",
    "housing": "landlord|housing officer|housing provider|housing association|social landlord",
    "culture": "librarian archivist curator artist museum gallery library archive theatre|arts organisation",
    "utility": "supplier utility|water company|energy company|network operator",
    "professional body": "institution|royal college|chartered institute",
    "transport": "operator|bus company|train company|rail operator|train operator",
    "environment": "environmentalist conservationist ecologist",
    "farming": "farmer grower",
    "sport": "coach athlete",
    "education": "teacher headteacher head school college",
    "private sector": "vendor supplier company firm corporation start-up startup|business person|private company|tech company|businessman",
    "civil society": "campaigner charity activist|charity worker|community organiser|voluntary organisation",
    "emergency services": "firefighter paramedic|fire officer|fire service|ambulance service",
    "judiciary": "judge magistrate tribunal court",
    "social care": "carer|care worker|care provider|social worker|care home",
    "retail": "retailer shopkeeper supermarket",
    "telecoms": "telco carrier|phone company|mobile operator",
    "pharma": "|drug company|drug maker",
    "defence": "soldier general|army officer",
    "science": "scientist|lab scientist",
    "consumer": "|consumer body|consumer group|consumer champion",
    "students": "student|student rep",
    "patients": "patient|patient rep|patient group",
    "international": "diplomat|aid worker|international organisation|un agency",
    "development": "|aid worker|aid agency",
    "construction": "builder",
    "ombudsman": "ombudsman ombudsperson commissioner",
    "aviation": "airline airport pilot",
}


def small_sectors(participants: Sequence[Participant]) -> dict[str, list[int]]:
    """The folded sectors that stand for fewer than `K` attended people, or for one organisation, with their people (R4)."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, participant in enumerate(participants):
        if sector := fold_phrase(participant.sector):
            groups[_canonical(sector)].append(place)
    return {sector: people for sector, people in groups.items() if _is_small([participants[place] for place in people])}


def _is_small(people: Sequence[Participant]) -> bool:
    attended = [person for person in people if person.attended and person.confirmed]
    return len(attended) < K or len({fold_phrase(person.organisation) for person in attended}) < 2


def _canonical(sector: str) -> str:
    return next((group[0] for group in _SAME_SECTOR if sector in group), sector)


def _words_for(sector: str) -> tuple[str, ...]:
    return next((group for group in _SAME_SECTOR if sector in group), (sector,))


def _nouns_for(sector: str) -> tuple[str, ...]:
    single, _, phrases = _NOUNS.get(sector, "").partition("|")
    nouns = [noun for noun in (*single.split(), *phrases.split("|")) if noun]
    return *nouns, *(f"{noun}s" for noun in nouns if not noun.endswith(("s", "man", "y")))


def _halves(sector: str) -> frozenset[str]:
    """The sectors that a compound one is made of: "health and social care": health, social care."""
    parts = regex.split(r" and | & |\s*[/,;]\s*", sector)
    return frozenset(part for part in parts if any(part in group for group in _SAME_SECTOR))


def sector_forms(participants: Sequence[Participant]) -> Iterator[Form]:
    """The words for each small sector and its people; the first of its people stands for all."""
    small = small_sectors(participants)
    large = {_canonical(fold_phrase(one.sector)) for one in participants} - small.keys()
    for sector, people in small.items():
        names = {sector, *(half for half in _halves(sector) if _canonical(half) not in large)}
        for word in sorted({word for name in names for word in _words_for(name)}):
            yield Form(word, "small_sector", people[0], Shape.SECTOR, Scope.SECTOR)
        for noun in sorted({noun for name in names for noun in _nouns_for(_canonical(name))}):
            yield Form(noun, "small_sector", people[0], Shape.SECTOR, Scope.SECTOR, sure=False, cased="noun")
