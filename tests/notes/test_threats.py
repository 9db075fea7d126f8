"""Ways an identity leaks that no other test's page is about; the table is in docs/chatham-house.md."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import ForeignKey, Model, OneToOneField
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from cop.lib.encryption import decrypt
from events.models import AgendaItem, Meeting, Registration
from members.models import Network, User
from notes.actions import circulating, reviewing
from notes.actions.asking import ask_contributors
from notes.actions.noting import add_note, edit_note
from notes.drafting import participants, standing_consent
from notes.models import Consent, ConsentRequest, Edition, Note, Notebook
from notes.rules.vocabulary import Attribution
from tests.conftest import signed_in
from tests.notes.conftest import NOW, key
from tests.notes.steps import choose
from tests.post import letters_sent, run_waiting_tasks

WORDS = "Juries need time to learn."
# Far from every other number, so that where it stands it is this row's.
ROW = 987_654_321


@pytest.fixture
def point(notebook: Notebook, discussion: AgendaItem, ana: Registration) -> Note:
    note = add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))
    Note.objects.filter(pk=note.pk).update(id=ROW)
    return Note.objects.get()


@pytest.fixture
def asked(point: Note, olive: User) -> ConsentRequest:
    ask_contributors(point.notebook, by=olive, at=NOW)
    return ConsentRequest.objects.get()


@pytest.fixture
def circulated(asked: ConsentRequest, olive: User) -> Edition:
    choose(asked, Attribution.NAME)
    return circulate(asked.notebook, olive)


def circulate(notebook: Notebook, olive: User) -> Edition:
    at = NOW + timedelta(days=8)
    made = circulating.make_edition(notebook, seen=reviewing.review(notebook, at=at).seen, at=at)
    circulating.circulate(notebook, by=olive, at=at)
    return made


def everything_stored() -> str:
    """All rows of all tables, with what is encrypted opened: what somebody with database and keys can read."""
    words = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            words += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(decrypt(one) if one.startswith("gAAAA") else one for one in words)


# -- Structure ---------------------------------------------------------------------------------------------------------


def test_t20_no_id_of_a_draft_is_in_an_edition(circulated: Edition, mira: User) -> None:
    assert str(ROW) in everything_stored()
    page = signed_in(mira).get(circulated.get_absolute_url()).content.decode()
    assert WORDS in page
    assert str(ROW) not in f"{page} {circulated.content} {circulated.html}"


def test_t22_t33_an_edition_holds_these_fields_and_no_more(circulated: Edition) -> None:
    """Whoever adds one thinks of R7: no author, no key to a person, no time finer than a day."""
    assert {field.name: field.get_internal_type() for field in Edition._meta.concrete_fields} == {
        "id": "BigAutoField",
        "meeting": "ForeignKey",
        "number": "PositiveIntegerField",
        "audience": "PositiveSmallIntegerField",
        "title": "CharField",
        "content": "JSONField",
        "html": "TextField",
        "digest": "CharField",
        "made_on": "DateField",
        "corrected_on": "DateField",
    }
    assert {tuple(section) for section in circulated.content} == {("title", "lines")}
    assert {tuple(line) for section in circulated.content for line in section["lines"]} == {("text", "attribution")}


def test_t48_no_foreign_key_leads_from_an_edition_to_a_person_or_a_draft() -> None:
    reached = keys_from(Edition, set())
    assert apps.get_model("events", "Meeting") in reached
    assert {model for model in reached if model.__module__ == "notes.models.drafts"} == set()
    assert {User, Registration} & reached == set()


def keys_from(model: type[Model], seen: set[type[Model]]) -> set[type[Model]]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey | OneToOneField):
            target = field.related_model
            assert isinstance(target, type)
            if target not in seen:
                seen |= {target}
                seen |= keys_from(target, seen)
    return seen


# -- Web ---------------------------------------------------------------------------------------------------------------


def test_t26_an_organiser_reads_who_has_answered_and_not_what(asked: ConsentRequest, olive: User) -> None:
    """The desk of somebody who said yes and that of somebody who said no are the same page."""
    desk = reverse("admin:notes_notebook_desk", args=[asked.notebook.meeting_id])
    pages = []
    for level in (Attribution.NONE, Attribution.NAME):
        choose(asked, level)
        page = signed_in(olive).get(desk).content.decode()
        # Both are new in every answer: the forms' token, and the one by which an item sent twice is one.
        pages.append(re.sub(r'name="(csrfmiddlewaretoken|token)" value="[\w-]+"', "", page))
    assert pages[0] == pages[1]


def test_t28_no_address_tells_of_what_was_read(circulated: Edition, mira: User) -> None:
    page = signed_in(mira).get(circulated.get_absolute_url())
    assert page["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("name", ["notes:editions", "notes:edition"])
def test_t29_nothing_keeps_a_page_of_notes(circulated: Edition, mira: User, name: str) -> None:
    arguments = [circulated.meeting.network.slug, circulated.meeting.slug][: 1 + (name == "notes:edition")]
    page = signed_in(mira).get(reverse(name, args=arguments))
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert "Cookie" in page["Vary"]


def test_t31_what_a_link_preview_or_a_feed_reader_gets_says_nothing_of_the_notes(
    circulated: Edition, network: Network, meeting: Meeting
) -> None:
    addresses = [circulated.get_absolute_url(), reverse("notes:editions", args=[network.slug])]
    addresses += [f"/{network.slug}/{name}" for name in ("feed", "feed/", "sitemap.xml", "oembed")]
    for address in addresses:
        answer = Client(headers={"user-agent": "LinkPreview/1.0"}).get(address)
        assert answer.status_code == 404
        assert not {WORDS, circulated.title, meeting.theme} & {*answer.content.decode().splitlines()}
        assert circulated.title not in answer.content.decode()


# -- Mail --------------------------------------------------------------------------------------------------------------


def test_t40_t41_t43_a_letter_goes_to_one_person_with_these_headers_and_fetches_nothing(circulated: Edition) -> None:
    letters = letters_sent()
    assert len(letters) >= 2
    for letter in letters:
        assert (len(letter.to), letter.cc, letter.bcc) == (1, [], [])
        # A letter that one can stop says so to the mail program, and nothing else of whose it is.
        stopped_by = {"List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"}
        is_of_a_kind = letter.subject.endswith("new notes to read")
        assert set(letter.message()) == (stopped_by if is_of_a_kind else set()) | {
            "Content-Type",
            "MIME-Version",
            "Subject",
            "From",
            "To",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "X-Auto-Response-Suppress",
            "References",
        }
        # The same for all who have to do with the meeting, whoever they are to it.
        assert letter.message()["References"] == f"<meeting-{circulated.meeting.calendar_uid}@example.org>"
        (html,) = [str(content) for content, kind in letter.alternatives if kind == "text/html"]
        assert re.findall(r"<img|\bsrc=|url\(|@import", html) == []
        assert WORDS not in f"{letter.subject} {letter.body} {html}"


def test_t54_nobody_is_told_that_somebody_took_something_back(circulated: Edition, asked: ConsentRequest) -> None:
    letters_sent()
    choose(asked, Attribution.NONE)
    assert letters_sent() == []
    assert "Ana Prieto" not in Edition.objects.get().html


# -- Store -------------------------------------------------------------------------------------------------------------


def test_t36_no_row_of_a_draft_is_called_by_its_words(asked: ConsentRequest) -> None:
    choose(asked, Attribution.NAME)
    drafts = [*Note.objects.all(), *Consent.objects.all(), *ConsentRequest.objects.all()]
    assert len(drafts) == 3
    assert all(re.fullmatch(r"\w+ \d+", str(row)) for row in drafts)


def test_t37_an_edit_leaves_no_older_words_behind(point: Note) -> None:
    assert WORDS in everything_stored()
    edit_note(
        point,
        revision=point.revision,
        text="Panels cost less.",
        agenda_item=point.agenda_item,
        contributor=point.contributor,
        kind=point.kind,
        confidential=False,
        may_lift=False,
    )
    stored = everything_stored()
    assert "Panels cost less." in stored
    assert WORDS not in stored


def test_t49_a_stored_digest_is_not_guessed_without_the_key(asked: ConsentRequest, settings: Settings) -> None:
    """Whoever knows all that a consent is to, and has the whole database, still cannot tell that it was given."""
    choose(asked, Attribution.NAME)
    note, (ana,) = Note.objects.get(), participants(asked.notebook.meeting)[:1]
    assert ana.name == "Ana Prieto"
    assert standing_consent(note, ana) is not None
    settings.NOTES_KEYS = [Fernet.generate_key().decode()]
    assert standing_consent(note, ana) is None


@pytest.mark.parametrize(
    "labels", [(), ("notes",), ("notes.Note",), ("members", "notes.consent"), ("notes.correction",)]
)
def test_t53_drafts_are_not_dumped(point: Note, labels: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="Leave them out with --exclude notes"):
        call_command("dumpdata", *labels, stdout=StringIO())


@pytest.mark.parametrize("labels", [(), ("events",), ("notes.Edition",), ("notes.edition", "members")])
def test_t53_everything_else_is_dumped_as_ever(circulated: Edition, labels: tuple[str, ...]) -> None:
    run_waiting_tasks()
    out = StringIO()
    call_command("dumpdata", *labels, exclude=[] if labels else ["notes"], stdout=out)
    assert '"model": ' in out.getvalue()
    assert "notes.note" not in out.getvalue()


def test_t55_no_page_may_send_anything_elsewhere(circulated: Edition, mira: User) -> None:
    policy = signed_in(mira).get(circulated.get_absolute_url())["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert (rules["default-src"], rules["connect-src"], rules["form-action"]) == ("'none'", "'self'", "'self'")
    assert "unsafe" not in policy
