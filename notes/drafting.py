"""From the rows of a draft to the pure `Draft` that the rules work on.

Keys of the roster say where a person was first known from: "r12" is a registration, "s3" a speaker, "m5" somebody who
runs the network. Whoever has contributed keeps their key, and their place in the roster, whatever becomes of them.
Nobody outside the draft ever sees keys.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from cop.lib.encryption import is_keyed_digest, keyed_digest
from cop.lib.languages import said_by_site
from cop.lib.markdown import render_markdown
from events.models import AgendaItem, Meeting, Registration, Speaker
from members.models import Membership, Sector, User
from members.rules.roles import Duty
from notes.models.drafts import Consent, Contributor, Note, Notebook
from notes.rules import vocabulary as rules
from notes.rules.identity import Identity, is_same, is_surely_same, marks
from notes.rules.redaction import attribution_phrase, text_hash

# Part of every digest: a consent to one wording of the choices is none to another.
CHOICES_WORDING = "2026-12"
# That of consents whose digest is not over the look of the text yet: they hold as they were given.
EARLIER_WORDING = "2026-11"
# An edition has no empty heading for these: hardly anything is noted there, and what is gets its heading.
UNNOTED_KINDS = frozenset({AgendaItem.Kind.WELCOME, AgendaItem.Kind.BREAK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One person of the roster, with what is needed to reach them."""

    participant: rules.Participant
    user: User | None
    email: str
    do_not_note: bool = False
    speaker_ids: frozenset[int] = frozenset()
    rows: tuple[str, ...] = ()
    organisation_is_new: bool = False

    @property
    def key(self) -> str:
        return self.participant.key

    @property
    def name(self) -> str:
        return self.participant.name

    @property
    def identity(self) -> Identity:
        """Who they are, to be remembered."""
        one = self.participant
        return Identity(
            key=one.key,
            user=self.user.pk if self.user else None,
            rows=self.rows,
            email=self.email,
            name=one.name,
            organisation=one.organisation,
            role=one.role,
            sector=one.sector,
            aliases=one.aliases,
            confirmed=one.confirmed,
        )


def roster(meeting: Meeting, *, speaking: str = "") -> list[Known]:
    """Everybody connected to the meeting, once each, by name: registered or waiting, presenting, hosting, noting.

    Who has contributed stays, also if they have given their place back or left the network since. `speaking` is the
    key of somebody who is looking at what was typed of them, and may make it their own word.
    """
    contributors = [one.who for one in Contributor.objects.filter(notebook__meeting=meeting)]
    own = {speaking, *(row for one in contributors if one.key == speaking for row in one.rows)}
    standing = meeting.registrations.standing()
    people = _once([*_registered(standing, own), *_speaking(meeting), *_running(meeting)])
    found, others = _told_apart(contributors, people)
    gone = [one for one in contributors if one.key not in found]
    taken = {one.key for one in contributors}
    whole = [*found.values(), *_departed(meeting, gone, own), *(_under_another_key(one, taken) for one in others)]
    return sorted(whole, key=lambda one: (one.name.casefold(), one.key))


def person_with(key: str, people: Iterable[Known]) -> Known | None:
    """Whose key this is: the one they have in the roster, or that of a row they stand in."""
    known = list(people)
    by_key = next((one for one in known if one.key == key), None)
    return by_key or next((one for one in known if key in one.rows), None)


def participants(meeting: Meeting) -> tuple[rules.Participant, ...]:
    return tuple(one.participant for one in roster(meeting))


def _once(entries: Iterable[Known]) -> list[Known]:
    """Each person once, with all that is known of them."""
    known: list[Known] = []
    places: defaultdict[str, set[int]] = defaultdict(set)
    for one in entries:
        near = sorted(set().union(*(places[mark] for mark in marks(one.identity))))
        same = next((place for place in near if is_same(one.identity, known[place].identity)), None)
        if same is None:
            same = len(known)
            known.append(one)
        else:
            known[same] = _merged(known[same], one)
        for mark in marks(known[same].identity):
            places[mark].add(same)
    return known


def _told_apart(contributors: Iterable[Identity], people: Iterable[Known]) -> tuple[dict[str, Known], list[Known]]:
    """Which of these people are which contributors, under the contributors' keys; and who is none of them.

    What is sure comes first: an address may have passed to somebody else. Nobody is two contributors.
    """
    found: dict[str, Known] = {}
    left = list(people)
    for same in (is_surely_same, is_same):
        for one in contributors:
            here = next((other for other in left if same(one, other.identity)), None)
            if here is not None and one.key not in found:
                left.remove(here)
                found[one.key] = _under_key(here, one.key)
    return found, left


def _departed(meeting: Meeting, gone: Sequence[Identity], own: set[str]) -> Iterable[Known]:
    """Contributors with no part in the meeting any more, as their place or account says, or as last known.

    They count for no sector.
    """
    if not gone:
        return []
    given_back = meeting.registrations.filter(state=Registration.State.CANCELLED)
    accounts = User.objects.filter(pk__in=[one.user for one in gone if one.user is not None])
    found, _others = _told_apart(gone, _once(chain(_registered(given_back, own), map(_by_account, accounts))))
    return [found.get(one.key) or _as_last_known(one, own) for one in gone]


