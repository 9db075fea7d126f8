"""From a draft to what may be read of it: one pure function, and the only way from the first to the second.

The Chatham House Rule: "participants are free to use the information received, but neither the identity nor the
affiliation of the speaker(s), nor that of any other participant, may be revealed." Rule numbers are those of
`docs/chatham-house.md`.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from notes.rules.vocabulary import Attribution, Audience, Consent, Draft, Edition, Item, Line, Participant, Section

LEAST_ORGANISATIONS = 2


def text_hash(text: str) -> str:
    """SHA-256, in hex, of `text` with runs of white space folded to one space and its ends trimmed.

    A consent is to words, not to line breaks (R2). The digest that is stored is keyed as well; see `notes.drafting`.
    """
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


def redact(draft: Draft, audience: Audience = Audience.NETWORK) -> Edition:
    """What `audience` may read of `draft`. Total: a valid draft always has an edition.

    Confidential items are gone before anything else is looked at, so that nothing can depend on them (R5, R6).
    Sections of the published agenda stay, even empty; others stay only with something in them.
    """
    people = _by_key(draft.participants)
    items = [item for item in draft.items if not item.confidential]
    levels = [consented_level(item, audience=audience, cap=draft.cap) for item in items]
    sectors = nameable_sectors(draft, named_in(draft, audience))
    lines = [
        (item.section, Line(text=item.text, attribution=_phrase(item, level, people, sectors)))
        for item, level in zip(items, levels, strict=True)
    ]
    return Edition(title=draft.title, audience=audience, sections=_sections(draft, lines))


def is_for_everybody(item: Item) -> bool:
    """Whether its contributor agreed that everybody may read this item, in these very words, attributed or not."""
    if item.consent is None or item.contributor is None or item.confidential:
        return False
    return _holds(item.consent, item.text, Audience.PUBLIC)


def write_up(draft: Draft) -> Edition:
    """What everybody may read of `draft`: only items whose contributors agreed to that, and no empty heading.

    Whether somebody else said something, or nobody in particular, makes no difference here (R6).
    """
    items = tuple(item for item in draft.items if is_for_everybody(item))
    edition = redact(replace(draft, items=items), Audience.PUBLIC)
    return replace(edition, sections=tuple(section for section in edition.sections if section.lines))


def consented_level(item: Item, *, audience: Audience, cap: Attribution) -> Attribution:
    """The most that this item's consent and the meeting's cap allow for `audience` (R1, R2, R3); R4 comes after."""
    consent = item.consent
    if consent is None or item.contributor is None or item.confidential:
        return Attribution.NONE
    if not _holds(consent, item.text, audience):
        return Attribution.NONE
    return Attribution(min(consent.level, cap))


def attribution_phrase(person: Participant, level: Attribution) -> str:
    """The exact words set beside a point: the name, the organisation, the sector, or nothing.

    What nobody has said of themselves stands beside nothing.
    """
    if not person.confirmed:
        return ""
    words = {
        Attribution.NAME: person.name,
        Attribution.ORGANISATION: person.organisation,
        Attribution.SECTOR: person.sector,
    }
    return _fold(words.get(level, ""))


def nameable_sectors(draft: Draft, named: Iterable[str] = ()) -> frozenset[str]:
    """The sectors, case-folded, that stand for at least *k* people who attended, are not among `named` (keys of
    people shown by name or organisation in the same edition), and come from at least two organisations (R4)."""
    shown = frozenset(named) | draft.named_elsewhere
    came = [person for person in _by_key(draft.participants).values() if person.attended and person.confirmed]
    unnamed = [person for person in came if person.key not in shown]
    return frozenset(
        sector
        for sector in {_same(person.sector) for person in unnamed} - {""}
        if _is_large_enough([person for person in unnamed if _same(person.sector) == sector], draft.k)
    )


def sectors_that_stand(draft: Draft, audience: Audience = Audience.NETWORK) -> dict[str, bool]:
    """Each sector of those who attended, by name, and whether `redact` may show it in this edition (R4)."""
    people = _by_key(draft.participants)
    nameable = nameable_sectors(draft, named_in(draft, audience))
    # They stand in `people` from the last to the first, whose spelling it is.
    sectors = {_same(one.sector): one.sector for one in people.values() if one.attended and _same(one.sector)}
    return {name: key in nameable for key, name in sorted(sectors.items())}


def colleagues_there(person: Participant, people: Iterable[Participant]) -> int:
    """How many others of the same organisation attended and said so themselves: with none, naming it points to one
    person. Who registered, waits, or runs the network was not there for that (R4)."""
    others = [one for one in people if one.attended and one.confirmed and one.key != person.key]
    return sum(_same(one.organisation) == _same(person.organisation) for one in others)


def _by_key(participants: Sequence[Participant]) -> dict[str, Participant]:
    """Everybody once. Where a key stands twice the first entry counts."""
    return {person.key: person for person in reversed(participants)}


def _holds(consent: Consent, text: str, audience: Audience) -> bool:
    return consent.audience >= audience and consent.text_hash == text_hash(text)


def named_in(draft: Draft, audience: Audience) -> frozenset[str]:
    """The keys of those whom `redact` shows by name or organisation: only people of whom there is something to show."""
    people = _by_key(draft.participants)
    items = [item for item in draft.items if item.contributor in people]
    levels = [consented_level(item, audience=audience, cap=draft.cap) for item in items]
    shown = [
        (people[item.contributor or ""], level)
        for item, level in zip(items, levels, strict=True)
        if level >= Attribution.ORGANISATION
    ]
    return frozenset(person.key for person, level in shown if attribution_phrase(person, level))


def _is_large_enough(people: Sequence[Participant], k: int) -> bool:
    organisations = {_same(person.organisation) for person in people} - {""}
    return len(people) >= k and len(organisations) >= LEAST_ORGANISATIONS


def _phrase(item: Item, level: Attribution, people: Mapping[str, Participant], sectors: frozenset[str]) -> str:
    person = people.get(item.contributor or "")
    if person is None or (level == Attribution.SECTOR and _same(person.sector) not in sectors):
        return ""
    return attribution_phrase(person, level)


def _sections(draft: Draft, lines: Sequence[tuple[str, Line]]) -> tuple[Section, ...]:
    under: dict[str, list[Line]] = {}
    for title, line in lines:
        under.setdefault(title, []).append(line)
    opening = [title for title in draft.openings if title in under]
    # A title that stands twice is shown once; what is not on the agenda follows in the order of what is left of it.
    titles = dict.fromkeys([*opening, *draft.sections, *under])
    return tuple(Section(title=title, lines=tuple(under.get(title, ()))) for title in titles)


def _fold(text: str) -> str:
    return " ".join(text.split())


def _same(text: str) -> str:
    """What two spellings of a sector or an organisation have in common."""
    return _fold(text).casefold()
