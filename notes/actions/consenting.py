"""What contributors say about their own points, on their personal page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from events.actions.registering import confirm_words
from notes.actions import refusals
from notes.actions.circulating import reissue
from notes.actions.contributing import remember
from notes.actions.dealing import deal_anew
from notes.actions.noting import locked, refuse_words
from notes.drafting import (
    Known,
    consent_digest,
    offer_hash,
    ordered_notes,
    person_with,
    roster,
    standing_consent,
)
from notes.models.drafts import Consent, ConsentRequest, Note, Notebook
from notes.models.editions import Edition
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution, Audience, Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One person's word on one item: how it may appear, or that it is left out, or what it should say instead.

    `other_words` are what it should say instead; `is_for_other_words` is whether the choice is for these as well, if
    they are used exactly. `text_hash` is that of the item as it stood on the page that was answered, `look` that of
    all that was shown there (`offer_hash`), where it was: a choice about anything else is not taken.
    """

    level: Attribution
    text_hash: str
    look: str | None = None
    audience: Audience = Audience.NETWORK
    leave_out: bool = False
    other_words: str = ""
    is_for_other_words: bool = False

    def is_about(self, note: Note, person: Participant) -> bool:
        return self.text_hash == text_hash(note.text) and self.look in {None, offer_hash(note, person)}


def own_notes(request: ConsentRequest) -> list[Note]:
    """The contributor's own items and nobody else's (R12); what the desk keeps confidential is not noted at all."""
    notes = ordered_notes(request.notebook)
    return [
        note for note in notes if note.contributor == request.contributor and (note.left_out or not note.is_excluded)
    ]


def person_asked(request: ConsentRequest) -> Known | None:
    return person_with(request.contributor, roster(request.notebook.meeting, speaking=request.contributor))


def shown_without_consent(request: ConsentRequest, person: Known, notes: Sequence[Note]) -> dict[int, str]:
    """Item id to what stands beside it in the edition that is out, where its contributor agrees to that no longer: they
    have another name now, say. Their page must not call unattributed what readers see attributed."""
    edition = Edition.objects.newest().circulated().filter(meeting=request.notebook.meeting, audience=0).first()
    lines = [line for section in edition.content for line in section["lines"]] if edition else []
    remembered = [one.who for one in request.notebook.contributors.all() if one.who.key == request.contributor]
    known = [person.identity, *remembered]
    forms = {form for one in known for form in (one.name, one.organisation, one.sector, *one.aliases) if form}
    return {
        note.pk: line["attribution"]
        for note in notes
        for line in lines
        if line["text"] == note.text and line["attribution"] in forms and not standing_consent(note, person.participant)
    }


@transaction.atomic
def save_choices(request: ConsentRequest, choices: Mapping[int, Choice], *, at: datetime) -> bool:
    """Take the contributor's word on each of their items; keys of `choices` are the items' ids.

    Answers False, and takes the rest, if an item said something else when the page was opened. After circulation
    only less can be shown than before, and that at once: in a new edition (R10).
    """
    with locked(request.notebook) as notebook:
        person = person_asked(request)
        if person is None or notebook.state == Notebook.State.FORGOTTEN:
            raise refusals.NotesAreClosed
        circulated = notebook.state == Notebook.State.CIRCULATED
        notes, one = own_notes(request), person.participant
        for choice in choices.values():
            refuse_words(choice.other_words)
        current = [note for note in notes if note.pk in choices and choices[note.pk].is_about(note, one)]
        if circulated:
            _refuse_more(current, choices, person)
        for note in current:
            _take(note, _offered(choices[note.pk], notebook), person, at)
        if any(choices[note.pk].level > Attribution.NONE for note in current):
            let_words_stand(notebook, person)
        complete = len(current) == len(notes)
        request.answered = complete
        request.save(update_fields=["answered"])
        deal_anew(notebook)
        if circulated:
            reissue(notebook, at=at)
        return complete


def let_words_stand(notebook: Notebook, person: Known) -> None:
    """Whoever wants to be shown in the words on this page has said that they are right."""
    for row in person.rows:
        if row.startswith("r"):
            confirm_words(int(row[1:]))
    remember(notebook, person)


def _offered(choice: Choice, notebook: Notebook) -> Choice:
    """What there was to choose from: no more than the meeting's cap, nothing public where nothing is published (R3)."""
    audience = choice.audience if notebook.meeting.network.publishes_write_ups else Audience.NETWORK
    level = Attribution(min(choice.level, notebook.meeting.attribution_cap))
    return replace(choice, level=level, audience=audience)


def _take(note: Note, choice: Choice, person: Known, at: datetime) -> None:
    words = choice.other_words.strip()
    note.left_out = choice.leave_out
    note.suggested_text = "" if words == note.text else words
    note.save(update_fields=["left_out", "suggested_text"])
    level = choice.level
    given = consent_digest(note, person.participant, level, choice.audience)
    keeps = choice.is_for_other_words and note.suggested_text
    other = consent_digest(note, person.participant, level, choice.audience, words=note.suggested_text) if keeps else ""
    Consent.objects.update_or_create(
        note=note,
        defaults={
            "level": level,
            "audience": choice.audience,
            "digest": given,
            "digest_of_other_words": other,
            "channel": Consent.Channel.PAGE,
            "remark": "",
            "given_at": at.isoformat(timespec="minutes"),
        },
    )


def _refuse_more(notes: list[Note], choices: Mapping[int, Choice], person: Known) -> None:
    for note in notes:
        standing = standing_consent(note, person.participant)
        level, audience = (standing.level, standing.audience) if standing else (Attribution.NONE, Audience.NETWORK)
        choice = choices[note.pk]
        wider = choice.level > Attribution.NONE and choice.audience > audience
        more = choice.level > level or wider or (note.left_out and not choice.leave_out)
        if more and not choice.leave_out:
            raise refusals.OnlyLowerNow
