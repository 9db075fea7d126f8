"""Points that people add themselves, on a page of their own, with their own choice of how each may appear (R2, R12).

To note-takers such a point is one like any other: nothing says that its contributor wrote it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from events.models import AgendaItem, Registration
from notes.actions import refusals
from notes.actions.consenting import let_words_stand
from notes.actions.dealing import deal_anew
from notes.actions.noting import add_note, delete_note, edit_note, locked, open_for_writing, open_notebook
from notes.drafting import Known, consent_digest, ordered_notes, person_with, place_hash, roster
from notes.models.drafts import Consent, Note, Notebook
from notes.rules.vocabulary import Attribution, Audience


def person_adding(registration: Registration) -> Known:
    """Who somebody is in the notes, as they say it themselves."""
    key = f"r{registration.pk}"
    person = person_with(key, roster(registration.meeting, speaking=key))
    if person is None:
        raise refusals.PointsAreClosed
    return person


def may_add(registration: Registration, *, at: datetime) -> bool:
    """From the start of the meeting, while its notes are being written."""
    notebook = Notebook.objects.filter(meeting=registration.meeting_id).first()
    drafting = notebook is None or notebook.state == Notebook.State.DRAFTING
    return drafting and at >= registration.meeting.starts_at


def own_points(registration: Registration) -> list[Note]:
    """What this person added, and nobody else's; what a note-taker sealed since is not noted any more."""
    notebook = Notebook.objects.filter(meeting=registration.meeting_id).first()
    if notebook is None:
        return []
    key = person_adding(registration).key
    return [
        note for note in ordered_notes(notebook) if note.own_words and note.contributor == key and not note.is_excluded
    ]


@transaction.atomic
def add_own_point(
    registration: Registration,
    *,
    text: str,
    agenda_item: AgendaItem | None,
    level: Attribution,
    at: datetime,
    token: UUID | None = None,
) -> Note:
    """A point in somebody's own words; their choice holds for exactly these (R2), and for members only."""
    with locked(open_notebook(registration.meeting)) as held:
        if not may_add(registration, at=at):
            raise refusals.PointsAreClosed
        person = _noted(registration)
        note = add_note(held, text=text, agenda_item=agenda_item, contributor=person.key, token=token)
        held.items.filter(pk=note.pk).update(own_words=True)
        _agree(note, person, level, at)
        return note


@transaction.atomic
def change_own_point(
    registration: Registration,
    note_id: int,
    *,
    revision: int,
    text: str,
    level: Attribution,
    at: datetime,
    seen: str | None = None,
) -> Note:
    """Other words, or another choice, or both; `revision` is that of the words they had before them, `seen` the
    `place_hash` of what they chose from, where there was a page."""
    with open_for_writing(open_notebook(registration.meeting)):
        person = _noted(registration)
        note = _own(registration, note_id)
        if seen not in {None, place_hash(note, person.participant)}:
            raise refusals.SomebodyElseWrote(note, text)
        if note.text != text.strip() or note.revision != revision:
            note = edit_note(
                note,
                revision=revision,
                text=text,
                agenda_item=note.agenda_item,
                contributor=note.contributor,
                kind=note.kind,
                confidential=note.confidential,
                may_lift=False,
            )
        _agree(note, person, level, at)
        return note


def delete_own_point(registration: Registration, note_id: int) -> None:
    delete_note(_own(registration, note_id))


def _own(registration: Registration, note_id: int) -> Note:
    found = next((note for note in own_points(registration) if note.pk == note_id), None)
    if found is None:
        raise refusals.ItemIsGone
    return found


def _noted(registration: Registration) -> Known:
    person = person_adding(registration)
    if person.do_not_note:
        raise refusals.YouAskedNotToBeNoted
    return person


def _agree(note: Note, person: Known, level: Attribution, at: datetime) -> None:
    shown = Attribution(min(level, note.notebook.meeting.attribution_cap))
    if shown > Attribution.NONE:
        let_words_stand(note.notebook, person)
    Consent.objects.update_or_create(
        note=note,
        defaults={
            "level": shown,
            "audience": Audience.NETWORK,
            "digest": consent_digest(note, person.participant, shown, Audience.NETWORK),
            "digest_of_other_words": "",
            "channel": Consent.Channel.PAGE,
            "remark": "",
            "given_at": at.isoformat(timespec="minutes"),
        },
    )
    deal_anew(note.notebook)
