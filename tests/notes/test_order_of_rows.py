"""Where rows lie tells a thief of the database nothing: who answered when, or whose a point is (R7, R11)."""

from random import Random

import pytest
from django.db import connection

from events.models import AgendaItem, Meeting, Registration
from members.models import Delivery, User
from notes.actions.adding import add_own_point
from notes.actions.asking import ask_contributors
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.noting import add_note
from notes.models import Consent, ConsentRequest, Contributor, Note, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution
from tests.notes.conftest import NOW, attended, key

# So many that what is random is hardly ever what it must not be: one in 10 factorial.
MANY = 10


@pytest.fixture
def spoke(notebook: Notebook, discussion: AgendaItem, meeting: Meeting) -> list[Registration]:
    """Many people with a point each, in alphabetical order."""
    people = [attended(meeting, f"Aa{chr(97 + one)} Guest", f"Body {one}", "public") for one in range(MANY)]
    for person in people:
        add_note(notebook, text=f"{person.organisation} is not said.", agenda_item=discussion, contributor=key(person))
    return people


def as_they_lie(table: str, column: str = "id") -> list[int]:
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY {place}")
        return [row[0] for row in cursor.fetchall()]


def choose_all(seed: int) -> list[int]:
    """Have everybody choose, one after the other, in some order; the ids of their points in that order."""
    asked = list(ConsentRequest.objects.all())
    Random(seed).shuffle(asked)
    order = []
    for one in asked:
        own = own_notes(one)
        order += [note.pk for note in own]
        save_choices(
            one,
            {note.pk: Choice(level=Attribution.NAME, text_hash=text_hash(note.text)) for note in own},
            at=NOW,
        )
    return order


def test_requests_letters_and_contributors_lie_each_in_an_order_of_their_own(
    notebook: Notebook, spoke: list[Registration], olive: User
) -> None:
    """A letter holds an address; beside it nothing may lie that leads to a point."""
    ask_contributors(notebook, by=olive, at=NOW)
    keys = {key(person): person.guest_email for person in spoke}
    requests = [keys[one.contributor] for one in ConsentRequest.objects.order_by("pk")]
    letters = list(
        Delivery.objects.filter(mailing__letter="notes/choose").order_by("pk").values_list("email", flat=True)
    )
    contributors = {one.pk: keys[one.who.key] for one in Contributor.objects.all()}
    lie = [contributors[pk] for pk in as_they_lie("notes_contributor")]
    by_name = sorted(keys.values())
    assert sorted(requests) == sorted(letters) == sorted(lie) == by_name
    assert len({tuple(requests), tuple(letters), tuple(by_name)}) == 3
    if connection.vendor == "postgresql":
        assert tuple(lie) not in {tuple(requests), tuple(letters), tuple(by_name)}


def test_nothing_lies_in_the_order_in_which_people_chose(
    notebook: Notebook, spoke: list[Registration], olive: User
) -> None:
    ask_contributors(notebook, by=olive, at=NOW)
    chosen = choose_all(seed=4)
    of_note = {note.pk: note.contributor for note in Note.objects.all()}
    people = [of_note[pk] for pk in chosen]
    whose = {one.pk: one.contributor for one in ConsentRequest.objects.all()}
    consents = as_they_lie("notes_consent", "note_id")
    assert sorted(consents) == sorted(chosen)
    assert consents != chosen
    assert list(Consent.objects.order_by("pk").values_list("note", flat=True)) != chosen
    assert as_they_lie("notes_note") != chosen
    assert [whose[pk] for pk in as_they_lie("notes_consentrequest")] != people
    known = {one.pk: one.who.key for one in Contributor.objects.all()}
    assert [known[pk] for pk in as_they_lie("notes_contributor")] != people
    assert all(one.answered for one in ConsentRequest.objects.all())
    assert {one.level for one in Consent.objects.all()} == {Attribution.NAME}


def test_points_of_ones_own_are_dealt_as_well(notebook: Notebook, discussion: AgendaItem, meeting: Meeting) -> None:
    meeting.starts_at, meeting.ends_at = NOW.replace(hour=1), NOW.replace(hour=2)
    meeting.save()
    added = []
    for one in range(MANY):
        person = attended(meeting, f"Aa{chr(97 + one)} Guest", f"Body {one}", "public")
        level, text = Attribution.NAME, f"Point {one}."
        added.append(add_own_point(person, text=text, agenda_item=discussion, level=level, at=NOW).pk)
    assert sorted(as_they_lie("notes_consent", "note_id")) == added
    assert as_they_lie("notes_consent", "note_id") != added
