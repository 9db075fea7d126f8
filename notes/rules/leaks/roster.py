"""Everybody's forms, gathered once for a roster and ready to be looked up."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from notes.rules.leaks.folding import fold_phrase
from notes.rules.leaks.forms import Form, Scope, Shape
from notes.rules.leaks.likeness import Likeness, gather_likeness
from notes.rules.leaks.names import alias_forms, name_forms, parse
from notes.rules.leaks.organisations import (
    body_kinds,
    concepts,
    content_words,
    domain_forms,
    is_body,
    is_foreign,
    meanings,
    organisation_forms,
    places,
)
from notes.rules.leaks.roles import role_forms, role_nouns, role_topics, role_verbs
from notes.rules.leaks.scripts import loosened, skeleton
from notes.rules.leaks.sectors import sector_forms
from notes.rules.leaks.sounds import spoken_keys
from notes.rules.vocabulary import Attribution, Participant

_MAILBOXES = frozenset(
    "info hello contact team office admin press enquiries enquiry mail post support help events media hr data policy research dpo "
    "privacy comms news editor newsletter secretary chair director ceo foi".split()
)
TOPIC_START = 3
EDITABLE = ("first_name", "surname", "single_name", "name_subset", "particle_surname")


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster's forms: `words` for single words, `phrases` for the Aho-Corasick pass over everything longer."""

    participants: tuple[Participant, ...]
    words: Mapping[str, tuple[Form, ...]]
    phrases: "ahocorasick.Automaton | None"
    deletions: Mapping[str, tuple[str, ...]]
    bodies: Mapping[str, tuple[int, ...]]
    given: frozenset[str]
    sounds: Mapping[str, tuple[str, ...]]
    likeness: Likeness
    bones: Mapping[str, tuple[str, ...]]
    joined: Mapping[str, str]
    body_meanings: Mapping[str, tuple[tuple[tuple[frozenset[str], ...], int], ...]]
    foreign_stems: frozenset[str]
    kinds: tuple[frozenset[str], ...]
    places: tuple[frozenset[str], ...]
    sole_kinds: Mapping[str, int]
    verbs: frozenset[str]
    body_words: Mapping[str, tuple[tuple[frozenset[str], int], ...]]
    body_slips: Mapping[str, tuple[str, ...]]
    body_sizes: frozenset[tuple[str, int]]
    nouns: Mapping[str, frozenset[int]]
    beside: Mapping[str, frozenset[int]]
    topics: Mapping[str, Mapping[str, frozenset[int]]]
    told_by: tuple[frozenset[str], ...]

    def passes(self, form: Form, consented: Mapping[str, Attribution]) -> bool:
        """Whether somebody's consent covers this way of showing them."""
        if not consented:
            return False
        person = self.participants[form.person]
        level = consented.get(person.key, Attribution.NONE)
        if form.scope is Scope.NAME:
            return level >= Attribution.NAME
        if form.scope is Scope.CONTACT:
            return False
        if form.scope is Scope.SECTOR:
            same = fold_phrase(person.sector)
            others = (other for other in self.participants if fold_phrase(other.sector) == same)
            return any(consented.get(other.key, Attribution.NONE) >= Attribution.SECTOR for other in others)
        if form.scope is Scope.ROLE:
            same = fold_phrase(person.role)
            return any(
                consented.get(one.key, Attribution.NONE) >= Attribution.NAME
                for one in self.participants
                if fold_phrase(one.role) == same
            )
        colleagues = self.bodies.get(fold_phrase(person.organisation), (form.person,))
        return any(
            consented.get(self.participants[one].key, Attribution.NONE) >= Attribution.ORGANISATION
            for one in colleagues
        )


