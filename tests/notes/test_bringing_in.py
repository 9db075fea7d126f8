"""Notes that were written elsewhere: seen before they are noted, through the same gate, kept nowhere in between."""

import logging
from copy import copy
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from pytest_django import DjangoAssertNumQueries

from events.models import AgendaItem, Meeting
from members.models import User
from notes.actions import refusals
from notes.actions.bringing_in import Brought, bring_in
from notes.actions.noting import add_note
from notes.formats.brought.passages import MOST_PASSAGES
from notes.models import Note, Notebook
from tests.conftest import signed_in

TEXT = """# Notes of our meeting

Present: Ana Prieto, Bola Adeyemi

## 2. Discussion

- Juries need time.
- Panels cost less.

## Parking lot

Nobody reads consultations.

## Take-aways

Start early.

## Actions

Share the template.
"""
SHOWN = [
    ("Notes of our meeting", "out"),
    ("Present: Ana Prieto, Bola Adeyemi", "out"),
    ("Juries need time.", "DISCUSSION"),
    ("Panels cost less.", "DISCUSSION"),
    ("Parking lot", "out"),
    ("Nobody reads consultations.", ""),
    ("Start early.", "takeaway"),
    ("Share the template.", "action"),
]


def page(meeting: Meeting) -> str:
    return reverse("admin:notes_notebook_bring", args=[meeting.pk])


def desk(meeting: Meeting) -> str:
    return reverse("admin:notes_notebook_desk", args=[meeting.pk])


def file(text: str | bytes, name: str = "notes.md") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)}


def points(*rows: tuple[str, str]) -> dict[str, str]:
    """What the preview sends: words and places."""
    sent = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": str(len(rows))}
    for place, (text, where) in enumerate(rows):
        sent |= {f"form-{place}-text": text, f"form-{place}-place": where}
    return sent


def noted(meeting: Meeting) -> list[tuple[str, int | None, str]]:
    rows = Note.objects.filter(notebook__meeting=meeting).order_by("position")
    return [(note.text, note.agenda_item_id, note.kind) for note in rows]


def shown(answer: object) -> list[tuple[str, str]]:
    rows = answer.context["rows"]  # type: ignore[attr-defined]  # the test client adds it
    return [(form["text"].value(), form["place"].value()) for _point, form in rows]


# -- From file to points -----------------------------------------------------------------------------------------------


def test_a_file_is_shown_as_points_and_nothing_is_noted(meeting: Meeting, noor: User, discussion: AgendaItem) -> None:
    answer = signed_in(noor).post(page(meeting), file(TEXT))
    here = str(discussion.pk)
    assert shown(answer) == [(text, here if where == "DISCUSSION" else where) for text, where in SHOWN]
    words = answer.content.decode()
    assert "Nothing is noted yet." in words
    assert "“Parking lot”, which is not on the agenda" in words
    assert words.count("Who was there is not noted.") == 1
    assert words.count("A heading that is not on the agenda.") == 2
    assert noted(meeting) == []


def test_points_are_noted_where_they_stand(meeting: Meeting, noor: User, discussion: AgendaItem) -> None:
    client = signed_in(noor)
    answer = client.post(page(meeting), points(*shown(client.post(page(meeting), file(TEXT)))))
    assert (answer.status_code, answer["Location"]) == (302, desk(meeting))
    assert noted(meeting) == [
        ("Juries need time.", discussion.pk, "point"),
        ("Panels cost less.", discussion.pk, "point"),
        ("Nobody reads consultations.", None, "point"),
        ("Start early.", None, "takeaway"),
        ("Share the template.", None, "action"),
    ]
    assert set(Note.objects.values_list("confidential", "revision")) == {(False, 1)}
    assert [note.contributor for note in Note.objects.all()] == [""] * 5
    assert "5 points are noted." in client.get(desk(meeting)).content.decode()


def test_a_word_document_comes_in_without_its_people(meeting: Meeting, olive: User, discussion: AgendaItem) -> None:
    document, whole = Document(), BytesIO()
    document.core_properties.author = "Ana Prieto"
    document.add_heading("Discussion", 1)
    paragraph = document.add_paragraph("Juries need time.", style="List Bullet")
    document.add_comment(runs=paragraph.runs, text="Ana said this", author="Ana Prieto", initials="AP")
    document.save(whole)
    answer = signed_in(olive).post(page(meeting), file(whole.getvalue(), "notes.docx"))
    assert shown(answer) == [("Juries need time.", str(discussion.pk))]
    assert "Ana" not in answer.content.decode()


