"""Points that people add themselves, with their own choice (R1, R2, R3, R12; "members may add points of their own")."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cop.lib.signing import personal_token
from events.models import AgendaItem, Meeting, Registration
from members.models import User
from notes.actions.adding import add_own_point
from notes.actions.asking import unasked
from notes.actions.noting import add_note, delete_note, edit_note
from notes.actions.refusals import PointsAreClosed
from notes.drafting import draft_of
from notes.models import Consent, Note, Notebook
from notes.rules.redaction import redact
from notes.rules.vocabulary import Attribution
from tests.conftest import signed_in
from tests.notes.conftest import key
from tests.notes.steps import panel

WORDS = "Juries need time to learn."


@pytest.fixture(autouse=True)
def _during(meeting: Meeting) -> Iterator[None]:
    with time_machine.travel(meeting.starts_at + timedelta(minutes=20)):
        yield


def page_of(registration: Registration) -> str:
    return reverse("notes:points_by_link", args=[personal_token("registration", registration.pk)])


def members_page(meeting: Meeting) -> str:
    return reverse("notes:points", args=[meeting.network.slug, meeting.slug])


def add(registration: Registration, text: str = WORDS, level: str = "3", **more: object) -> int:
    return Client().post(page_of(registration), {"add": "yes", "text": text, "level": level, **more}).status_code


def lines(notebook: Notebook) -> list[tuple[str, str]]:
    return [(line.text, line.attribution) for part in redact(draft_of(notebook)).sections for line in part.lines]


def test_a_guest_adds_a_point_and_chooses_at_once(
    ana: Registration, discussion: AgendaItem, notebook: Notebook
) -> None:
    assert add(ana, agenda_item=discussion.pk) == 302
    note = Note.objects.get()
    assert (note.text, note.contributor, note.agenda_item) == (WORDS, key(ana), discussion)
    assert lines(notebook) == [(WORDS, "Ana Prieto")]
    assert Consent.objects.get().audience == 0


def test_nothing_is_preselected_and_silence_is_no_consent(ana: Registration, notebook: Notebook) -> None:
    """R1."""
    page = Client().get(page_of(ana)).content.decode()
    assert re.findall(r'name="level"\s+value="(\d)"\s+checked', page) == ["0"]
    add(ana, level="")
    add(ana, text="Another.", level="x")
    assert lines(notebook) == [(WORDS, ""), ("Another.", "")]


def test_no_choice_goes_above_the_meetings_cap(ana: Registration, meeting: Meeting, notebook: Notebook) -> None:
    """R3: neither offered nor taken."""
    Meeting.objects.filter(pk=meeting.pk).update(attribution_cap=1)
    assert re.findall(r'name="level"\s+value="(\d)"', Client().get(page_of(ana)).content.decode()) == ["0", "1"]
    add(ana, level="3")
    assert Consent.objects.get().level == 1


def test_a_member_adds_points_signed_in(members_place: Registration, mira: User, meeting: Meeting) -> None:
    client = signed_in(mira)
    assert client.get(members_page(meeting)).status_code == 200
    answer = client.post(members_page(meeting), {"add": "yes", "text": WORDS, "level": "2"})
    assert answer["Location"] == members_page(meeting)
    assert WORDS in client.get(members_page(meeting)).content.decode()


def test_other_words_by_a_note_taker_void_the_choice_and_ask_again(ana: Registration, notebook: Notebook) -> None:
    """R2: the consent was to other words; they see so, and are asked as everybody is."""
    add(ana)
    note = Note.objects.get()
    edit_note(
        note, revision=1, text="Juries need days.", agenda_item=None, contributor=key(ana), kind="point",
        confidential=False, may_lift=False,
    )  # fmt: skip
    assert lines(notebook) == [("Juries need days.", "")]
    assert "A note-taker reworded this" in Client().get(page_of(ana)).content.decode()
    assert [one.key for one in unasked(notebook)] == [key(ana)]


def test_own_points_are_changed_and_taken_out(ana: Registration, notebook: Notebook) -> None:
    add(ana)
    note, client = Note.objects.get(), Client()
    fields = {"point": note.pk, "revision": 1}
    assert client.post(page_of(ana), {**fields, "save": "yes", "text": WORDS, "level": "2"}).status_code == 302
    assert lines(notebook) == [(WORDS, "Tern Valley Council")]
    client.post(page_of(ana), {**fields, "save": "yes", "text": "Better words.", "level": "3"})
    assert lines(notebook) == [("Better words.", "Ana Prieto")]
    assert client.post(page_of(ana), {**fields, "delete": "yes"}).status_code == 302
    assert not Note.objects.exists()


def test_two_who_change_it_at_once_both_see_both_texts(ana: Registration) -> None:
    add(ana)
    note = Note.objects.get()
    edit_note(
        note, revision=1, text="The note-taker's.", agenda_item=None, contributor=key(ana), kind="point",
        confidential=False, may_lift=False,
    )  # fmt: skip
    sent = {"point": note.pk, "revision": 1, "save": "yes", "text": "My own.", "level": "3"}
    answer = Client().post(page_of(ana), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The note-taker" in page
    assert "My own.</textarea>" in page
    assert Note.objects.get().text == "The note-taker's."


def test_nobody_sees_or_touches_somebody_elses(  # noqa: PLR0917  # the cast
    ana: Registration, bola: Registration, notebook: Notebook, members_place: Registration, mira: User, meeting: Meeting
) -> None:  # fmt: skip
    """R12: one's own only, and of those only what one added oneself."""
    add(ana)
    theirs = Note.objects.get()
    noted = add_note(notebook, text="Bola said this.", contributor=key(bola))
    for client, page in [(Client(), page_of(bola)), (signed_in(mira), members_page(meeting))]:
        text = client.get(page).content.decode()
        assert WORDS not in text
        assert "Bola said this." not in text
        assert "Ana" not in text
        for note in (theirs, noted):
            for act in ("save", "delete"):
                sent = {"point": note.pk, "revision": 1, act: "yes", "text": "Mine.", "level": "3"}
                assert client.post(page, sent).status_code == 422
    assert sorted(note.text for note in Note.objects.all()) == ["Bola said this.", WORDS]