def _by_account(user: User) -> Known:
    return Known(participant=_account(f"u{user.pk}", user), user=user, email=user.email)


def _as_last_known(one: Identity, own: set[str]) -> Known:
    participant = rules.Participant(
        key=one.key,
        name=one.name,
        organisation=one.organisation,
        role=one.role,
        sector=one.sector,
        email=one.email,
        aliases=one.aliases,
        attended=False,
        confirmed=one.confirmed or one.key in own,
    )
    return Known(participant=participant, user=None, email=one.email, rows=one.rows)


def _under_key(one: Known, key: str) -> Known:
    return replace(one, participant=replace(one.participant, key=key))


def _under_another_key(one: Known, taken: set[str]) -> Known:
    """A row that used to be a contributor's and is somebody else's now does not give them the contributor's points."""
    return _under_key(one, f"{one.key}-") if one.key in taken else one


def _registered(registrations: QuerySet[Registration], own: set[str]) -> Iterable[Known]:
    for row in registrations.select_related("user"):
        names = (row.user.name, row.user.organisation) if row.user else ()
        participant = rules.Participant(
            key=f"r{row.pk}",
            name=row.name,
            organisation=row.organisation,
            role=row.job_title,
            sector=_sector(row.sector),
            email=row.email,
            aliases=_other_forms((*row.aliases, *names), row.name, row.organisation),
            attended=row.state == Registration.State.ATTENDED,
            confirmed=row.confirmed or f"r{row.pk}" in own,
        )
        yield Known(
            participant=participant,
            user=row.user,
            email=row.email,
            do_not_note=row.do_not_note,
            rows=(participant.key,),
            organisation_is_new=row.organisation_is_new,
        )


def _speaking(meeting: Meeting) -> Iterable[Known]:
    """Presenters. The agenda names them, so they hide nobody: they count for a sector only if registered as well."""
    for row in Speaker.objects.filter(agenda_item__meeting=meeting).select_related("user"):
        aliases = _other_forms(row.user.aliases if row.user else (), row.name, row.organisation)
        email = row.email or (row.user.email if row.user else "")
        participant = rules.Participant(
            key=f"s{row.pk}",
            name=row.name,
            organisation=row.organisation,
            role=row.role,
            sector=_sector(row.user.sector) if row.user else "",
            email=email,
            aliases=aliases,
            attended=False,
        )
        yield Known(
            participant=participant,
            user=row.user,
            email=email,
            speaker_ids=frozenset({row.pk}),
            rows=(participant.key,),
        )


def _running(meeting: Meeting) -> Iterable[Known]:
    """Those with a role. Looking after a network is not having been there: they count for no sector."""
    rows = Membership.objects.active().with_duty(Duty.LOOK).filter(network=meeting.network_id).select_related("user")
    for row in rows:
        participant = _account(f"m{row.pk}", row.user)
        yield Known(participant=participant, user=row.user, email=row.user.email, rows=(participant.key,))


def _account(key: str, user: User) -> rules.Participant:
    return rules.Participant(
        key=key,
        name=user.name,
        organisation=user.organisation,
        role=user.job_title,
        sector=_sector(user.sector),
        email=user.email,
        aliases=user.aliases,
        attended=False,
    )


def _sector(value: str) -> str:
    return said_by_site(Sector(value).label) if value in Sector.values else value


def _merged(first: Known, second: Known) -> Known:
    """One person known twice: the first entry, and every form of name of both. What a stranger may have typed of
    somebody who presents or runs the network gives way to what is known of them."""
    one, two = first.participant, second.participant
    if two.confirmed and not one.confirmed:
        one, two = replace(two, key=one.key), one
    forms = _other_forms((*one.aliases, *two.aliases, two.name, two.organisation), one.name, one.organisation)
    return replace(
        first,
        participant=replace(one, role=one.role or two.role, aliases=forms),
        do_not_note=first.do_not_note or second.do_not_note,
        organisation_is_new=first.organisation_is_new or second.organisation_is_new,
        speaker_ids=first.speaker_ids | second.speaker_ids,
        rows=(*first.rows, *second.rows),
        user=first.user or second.user,
    )


def _other_forms(forms: Iterable[str], *said_already: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form and form not in said_already))


def draft_of(notebook: Notebook) -> rules.Draft:
    """The draft as the rules see it: the agenda's titles, the items in editorial order, the roster."""
    meeting = notebook.meeting
    titles = section_titles(meeting)
    known = {one.key: one for one in roster(meeting)}
    return rules.Draft(
        title=meeting.shown_title,
        sections=tuple(titles[part.pk] for part in meeting.agenda.all() if part.kind not in UNNOTED_KINDS),
        items=tuple(_item(note, known.get(note.contributor), titles) for note in ordered_notes(notebook)),
        participants=tuple(one.participant for one in known.values()),
        k=meeting.network.sector_minimum,
        cap=rules.Attribution(meeting.attribution_cap),
        openings=openings(),
    )


