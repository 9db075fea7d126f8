"""What is written down for a contributor: a consent they gave in the meeting, and the words they asked for."""

from datetime import datetime

from members.models import User
from notes.actions import refusals
from notes.actions.asking import write_to
from notes.actions.noting import edit_note, open_for_writing
from notes.drafting import consent_digest, person_with, roster, standing_consent
from notes.models.drafts import Consent, Note, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution, Audience


def record_consent(
    note: Note, *, level: Attribution, audience: Audience, remark: str, seen: str, by: User, at: datetime
) -> Consent:
    """Write down, as an organiser, what a contributor agreed to in the meeting (`remark`: when and how).

    `seen` is the `text_hash` of the words the organiser had before them. Never more than the meeting's cap, and never
    over what the contributor has chosen themselves. Who has been asked already is written to.
    """
    with open_for_writing(note.notebook) as held:
        current = held.items.select_related("agenda_item", "consent", "notebook__meeting__network").get(pk=note.pk)
        if text_hash(current.text) != seen:
            raise refusals.NotesHaveChanged
        person = person_with(current.contributor, roster(held.meeting)) if current.contributor else None
        if person is None:
            raise refusals.NobodysPoint
        _refuse(held, current, remark)
        level = Attribution(min(level, held.meeting.attribution_cap))
        audience = audience if held.meeting.network.publishes_write_ups else Audience.NETWORK
        recorded, _is_new = Consent.objects.update_or_create(
            note=current,
            defaults={
                "level": level,
                "audience": audience,
                "digest": consent_digest(current, person.participant, level, audience),
                "digest_of_other_words": "",
                "channel": Consent.Channel.MEETING,
                "remark": remark.strip(),
                "given_at": at.isoformat(timespec="minutes"),
            },
        )
        asked = [one for one in held.requests.all() if one.contributor == current.contributor]
        if asked:
            write_to(held, "notes/recorded", asked, by=by)
        return recorded


def _refuse(notebook: Notebook, note: Note, remark: str) -> None:
    if note.is_excluded:
        raise refusals.NothingIsShownOfIt
    if not remark.strip():
        raise refusals.RemarkIsMissing
    if has_chosen(note):
        raise refusals.TheyChoseThemselves


def has_chosen(note: Note) -> bool:
    """Whether the contributor has answered about this item on their own page; never what."""
    given: Consent | None = getattr(note, "consent", None)
    return given is not None and not given.was_given_in_the_meeting


def use_suggested_words(note: Note, *, seen: str, may_lift: bool) -> Note:
    """Have the item say what its contributor suggested; `seen` is the `text_hash` of the suggestion that was read.

    Their consent holds if they gave it to these words too (R2); otherwise they are asked again.
    """
    with open_for_writing(note.notebook) as held:
        current = _suggesting(held, note, seen)
        answered = [one for one in held.requests.all() if one.answered and one.contributor == current.contributor]
        changed = edit_note(
            current,
            revision=current.revision,
            text=current.suggested_text,
            agenda_item=current.agenda_item,
            contributor=current.contributor,
            kind=current.kind,
            confidential=current.confidential,
            may_lift=may_lift,
        )
        if _still_stands(held, changed):
            for request in answered:
                request.save(update_fields=["answered"])
        return changed


def keep_words(note: Note, *, seen: str) -> None:
    """Leave the item as it was, and the suggestion behind."""
    with open_for_writing(note.notebook) as held:
        current = _suggesting(held, note, seen)
        current.suggested_text = ""
        current.save(update_fields=["suggested_text"])


def _suggesting(notebook: Notebook, note: Note, seen: str) -> Note:
    current = notebook.items.select_related("agenda_item").get(pk=note.pk)
    if not current.suggested_text or text_hash(current.suggested_text) != seen:
        raise refusals.OtherWordsHaveChanged
    return current


def _still_stands(notebook: Notebook, note: Note) -> bool:
    fresh = notebook.items.select_related("agenda_item", "consent").get(pk=note.pk)
    person = person_with(fresh.contributor, roster(notebook.meeting))
    return standing_consent(fresh, person.participant if person else None) is not None
