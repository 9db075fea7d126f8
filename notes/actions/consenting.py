"""What contributors say about their own points, on their personal page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from events.actions.registering import confirm_words
from notes.actions import refusals
from notes.actions.circulating import reissue
from notes.actions.contributing import remember
from notes.actions.noting import locked
from notes.drafting import (
    Known,
    consent_digest,
    look_hash,
    ordered_notes,
    person_with,
    roster,
    standing_consent,
)
from notes.models.drafts import Consent, ConsentRequest, Note, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution, Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One person's word on one item: how it may appear, or that it is left out, or what it should say instead.

    `text_hash` is that of the item as it stood on the page that was answered, `look` that of how it was shown there
    (`look_hash`), where it was: a choice about other words is not taken.
    """

    level: Attribution
    text_hash: str
    look: str | None = None
    audience: Audience = Audience.NETWORK
    leave_out: bool = False
    other_words: str = ""

    def is_about(self, note: Note) -> bool:
        return self.text_hash == text_hash(note.text) and self.look in {None, look_hash(note.text)}


def own_notes(request: ConsentRequest) -> list[Note]:
    """The contributor's own items and nobody else's (R12); what the desk keeps confidential is not noted at all."""
    notes = ordered_notes(request.notebook)
    return [
        note for note in notes if note.contributor == request.contributor and (note.left_out or not note.is_excluded)
    ]


def person_asked(request: ConsentRequest) -> Known | None:
    return person_with(request.contributor, roster(request.notebook.meeting, speaking=request.contributor))


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
        notes = own_notes(request)
        current = [note for note in notes if note.pk in choices and choices[note.pk].is_about(note)]
        if circulated:
            _refuse_more(current, choices, person)
        for note in current:
            _take(note, choices[note.pk], person, at)
        if any(choices[note.pk].level > Attribution.NONE for note in current):
            _let_words_stand(notebook, person)
        complete = len(current) == len(notes)
        request.answered = complete
        request.save(update_fields=["answered"])
        if circulated:
            reissue(notebook, at=at)
        return complete


def _let_words_stand(notebook: Notebook, person: Known) -> None:
    """Whoever wants to be shown in the words on this page has said that they are right."""
    for row in person.rows:
        if row.startswith("r"):
            confirm_words(int(row[1:]))
    remember(notebook, person)


def _take(note: Note, choice: Choice, person: Known, at: datetime) -> None:
    Note.objects.filter(pk=note.pk).update(left_out=choice.leave_out)
    level = min(choice.level, note.notebook.meeting.attribution_cap)
    changed = choice.other_words.strip() not in {"", note.text}
    note.suggested_text = choice.other_words.strip() if changed else ""
    note.save(update_fields=["suggested_text"])
    Consent.objects.update_or_create(
        note=note,
        defaults={
            "level": level,
            "audience": choice.audience,
            "digest": consent_digest(note, person.participant, level, choice.audience),
            "channel": Consent.Channel.PAGE,
            "given_at": at.isoformat(timespec="minutes"),
        },
    )


def _refuse_more(notes: list[Note], choices: Mapping[int, Choice], person: Known) -> None:
    for note in notes:
        standing = standing_consent(note, person.participant)
        level = standing.level if standing else Attribution.NONE
        choice = choices[note.pk]
        more = choice.level > level or (note.left_out and not choice.leave_out)
        if more and not choice.leave_out:
            raise refusals.OnlyLowerNow
