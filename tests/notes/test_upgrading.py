"""What was there before an upgrade holds after it: consents as they were given, numbers as they were given out."""

from importlib import import_module

from django.apps import apps

from cop.lib.encryption import keyed_digest
from events.models import AgendaItem, Meeting, Registration
from notes.actions.noting import add_note, edit_note
from notes.drafting import EARLIER_WORDING, participants, standing_consent
from notes.models import Circulation, Consent, Edition, Note, Notebook, Numbering
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution, Audience
from tests.notes.conftest import NOW, key

WORDS = "Juries need time to learn."


def test_a_consent_from_before_holds_for_its_words_alone(
    notebook: Notebook, discussion: AgendaItem, ana: Registration
) -> None:
    """R2, as it was kept before the look of a text was part of the digest."""
    note = add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))
    parts = [EARLIER_WORDING, str(note.pk), "point", discussion.title, key(ana), "3", "0", ana.name, text_hash(WORDS)]
    Consent.objects.create(
        note=note, level=Attribution.NAME, audience=Audience.NETWORK, digest=keyed_digest(*parts), given_at=str(NOW)
    )
    (person,) = [one for one in participants(notebook.meeting) if one.key == key(ana)]
    assert standing_consent(Note.objects.get(), person) is not None
    edit_note(
        note,
        revision=1,
        text=f"{WORDS} Much.",
        agenda_item=discussion,
        contributor=key(ana),
        kind="point",
        confidential=False,
        may_lift=False,
    )
    assert standing_consent(Note.objects.get(), person) is None


def test_the_number_of_what_went_out_before_is_kept(meeting: Meeting) -> None:
    """R9, R11: so that a withdrawal neither gives it out again nor stops the day of forgetting."""
    edition = Edition.objects.create(meeting=meeting, number=2, title="Notes", content=[], made_on=NOW.date())
    Circulation.objects.create(edition=edition, circulated_at=NOW)
    migration = import_module("notes.migrations.0011_number_what_went_out_before")
    migration.number_editions(apps, None)
    assert list(Numbering.objects.values_list("meeting", "audience", "last", "first_circulated_at")) == [
        (meeting.pk, 0, 2, NOW)
    ]