def test_an_agenda_item_for_actions_makes_actions(meeting: Meeting, noor: User) -> None:
    AgendaItem.objects.create(meeting=meeting, position=3, kind="actions", title="Next time")
    assert shown(signed_in(noor).post(page(meeting), file("# Next time\n\nShare it."))) == [("Share it.", "action")]


def test_a_confidential_part_stays_out_at_both_doors(meeting: Meeting, noor: User) -> None:
    """R5: proposed as left out; asked for all the same, it is refused by the desk's own gate, and no other with it."""
    sealed = AgendaItem.objects.create(meeting=meeting, position=3, basis="confidential", title="Among ourselves")
    client = signed_in(noor)
    answer = client.post(page(meeting), file("# Among ourselves\n\nZebra.\n"))
    assert shown(answer) == [("Zebra.", "out")]
    assert "This part is confidential: nothing is noted." in answer.content.decode()
    again = client.post(page(meeting), points(("Zebra.", str(sealed.pk)), ("Juries need time.", "")))
    assert shown(again) == [("Zebra.", str(sealed.pk))]
    assert str(refusals.NothingIsNotedHere()) in again.content.decode()
    assert noted(meeting) == [("Juries need time.", None, "point")]


# -- Refusals ----------------------------------------------------------------------------------------------------------


def test_each_point_that_is_refused_says_why_and_no_other_is_lost(meeting: Meeting, noor: User) -> None:
    long = "long " * 1_001
    rows = [
        ("One.", ""),
        ("Turned\u202eround.", ""),
        ("One.", ""),
        ("Two.", "nowhere"),
        (long, "action"),
        ("Three.", ""),
    ]
    answer = signed_in(noor).post(page(meeting), points(*rows, ("", ""), ("Four.", "out")))
    words = answer.content.decode()
    assert [(text.strip(), where) for text, where in shown(answer)] == [
        ("Two.", "nowhere"),
        (long.strip(), "action"),
        ("Turned\u202eround.", ""),
        ("One.", ""),
    ]
    for refusal in (
        "2 points are noted. The others are below: each says why.",
        "The text holds invisible marks",
        "These words are in the notes already.",
        "Select a valid choice.",
        "This is longer than 5,000 characters.",
    ):
        assert refusal in words
    assert [text for text, *_ in noted(meeting)] == ["One.", "Three."]
    assert (words.count('aria-describedby="id_form-'), "Nothing is noted yet." in words) == (4, False)


def test_the_same_file_twice_is_noted_once(notebook: Notebook, discussion: AgendaItem) -> None:
    add_note(notebook, text="Juries  need time.", agenda_item=discussion)
    rows = [Brought(text="Juries need time."), Brought(text="Panels.", agenda_item=discussion), Brought(text="Panels.")]
    answers = bring_in(notebook, rows)
    assert [type(answer) for answer in answers] == [refusals.AlreadyNoted, type(None), refusals.AlreadyNoted]
    assert Note.objects.count() == 2


def test_circulated_notes_take_nothing_more_in(meeting: Meeting, notebook: Notebook, noor: User) -> None:
    notebook.state = Notebook.State.CIRCULATED
    notebook.save()
    client = signed_in(noor)
    closed = client.post(page(meeting), points(("Juries need time.", "")))
    assert str(refusals.NotesAreClosed()) in closed.content.decode()
    assert 'type="file"' not in client.get(page(meeting)).content.decode()
    assert noted(meeting) == []


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose a file first."),
        (file(""), "This file is empty."),
        (file(" "), "There are no notes in this file."),
        (file(b"%PDF-1.7"), "We cannot read this kind of file."),
        (file(b"PK\x03\x04"), "This file is damaged or locked."),
        (file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "This is a document of an older Word"),
        (file("One.\n\n" * (MOST_PASSAGES + 1)), "This file has more than 400 points"),
        (file("x" * 10_000_001), "This file is larger than the 10 MB we read."),
        (file("x" * 10_200_000), "This file is larger than the 10 MB we read."),
    ],
)
def test_a_file_that_gives_no_notes_gets_one_sentence(
    sent: dict[str, SimpleUploadedFile], sentence: str, meeting: Meeting, noor: User
) -> None:
    answer = signed_in(noor).post(page(meeting), sent)
    words = " ".join(answer.content.decode().split())
    assert answer.status_code == 200
    assert sentence in words
    assert 'type="file"' in words


