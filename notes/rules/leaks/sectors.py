"""The words for sectors too small to hide anybody."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

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
)
_NOUNS = {
    "academic": ("academic", "academics", "professor", "lecturer"),
    "police": ("police officer", "policeman", "policewoman", "cop", "detective"),
    "regulator": ("regulator",),
    "media": ("journalist", "reporter"),
    "union": ("union rep", "trade unionist", "union official"),
    "government": ("civil servant", "government official"),
    "local government": ("councillor", "council officer"),
    "health": ("clinician", "doctor", "nurse", "gp"),
    "funder": ("funder",),
    "legal": ("lawyer", "solicitor", "barrister"),
    "faith": ("priest", "imam", "vicar", "rabbi"),
    "politics": ("politician", "mp"),
    "consultancy": ("consultant",),
    "finance": ("banker", "insurer", "lender", "bank", "actuary", "credit union"),
    "think tank": ("think tanker",),
    "academia": ("academic", "professor", "lecturer", "university researcher"),
    "youth": ("youth worker", "young person"),
    "housing": ("landlord", "housing officer", "housing provider"),
    "culture": ("librarian", "archivist", "curator", "artist"),
    "utility": ("water company", "energy company", "supplier"),
    "professional body": ("royal college", "institution"),
    "transport": ("operator", "bus company"),
    "environment": ("environmentalist", "conservationist", "ecologist"),
    "farming": ("farmer",),
    "sport": ("coach", "athlete"),
    "education": ("teacher",),
    "private sector": ("business person", "vendor", "supplier", "company"),
    "civil society": ("campaigner", "charity worker", "activist"),
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


def sector_forms(participants: Sequence[Participant]) -> Iterator[Form]:
    """The words for each small sector and its people; the first of its people stands for all."""
    for sector, people in small_sectors(participants).items():
        for word in _words_for(sector):
            yield Form(word, "small_sector", people[0], Shape.SECTOR, Scope.SECTOR)
        for noun in next((nouns for key, nouns in _NOUNS.items() if _canonical(key) == sector), ()):
            yield Form(noun, "small_sector", people[0], Shape.SECTOR, Scope.SECTOR, sure=False)