def test_strangers_find_no_page(  # noqa: PLR0917  # the cast
    ana: Registration, meeting: Meeting, stan: User, otto: User, mira: User, bola: Registration
) -> None:  # fmt: skip
    for user in (stan, otto, mira):
        assert signed_in(user).get(members_page(meeting)).status_code == 404
    assert Client().get(members_page(meeting)).status_code == 302
    assert Client().get(page_of(ana) + "x").status_code == 404
    assert Client().put(page_of(ana)).status_code == 405
    Registration.objects.filter(pk=bola.pk).update(state="waiting")
    assert Client().get(page_of(bola)).status_code == 404
    forged = reverse("notes:points_by_link", args=[personal_token("consent", ana.pk)])
    assert Client().get(forged).status_code == 404


def test_who_asked_not_to_be_noted_is_told_how_to_add(ana: Registration) -> None:
    Registration.objects.filter(pk=ana.pk).update(do_not_note=True)
    assert "You asked that your comments are not noted." in Client().get(page_of(ana)).content.decode()
    assert add(ana) == 422
    assert not Note.objects.exists()


@pytest.mark.parametrize("state", ["circulated", "forgotten"])
def test_nothing_is_added_once_the_notes_are_closed(ana: Registration, meeting: Meeting, state: str) -> None:
    Notebook.objects.create(meeting=meeting, state=state)
    answer = Client().post(page_of(ana), {"add": "yes", "text": WORDS, "level": "0"})
    assert answer.status_code == 422
    assert "Points can be added while" in answer.content.decode()
    assert not Note.objects.exists()


def test_nothing_is_added_before_the_meeting(ana: Registration, meeting: Meeting) -> None:
    with time_machine.travel(meeting.starts_at - timedelta(hours=1)):
        assert add(ana) == 422
    assert not Notebook.objects.filter(items__isnull=False).exists()


def test_opening_the_page_changes_nothing(ana: Registration) -> None:
    """R14."""
    Client().get(page_of(ana))
    assert not Notebook.objects.exists()


def test_what_was_typed_survives_a_refusal(ana: Registration) -> None:
    hidden = "Juries \u202eneed time."
    answer = Client().post(page_of(ana), {"add": "yes", "text": hidden, "level": "2"})
    assert answer.status_code == 422
    assert hidden in answer.content.decode()
    assert re.findall(r'name="level"\s+value="(\d)"\s+checked', answer.content.decode()) == ["2"]


def test_the_desk_does_not_tell_who_writes_themselves(
    ana: Registration, bola: Registration, meeting: Meeting, notebook: Notebook, noor: User
) -> None:
    """R13, T39: one's own point and one that a note-taker wrote down look alike."""
    client, seen = signed_in(noor), []
    add(ana)
    seen.append(client.get(panel("items", meeting)).content.decode())
    delete_note(Note.objects.get())
    add_note(notebook, text=WORDS, contributor=key(ana))
    seen.append(client.get(panel("items", meeting)).content.decode())
    plain = [re.sub(r'data-stamp="\w+"|\bitem[-/]?\d+|/desk/\d+/|value="\w{64}"', "", page) for page in seen]
    assert plain[0] == plain[1]


def test_the_same_press_twice_is_one_point(ana: Registration) -> None:
    token = "11111111-2222-4333-8444-555555555555"  # no password
    assert [add(ana, token=token) for _ in range(2)] == [302, 302]
    assert Note.objects.count() == 1


def test_a_place_given_back_while_the_page_was_open_adds_nothing(ana: Registration, discussion: AgendaItem) -> None:
    open_page = Registration.objects.get(pk=ana.pk)
    Registration.objects.filter(pk=ana.pk).update(state="cancelled")
    with pytest.raises(PointsAreClosed):
        add_own_point(open_page, text=WORDS, agenda_item=discussion, level=Attribution.NAME, at=timezone.now())
    assert not Note.objects.exists()