def test_as_many_points_as_may_be_fit_into_one_answer(meeting: Meeting, noor: User) -> None:
    client = signed_in(noor)
    text = "\n\n".join(f"Point {number}." for number in range(MOST_PASSAGES))
    answer = client.post(page(meeting), points(*shown(client.post(page(meeting), file(text)))))
    assert answer.status_code == 302
    assert len(noted(meeting)) == MOST_PASSAGES


# -- Who, and what is kept ---------------------------------------------------------------------------------------------


def test_only_those_who_run_the_network_bring_notes_in(meeting: Meeting, mira: User, otto: User, stan: User) -> None:
    """R12: the panel sends others to sign in; to an organiser of another network the page does not exist."""
    for client in (Client(), signed_in(mira), signed_in(stan)):
        for answer in (client.get(page(meeting)), client.post(page(meeting), file(TEXT))):
            assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("admin:login"))
    elsewhere = signed_in(otto)
    assert elsewhere.get(page(meeting)).status_code == 404
    assert elsewhere.post(page(meeting), points(("Juries need time.", ""))).status_code == 404
    assert noted(meeting) == []


def test_other_methods_are_refused(meeting: Meeting, noor: User) -> None:
    assert signed_in(noor).put(page(meeting)).status_code == 405


def test_a_form_of_another_site_is_refused(meeting: Meeting, noor: User) -> None:
    """The check that one decorator puts off is made all the same."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(noor)
    for sent in (file(TEXT), points(("Juries need time.", ""))):
        assert client.post(page(meeting), sent).status_code == 403
    client.get(page(meeting))
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(page(meeting), {**token, **file(TEXT)}).status_code == 200
    assert noted(meeting) == []


def test_a_large_upload_stays_in_memory(meeting: Meeting, noor: User, settings: LazySettings, tmp_path: Path) -> None:
    """R11: what Django would write to the disk for its size is not; a folder that is not there would make it fail."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = signed_in(noor).post(page(meeting), file("Zebra. " * 1_000))
    assert shown(answer) == [(("Zebra. " * 1_000).strip(), "")]
    assert list(tmp_path.iterdir()) == []


def test_words_are_in_no_session_log_or_history(meeting: Meeting, noor: User, caplog: pytest.LogCaptureFixture) -> None:
    """R15."""
    client = signed_in(noor)
    with caplog.at_level(logging.DEBUG):
        client.post(page(meeting), file("Zebra."))
        client.post(page(meeting), points(("Zebra.", "")))
    assert noted(meeting) == [("Zebra.", None, "point")]
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    assert len(sessions) == 1
    assert [where for where in (*sessions, caplog.text) if "Zebra" in where] == []
    assert not LogEntry.objects.exists()


def test_the_preview_asks_the_database_as_much_for_one_point_as_for_three(
    meeting: Meeting, noor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(noor)
    client.get(page(meeting))
    with CaptureQueriesContext(connection) as one:
        client.post(page(meeting), file("One."))
    with django_assert_num_queries(len(one)):
        client.post(page(meeting), file("One.\n\nTwo.\n\n# Discussion\n\nThree."))


def test_a_part_of_another_meeting_is_no_place(meeting: Meeting, noor: User) -> None:
    other = copy(meeting)
    other.pk, other.number, other.slug, other.calendar_uid = None, 5, "m5", uuid4()
    other.save()
    elsewhere = AgendaItem.objects.create(meeting=other, title="Elsewhere")
    answer = signed_in(noor).post(page(meeting), points(("Juries need time.", str(elsewhere.pk))))
    assert "Select a valid choice." in answer.content.decode()
    assert noted(meeting) == []


def test_the_desk_leads_here(meeting: Meeting, noor: User) -> None:
    assert f'href="{page(meeting)}"' in signed_in(noor).get(desk(meeting)).content.decode()
