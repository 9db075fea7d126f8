"""Taking a person who is erased out of the notes: at once, without waiting for the day of forgetting (R10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from events.models import Meeting, Registration, Speaker
from members.actions.mailing import write_to_organisers
from members.models import Membership, User
from members.rules.roles import Duty
from notes.actions.checking import as_read
from notes.actions.circulating import reissue
from notes.actions.correcting import let_go_of_suggester
from notes.actions.freezing import put_in_place
from notes.actions.noting import locked, open_notebook
from notes.drafting import roster
from notes.models.drafts import Consent, Contributor, Notebook
from notes.models.editions import Edition
from notes.rendering import edition_digest
from notes.rules import vocabulary as rules
from notes.rules.identity import Identity, is_same
from notes.rules.leaks import find_leaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Whoever is erased: who they are, every name they were shown by, the networks that know them, their meetings."""

    identity: Identity
    names: frozenset[str]
    networks: frozenset[int]
    meetings: frozenset[int]

    @property
    def participant(self) -> rules.Participant:
        one = self.identity
        first, *more = sorted(self.names) or [""]
        return rules.Participant(key="erased", name=first, email=one.email, aliases=(*more, *one.aliases))


def erase_from_notes(email: str, user: User | None, *, at: datetime) -> None:
    """Make their points nobody's, have their name stand beside nothing, and tell organisers where a sentence has it."""
    person = _known(email, user)
    if user is not None:
        let_go_of_suggester(user)
    for notebook in Notebook.objects.exclude(state=Notebook.State.FORGOTTEN):
        _leave_their_points(notebook, person, at)
    for meeting in Meeting.objects.filter(pk__in=Edition.objects.values("meeting"), network__in=person.networks):
        with locked(open_notebook(meeting)) as held:
            for edition in Edition.objects.filter(meeting=held.meeting):
                _take_the_name_away(edition, person)
    for edition in (
        Edition.objects.newest().circulated().filter(meeting__in=person.meetings).select_related("meeting__network")
    ):
        if _names(edition, person):
            write_to_organisers("notes/needs_a_look", edition.meeting.network, about_id=edition.meeting_id)


def _known(email: str, user: User | None) -> Erased:
    whose = Q(guest_email__iexact=email) | (Q(user=user) if user else Q(pk=None))
    registrations = list(Registration.objects.filter(whose).select_related("meeting"))
    talks = Speaker.objects.filter(Q(email__iexact=email) | (Q(user=user) if user else Q(pk=None)))
    rows = (*(f"r{one.pk}" for one in registrations), *(f"s{one.pk}" for one in talks))
    identity = Identity(key="", user=user.pk if user else None, rows=rows, email=email)
    contributors = Contributor.objects.select_related("notebook__meeting")
    remembered = [(one.notebook.meeting, one.who) for one in contributors if is_same(identity, one.who)]
    memberships = Membership.objects.filter(user=user) if user else Membership.objects.none()
    meetings = [*(one.meeting for one in registrations), *(meeting for meeting, _one in remembered)]
    meetings += Meeting.objects.filter(
        Q(agenda__speakers__in=talks) | Q(network__in=memberships.with_duty(Duty.LOOK).values("network"))
    )
    names = {
        *(one.name for one in registrations),
        *(one.name for one in talks),
        *(one.name for _meeting, one in remembered),
        user.name if user else "",
    }
    aliases = (*(user.aliases if user else ()), *(form for one in registrations for form in one.aliases))
    return Erased(
        identity=Identity(key="", user=identity.user, rows=rows, email=email, aliases=aliases),
        names=frozenset(names - {""}),
        networks=frozenset({*(one.network_id for one in meetings), *memberships.values_list("network", flat=True)}),
        meetings=frozenset(one.pk for one in meetings),
    )


def _leave_their_points(notebook: Notebook, person: Erased, at: datetime) -> None:
    """Their points are nobody's in particular; what they had left out, or asked not to be noted, goes altogether."""
    with locked(notebook) as held:
        theirs = [one for one in held.contributors.all() if is_same(person.identity, one.who)]
        keys = {one.who.key for one in theirs}
        if not keys:
            return
        silent = {one.key for one in roster(held.meeting) if one.do_not_note}
        for note in [one for one in held.items.all() if one.contributor in keys]:
            if note.left_out or note.contributor in silent:
                note.delete()
            else:
                Consent.objects.filter(note=note).delete()
                note.contributor, note.suggested_text = "", ""
                note.save(update_fields=["contributor", "suggested_text"])
        for row in (*theirs, *(one for one in held.requests.all() if one.contributor in keys)):
            row.delete()
        if held.state == Notebook.State.CIRCULATED:
            reissue(held, at=at)


def _take_the_name_away(edition: Edition, person: Erased) -> None:
    """Another edition in the place of this one, where the name stood beside a point. One that never went out goes."""
    less = _without(edition, {_same(name) for name in person.names})
    if edition_digest(less) == edition.digest:
        return
    if hasattr(edition, "circulation"):
        put_in_place(edition, less, number=edition.number, made_on=edition.made_on, corrected_on=edition.corrected_on)
    else:
        edition.delete()


def _without(edition: Edition, names: Iterable[str]) -> rules.Edition:
    sections = tuple(
        rules.Section(
            title=section["title"],
            lines=tuple(
                rules.Line(
                    text=line["text"], attribution="" if _same(line["attribution"]) in names else line["attribution"]
                )
                for line in section["lines"]
            ),
        )
        for section in edition.content
    )
    return rules.Edition(title=edition.title, audience=rules.Audience(edition.audience), sections=sections)


def _names(edition: Edition, person: Erased) -> bool:
    """Whether a sentence or a heading of the edition gives them away, as the leak check reads it (R8)."""
    texts = [edition.title, *(section["title"] for section in edition.content)]
    texts += [line["text"] for section in edition.content for line in section["lines"]]
    people = (person.participant,)
    found = [one for text in texts for seen in (text, as_read(text)) for one in find_leaks(seen, people)]
    return any(one.severity == "block" for one in found)


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()