@lru_cache(maxsize=8)
def gather(participants: tuple[Participant, ...]) -> Roster:
    """The forms of everybody on a roster; kept for the rosters used last, as a desk checks the same one again and again."""
    words: dict[str, dict[tuple[int, Shape, str], Form]] = defaultdict(dict)
    phrases: dict[str, dict[tuple[int, Shape], Form]] = defaultdict(dict)
    bodies: dict[str, list[int]] = defaultdict(list)
    for place, participant in enumerate(participants):
        bodies[fold_phrase(participant.organisation)].append(place)
    for form in _forms(participants):
        if not form.text:
            continue
        if form.text.replace("'", "").isalnum():
            words[form.text].setdefault((form.person, form.shape, form.cased), form)
        else:
            phrases[form.text].setdefault((form.person, form.shape), form)
    frozen_words = {text: tuple(forms.values()) for text, forms in words.items()}
    names = [word for word, forms in frozen_words.items() if any(form.kind in EDITABLE for form in forms)]
    given = frozenset(parse(participant.name).given for participant in participants)
    body_words = _by_word((frozenset(content_words(body)), people[0]) for body, people in bodies.items())
    return Roster(
        participants=participants,
        words=frozen_words,
        phrases=_automaton({text: tuple(forms.values()) for text, forms in phrases.items()}),
        deletions=_deletions(frozen_words),
        bodies={name: tuple(people) for name, people in bodies.items()},
        given=given,
        sounds=_index(names, spoken_keys),
        likeness=gather_likeness(given, names, _run_together(participants)),
        bones=_index(names, lambda word: (skeleton(word), skeleton(word).replace("H", ""))),
        joined=_joined(participants),
        body_meanings=_meanings(bodies),
        foreign_stems=frozenset(
            stem for body in bodies if is_foreign(body) for stems in meanings(body) for stem in stems
        ),
        kinds=tuple(body_kinds(one.organisation) for one in participants),
        places=tuple(places(one.organisation) for one in participants),
        sole_kinds=_sole_kinds(bodies),
        verbs=frozenset(verb for one in participants for verb in role_verbs(one.role)),
        body_words=body_words,
        body_slips=_slips([word for word in body_words if len(word) > 4]),
        body_sizes=frozenset(
            (word[0], len(word) + more) for word in body_words if len(word) > 4 for more in (-1, 0, 1)
        ),
        nouns=_people_by(participants, lambda one: role_nouns(one.role)),
        beside=_people_by(participants, lambda one: set(content_words(one.organisation)) | concepts(one.organisation)),
        topics=_topics(participants),
        told_by=tuple(
            frozenset(fold_phrase(f"{one.role} {one.organisation} {one.sector}").split()) for one in participants
        ),
    )


def _forms(participants: Sequence[Participant]) -> Iterator[Form]:
    organisations: set[str] = set()
    domains: set[str] = set()
    roles: set[str] = set()
    for place, participant in enumerate(participants):
        yield from name_forms(participant.name, place)
        for alias in participant.aliases:
            yield from _alias(alias, participant, place)
        yield from _addresses(participant.email, place, parse(participant.name).words)
        domain = participant.email.rpartition("@")[2].lower()
        if domain not in domains:
            domains.add(domain)
            yield from domain_forms(participant.email, participant.organisation, place)
        body = fold_phrase(participant.organisation)
        if body not in organisations:
            organisations.add(body)
            yield from organisation_forms(participant.organisation, place)
        role = fold_phrase(participant.role)
        if role not in roles:
            roles.add(role)
            yield from role_forms(participant.role, place)
    yield from sector_forms(participants)