def openings() -> tuple[str, str]:
    """What an edition opens with, if there is any: what to take away, and what was agreed to do."""
    return said_by_site(_("Take-aways")), said_by_site(_("Actions agreed"))


def section_titles(meeting: Meeting) -> dict[int, str]:
    """Agenda item id to title, in agenda order; a title that stands twice is numbered, so that each keeps its own."""
    parts = list(meeting.agenda.all())
    taken = {part.title for part in parts}
    titles: dict[int, str] = {}
    for part in parts:
        numbered = (f"{part.title} ({number})" for number in count(2))
        first = part.title not in titles.values()
        titles[part.pk] = part.title if first else next(title for title in numbered if title not in taken)
        taken.add(titles[part.pk])
    return titles


def ordered_notes(notebook: Notebook) -> Sequence[Note]:
    """The items in editorial order; never in the order of entry unless an editor left it so (R7)."""
    return list(notebook.items.select_related("agenda_item", "consent"))


def _item(note: Note, by: Known | None, titles: dict[int, str]) -> rules.Item:
    """One item; whoever asks, even late, that their comments are not noted takes all of them out (R5)."""
    contributor = by.participant if by else None
    return rules.Item(
        section=section_of(note, titles),
        text=note.text,
        contributor=contributor.key if contributor else None,
        confidential=note.is_excluded or (by is not None and by.do_not_note),
        consent=standing_consent(note, contributor),
    )


def section_of(note: Note, titles: dict[int, str]) -> str:
    if note.kind == Note.Kind.TAKEAWAY:
        return openings()[0]
    if note.kind == Note.Kind.ACTION:
        return openings()[1]
    return titles.get(note.agenda_item_id or 0, said_by_site(_("Also said")))


def consent_digest(note: Note, person: rules.Participant, level: int, audience: int, *, words: str = "") -> str:
    """What a consent is given to: these words, here, shown to these readers with this phrase (R2). Keyed.

    `words` are others than those of the item, where the contributor would rather have them.
    """
    return keyed_digest(*_consented(note, person, level, audience, words or note.text))


def standing_consent(note: Note, person: rules.Participant | None) -> rules.Consent | None:
    """The consent to this item as it stands; none where the words, their place or the phrase have changed since."""
    given: Consent | None = getattr(note, "consent", None)
    if given is None or person is None:
        return None
    parts = _consented(note, person, given.level, given.audience, note.text)
    earlier = (EARLIER_WORDING, *parts[1:-1])
    stands = any(is_keyed_digest(digest, *parts) for digest in (given.digest, given.digest_of_other_words))
    if not stands and not is_keyed_digest(given.digest, *earlier):
        return None
    return rules.Consent(
        level=rules.Attribution(given.level),
        audience=rules.Audience(given.audience),
        text_hash=text_hash(note.text),
    )


def look_hash(text: str) -> str:
    """What the page makes of a text, as a digest: a sentence that white space makes a heading of is another."""
    return hashlib.sha256(" ".join(str(render_markdown(text.strip())).split()).encode()).hexdigest()


def place_hash(note: Note, person: rules.Participant) -> str:
    """What a choice is made about besides the words, as a digest: where they stand, and each phrase there is to choose.

    Somebody may move the item, or put a name right, between the page and the press.
    """
    phrases = [attribution_phrase(person, level) for level in rules.Attribution]
    return keyed_digest(note.kind, note.agenda_item.title if note.agenda_item else "", person.key, *phrases)


def offer_hash(note: Note, person: rules.Participant) -> str:
    """All that a choice is made about, as a digest: the words as they are shown, their place, and the phrases."""
    return keyed_digest(look_hash(note.text), place_hash(note, person))


def _consented(note: Note, person: rules.Participant, level: int, audience: int, words: str) -> tuple[str, ...]:
    phrase = attribution_phrase(person, rules.Attribution(level))
    place = note.agenda_item.title if note.agenda_item else ""
    return (
        CHOICES_WORDING,
        str(note.pk),
        note.kind,
        place,
        person.key,
        str(level),
        str(audience),
        phrase,
        text_hash(words),
        look_hash(words),
    )


def credited_speakers(meeting: Meeting, *, for_members: bool) -> dict[int, dict[str, rules.Attribution]]:
    """Agenda item id to {roster key: NAME} of its presenters, where they present on the record and may be credited:
    where the agenda may name them to those who will read the edition.

    By id, not by title: a talk that is called "Actions agreed" credits its presenter with no action.
    """
    people = roster(meeting)
    credited: dict[int, dict[str, rules.Attribution]] = {}
    named = Prefetch("speakers", Speaker.objects.named_to(is_member=for_members))
    for part in meeting.agenda.filter(basis=AgendaItem.Basis.RECORD).prefetch_related(named):
        presenting = {speaker.pk for speaker in part.speakers.all()}
        credited[part.pk] = {one.key: rules.Attribution.NAME for one in people if one.speaker_ids & presenting}
    return credited
