"""Copies to take along: the page's words for the page's readers, and nothing of drafts or people (R5, R12, T44)."""

from copy import copy
from datetime import timedelta
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from events.models import AgendaItem, Meeting, Registration
from members.models import User
from notes.actions import circulating, reviewing
from notes.actions.asking import ask_contributors
from notes.actions.noting import add_note
from notes.models import Circulation, Edition, Notebook
from tests.conftest import signed_in
from tests.notes.conftest import NOW, key
from tests.notes.formats.test_pdf import everything_in
from tests.notes.test_pages import headers, neutral

FORMS = ("pdf", "docx", "md")
SHOWN = "Juries need time to learn."
SEALED = "Zebra budget is overspent."


@pytest.fixture
def made(notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User) -> Edition:
    """An edition that nobody has been sent yet."""
    add_note(notebook, text=SHOWN, agenda_item=discussion, contributor=key(ana))
    add_note(notebook, text=SEALED, agenda_item=discussion, confidential=True)
    add_note(notebook, text="Start early.", kind="takeaway")
    ask_contributors(notebook, by=olive, at=NOW)
    at = NOW + timedelta(days=8)
    return circulating.make_edition(notebook, seen=reviewing.review(notebook, at=at).seen, at=at)


@pytest.fixture
def circulated(made: Edition, notebook: Notebook, olive: User) -> Edition:
    circulating.circulate(notebook, by=olive, at=NOW + timedelta(days=8))
    return made


def address(meeting: Meeting, form: str) -> str:
    return reverse("notes:copy", args=[meeting.network.slug, meeting.slug, form])


def inside(whole: bytes, form: str) -> str:
    """Every byte of a copy, unpacked, as text."""
    if form == "pdf":
        pages = " ".join(page.extract_text() for page in PdfReader(BytesIO(whole)).pages)
        return everything_in(whole).decode("latin-1") + pages
    if form == "docx":
        with ZipFile(BytesIO(whole)) as archive:
            return " ".join(name + archive.read(name).decode() for name in archive.namelist())
    return whole.decode()


@pytest.mark.parametrize("form", FORMS)
def test_a_member_takes_a_copy_along(form: str, circulated: Edition, meeting: Meeting, mira: User) -> None:
    answer = signed_in(mira).get(address(meeting, form))
    words = inside(answer.content, form)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{meeting.slug}-edition-1.{form}"'
    assert answer["Cache-Control"] == "private, no-store"
    for said in ("Juries and panels", "Wednesday 14 January 2037", "Edition 1", "For members of Public voices", SHOWN):
        assert said in words
    assert "This network meets under the Chatham House Rule" in " ".join(words.split())
    assert words.index("Start early.") < words.index(SHOWN)


@pytest.mark.parametrize("form", FORMS)
def test_a_copy_holds_no_secret(form: str, circulated: Edition, meeting: Meeting, mira: User) -> None:
    """R5, R7, T44: nothing confidential, nobody who was there, nobody who wrote or circulated, not who downloads it."""
    words = inside(signed_in(mira).get(address(meeting, form)).content, form)
    assert SHOWN in words
    there = Registration.objects.get()
    people = [(one.name, one.organisation, one.email) for one in User.objects.all()]
    secrets = ["Zebra", "overspent", "2037-01-2", "22 January", there.name, there.organisation, there.email]
    secrets += [name for names in people for name in names if name]
    assert len(secrets) > 10
    assert [secret for secret in secrets if secret in words] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_copy_says_that_it_was_corrected(form: str, meeting: Meeting, mira: User) -> None:
    made = Edition.objects.create(
        meeting=meeting, number=2, title="Notes", content=[], made_on=NOW.date(), corrected_on=NOW.date()
    )
    Circulation.objects.create(edition=made, circulated_at=NOW)
    assert "Corrected on 15 January 2037" in inside(signed_in(mira).get(address(meeting, form)).content, form)


@pytest.mark.parametrize("form", FORMS)
def test_two_members_get_the_same_bytes(
    form: str, circulated: Edition, meeting: Meeting, mira: User, olive: User
) -> None:
    first, second = (signed_in(user).get(address(meeting, form)).content for user in (mira, olive))
    assert first == second


def test_to_everybody_else_copies_do_not_exist(circulated: Edition, meeting: Meeting, otto: User, stan: User) -> None:
    """R12: body, status and headers of a page that is not there."""
    for form in FORMS:
        nowhere = reverse("notes:copy", args=[meeting.network.slug, "no-such-meeting", form])
        for client in (Client(), signed_in(otto), signed_in(stan)):
            there, not_there = client.get(address(meeting, form)), client.get(nowhere)
            assert (there.status_code, not_there.status_code) == (404, 404)
            assert neutral(there.content, address(meeting, form)) == neutral(not_there.content, nowhere)
            assert headers(there) == headers(not_there)


def test_what_is_not_circulated_has_no_copy(made: Edition, meeting: Meeting, mira: User, olive: User) -> None:
    assert [signed_in(user).get(address(meeting, form)).status_code for user in (mira, olive) for form in FORMS] == [
        404
    ] * 6


def test_a_form_that_we_do_not_write_is_not_there(circulated: Edition, meeting: Meeting, mira: User) -> None:
    assert signed_in(mira).get(address(meeting, "odt")).status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_a_copy_is_only_read(form: str, circulated: Edition, meeting: Meeting, mira: User) -> None:
    client = signed_in(mira)
    assert client.post(address(meeting, form)).status_code == 405
    head = client.head(address(meeting, form))
    assert (head.status_code, head.content) == (200, b"")


def test_the_page_offers_every_copy(circulated: Edition, meeting: Meeting, mira: User) -> None:
    page = signed_in(mira).get(circulated.get_absolute_url()).content.decode()
    assert [form for form in FORMS if f'href="{address(meeting, form)}"' in page] == list(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_a_copy_asks_the_database_as_much_for_one_part_as_for_three(
    form: str, circulated: Edition, meeting: Meeting, mira: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(mira)
    with CaptureQueriesContext(connection) as one:
        client.get(address(meeting, form))
    other = copy(meeting)
    other.pk, other.number, other.slug, other.calendar_uid = None, 5, "m5", uuid4()
    other.save()
    parts = [{"title": f"Part {number}", "lines": [{"text": "Words.", "attribution": ""}]} for number in range(3)]
    longer = Edition.objects.create(meeting=other, number=1, title="Notes", content=parts, made_on=NOW.date())
    Circulation.objects.create(edition=longer, circulated_at=NOW)
    with django_assert_num_queries(len(one)):
        assert "Part 2" in inside(client.get(address(other, form)).content, form)