def _index(names: Sequence[str], keys: Callable[[str], Iterable[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for key in set(keys(name)):
            found[key].append(name)
    return {key: tuple(same) for key, same in found.items() if key}


def _people_by(
    participants: Sequence[Participant], words: Callable[[Participant], Iterable[str]]
) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for place, participant in enumerate(participants):
        for word in words(participant):
            found[word].add(place)
    return {word: frozenset(people) for word, people in found.items()}


def _topics(participants: Sequence[Participant]) -> dict[str, dict[str, frozenset[int]]]:
    """Who does what, by the first letters of the words for it, then by the word."""
    found: dict[str, dict[str, frozenset[int]]] = defaultdict(dict)
    for topic, people in _people_by(participants, lambda one: role_topics(one.role)).items():
        found[topic[:TOPIC_START]][topic] = people
    return found


def _run_together(participants: Sequence[Participant]) -> dict[str, str]:
    parsed = (parse(participant.name) for participant in participants)
    pairs = [(one.given, one.family) for one in parsed if one.family]
    return {first + last: first for pair in pairs for first, last in (pair, pair[::-1])}


def _joined(participants: Sequence[Participant]) -> dict[str, str]:
    found: dict[str, str] = {}
    for participant in participants:
        words = [word.replace("'", "") for word in parse(participant.name).words]
        orders = [words, words[::-1], words[1:] + words[:1], words[-1:] + words[:-1]]
        orders += [words[1:], words[:-1]] if len(words) > 2 else [[word] for word in words if len(word) > 4]
        for order in orders if words else ():
            whole = "".join(order)
            found.setdefault(whole, order[0])
            found.setdefault(loosened(whole), order[0])
    return found


def _meanings(
    bodies: Mapping[str, Sequence[int]],
) -> dict[str, tuple[tuple[tuple[frozenset[str], ...], int], ...]]:
    found: dict[str, list[tuple[tuple[frozenset[str], ...], int]]] = defaultdict(list)
    for body, people in bodies.items():
        said = meanings(body)
        for stem in frozenset().union(*said):
            found[stem].append((said, people[0]))
    return {stem: tuple(same) for stem, same in found.items()}


def _sole_kinds(bodies: Mapping[str, Sequence[int]]) -> dict[str, int]:
    found: dict[str, list[int]] = defaultdict(list)
    for body, people in bodies.items():
        for kind in body_kinds(body):
            found[kind].append(people[0])
    return {kind: people[0] for kind, people in found.items() if len(people) == 1}


def _by_word(named: Iterable[tuple[frozenset[str], int]]) -> dict[str, tuple[tuple[frozenset[str], int], ...]]:
    found: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
    for words, person in named:
        for word in words if len(words) > 1 else ():
            found[word].append((words, person))
    return {word: tuple(same) for word, same in found.items()}


def _slips(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return _index(list(words), deletions)


def _alias(alias: str, participant: Participant, place: int) -> Iterator[Form]:
    bodily = concepts(alias) & concepts(participant.organisation) if is_body(participant.organisation) else frozenset()
    capitals = "".join(letter for letter in alias if letter.isupper())
    if bodily and len(alias) > 3 and not set(fold_phrase(alias).split()) & set(parse(participant.name).words):
        yield from organisation_forms(alias, place)
    elif (
        capitals == alias
        and 2 <= len(alias) <= 8
        and not capitals.startswith(parse(participant.name).given[:1].upper())
    ):
        yield Form(fold_phrase(alias), "org_acronym", place, Shape.ACRONYM, Scope.ORGANISATION, cased=alias)
    else:
        yield from alias_forms(alias, place)


def _addresses(email: str, place: int, name: Sequence[str]) -> Iterator[Form]:
    local, at, domain = email.strip().lower().rpartition("@")
    if not (local and at):
        return
    yield Form(fold_phrase(email), "email", place, Shape.ADDRESS, Scope.CONTACT)
    plain = fold_phrase(local.partition("+")[0])
    if plain not in _MAILBOXES and len(plain) > 2:
        if plain not in name:
            yield Form(plain, "email_local_part", place, Shape.ADDRESS, sure=len(plain) > 4 or not plain.isalpha())
        spelt = fold_phrase(domain).replace(".", " dot ")
        for text in (
            f"{plain} at {spelt}",
            f"{plain.replace('.', ' dot ')} at {spelt}",
            *([plain.replace(".", " dot ")] if "." in plain else []),
        ):
            yield Form(text, "email_obfuscated", place, Shape.ADDRESS, Scope.CONTACT)


def _automaton(phrases: Mapping[str, tuple[Form, ...]]) -> "ahocorasick.Automaton | None":
    if not phrases:
        return None
    automaton = ahocorasick.Automaton()
    for text, forms in phrases.items():
        automaton.add_word(text, (len(text), forms))
    automaton.make_automaton()
    return automaton


def _deletions(words: Mapping[str, tuple[Form, ...]]) -> dict[str, tuple[str, ...]]:
    return _slips(
        word
        for word, forms in words.items()
        if len(word) > 3
        and any(form.kind in EDITABLE or (form.shape is Shape.BODY_WORD and form.sure) for form in forms)
    )


def deletions(word: str) -> set[str]:
    """The word with one letter left out, two where it is long: equal for words within that many slips of each other."""
    once = one_deletion(word)
    return once | {less for fewer in once for less in one_deletion(fewer)} if len(word) > 7 else once


def one_deletion(word: str) -> set[str]:
    """The word itself, and with each of its letters left out."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))} | {word}
