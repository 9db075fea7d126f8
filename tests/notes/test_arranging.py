"""The order readers see is an editor's: never that of pk, of entry (R7, T19)."""

from itertools import permutations

import pytest

from events.models import AgendaItem, Meeting
from members.models import User
from notes.actions import circulating, refusals, reviewing
from notes.actions.arranging import move_note, settle_order, shuffle
from notes.actions.noting import add_note, edit_note
from notes.drafting import ordered_notes
from notes.models import Edition, Note, Notebook
from tests.conftest import signed_in
from tests.notes.conftest import NOW
from tests.notes.steps import make, panel

POINTS = ("Ask early.", "Bring tea.", "Call back.")


@pytest.fixture
def three(notebook: Notebook, discussion: AgendaItem) -> list[Note]:
    return [add_note(notebook, text=text, agenda_item=discussion) for text in POINTS]


def order(notebook: Notebook) -> tuple[str, ...]:
    return tuple(note.text for note in ordered_notes(notebook))


def unsettled(notebook: Notebook) -> tuple[str, ...]:
    return reviewing.review(notebook, at=NOW).unsettled


def lines(edition: Edition) -> list[str]:
    return [line["text"] for section in edition.content for line in section["lines"]]


def test_the_order_of_the_talk_goes_out_only_if_somebody_chose_it(three: list[Note], notebook: Notebook) -> None:
    """R7: an edition cannot be made while nobody has looked at the order."""
    assert unsettled(notebook) == ("Discussion",)
    with pytest.raises(refusals.SomethingIsOpen):
        make(notebook)
    settle_order(notebook)
    assert unsettled(notebook) == ()
    assert lines(make(notebook)) == list(POINTS)


@pytest.mark.parametrize("entered", list(permutations(POINTS)))
def test_the_sequence_is_independent_of_pk_and_of_time_of_entry(
    notebook: Notebook, discussion: AgendaItem, entered: tuple[str, ...]
) -> None:
    """T19: entered in any order, what an editor arranges alike reads alike, byte for byte."""
    notes = {text: add_note(notebook, text=text, agenda_item=discussion) for text in entered}
    for wanted in reversed(POINTS):
        while order(notebook).index(wanted) > 0:
            move_note(notes[wanted], up=True)
    settle_order(notebook)
    assert order(notebook) == POINTS
    assert make(notebook).content == [
        {"title": "A jury on data", "lines": []},
        {"title": "Discussion", "lines": [{"text": text, "attribution": ""} for text in POINTS]},
    ]


def test_a_shuffle_gives_every_order_its_chance(three: list[Note], notebook: Notebook) -> None:
    """T19: after it, neither pk nor time of entry tells the place. 150 times miss one of six once in 10^11 runs."""
    seen = set()
    for _ in range(150):
        shuffle(notebook, section="Discussion")
        seen.add(order(notebook))
    assert seen == set(permutations(POINTS))
    assert unsettled(notebook) == ()


def test_a_shuffle_stays_inside_its_part(three: list[Note], notebook: Notebook, meeting: Meeting) -> None:
    talk = meeting.agenda.get(kind="talk")
    others = [add_note(notebook, text=text, agenda_item=talk) for text in ("One.", "Two.")]
    for _ in range(20):
        shuffle(notebook, section="Discussion")
    assert [text for text in order(notebook) if text in {"One.", "Two."}] == ["One.", "Two."]
    assert unsettled(notebook) == ("A jury on data",)
    shuffle(notebook)
    assert unsettled(notebook) == ()
    assert {note.agenda_item for note in Note.objects.filter(pk__in=[one.pk for one in others])} == {talk}


def test_one_point_alone_has_no_order(notebook: Notebook, discussion: AgendaItem) -> None:
    add_note(notebook, text="Ask early.", agenda_item=discussion)
    add_note(notebook, text="Bring tea.", agenda_item=discussion, confidential=True)
    assert unsettled(notebook) == ()


def test_what_is_added_or_put_elsewhere_later_opens_the_question_again(
    three: list[Note], notebook: Notebook, discussion: AgendaItem, meeting: Meeting
) -> None:
    talk = meeting.agenda.get(kind="talk")
    add_note(notebook, text="The talk's own point.", agenda_item=talk)
    settle_order(notebook)
    late = add_note(notebook, text="Late.", agenda_item=discussion)
    assert unsettled(notebook) == ("Discussion",)
    settle_order(notebook, section="Discussion")
    late.refresh_from_db()
    edit_note(
        late, revision=1, text="Later.", agenda_item=talk, contributor="", kind="point", confidential=False,
        may_lift=False,
    )  # fmt: skip
    assert unsettled(notebook) == ("A jury on data",)


def test_other_words_at_the_same_place_keep_it(three: list[Note], notebook: Notebook, discussion: AgendaItem) -> None:
    settle_order(notebook)
    edit_note(
        three[0], revision=1, text="Other.", agenda_item=discussion, contributor="", kind="point", confidential=False,
        may_lift=False,
    )  # fmt: skip
    assert unsettled(notebook) == ()


def test_moving_passes_over_what_stands_under_other_headings(
    notebook: Notebook, discussion: AgendaItem, meeting: Meeting
) -> None:
    """Otherwise one press of "Up" would seem to do nothing."""
    talk = meeting.agenda.get(kind="talk")
    add_note(notebook, text="First.", agenda_item=discussion)
    add_note(notebook, text="In the talk.", agenda_item=talk)
    second = add_note(notebook, text="Second.", agenda_item=discussion)
    move_note(second, up=True)
    assert [text for text in order(notebook) if text != "In the talk."] == ["Second.", "First."]
    move_note(second, up=True)
    assert [text for text in order(notebook) if text != "In the talk."] == ["Second.", "First."]


def test_a_circulated_order_stands(three: list[Note], notebook: Notebook, olive: User) -> None:
    settle_order(notebook)
    make(notebook)
    circulating.circulate(notebook, by=olive, at=NOW)
    for act in (shuffle, settle_order):
        with pytest.raises(refusals.NotesAreClosed):
            act(notebook)
    assert order(notebook) == POINTS


def test_a_note_taker_shuffles_and_keeps(three: list[Note], meeting: Meeting, noor: User) -> None:
    client = signed_in(noor)
    asked = client.get(panel("review", meeting)).content.decode()
    assert "In which order may it be read?" in asked
    assert "The order of 1 part is not chosen." in asked
    answer = client.post(panel("arrange", meeting), {"section": "Discussion", "to": "shuffle", "from": "review"})
    assert answer["Location"] == panel("review", meeting)
    assert "In which order may it be read?" not in client.get(panel("review", meeting)).content.decode()
    assert client.post(panel("arrange", meeting), {"to": "keep"})["Location"] == panel("desk", meeting)


def test_nobody_else_arranges(three: list[Note], meeting: Meeting, mira: User, otto: User, stan: User) -> None:
    """R12."""
    for user, status in [(otto, 404), (mira, 302), (stan, 302)]:
        assert signed_in(user).post(panel("arrange", meeting), {"to": "shuffle"}).status_code == status
    assert not Note.objects.filter(placed=True).exists()
