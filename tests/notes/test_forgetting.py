"""R11: after the retention period nobody can tell who said what, with the whole database in hand."""

import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from events.models import AgendaItem, Meeting, Registration, Series
from members.models import Delivery, Mailing, Network, User
from members.signals import ticked
from notes.actions import circulating, reviewing
from notes.actions.arranging import settle_order
from notes.actions.asking import ask_contributors, write_to
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.forgetting import LETTERS, forget_due
from notes.actions.noting import add_note
from notes.actions.refusals import NotesAreClosed
from notes.models import (
    Consent,
    ConsentRequest,
    Contributor,
    Edition,
    ForgettingCertificate,
    LeakAnswer,
    Note,
    Notebook,
)
from notes.models.editions import Numbering
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution
from tests.conftest import signed_in
from tests.notes.conftest import NOW, key

SENT = NOW + timedelta(days=8)
HIDDEN = "Between us: the tender was a mistake."


@pytest.fixture
def circulated(notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User) -> Edition:
    add_note(notebook, text="Ana Prieto wrote the book.", agenda_item=discussion)
    add_note(notebook, text="Juries need time.", agenda_item=discussion, contributor=key(ana))
    add_note(notebook, text=HIDDEN, agenda_item=discussion, contributor=key(ana), confidential=True)
    ask_contributors(notebook, by=olive, at=NOW)
    for row in reviewing.review(notebook, at=SENT).rows:
        for one in row.found:
            reviewing.answer_finding(notebook, one.digest, reason="A published book.", at=SENT)
    settle_order(notebook)
    made = circulating.make_edition(notebook, seen=reviewing.review(notebook, at=SENT).seen, at=SENT)
    circulating.circulate(notebook, by=olive, at=SENT)
    return made


DRAFTS = ("notes_note", "notes_contributor", "notes_consent", "notes_consentrequest", "notes_leakanswer")


def stored_secrets() -> set[str]:
    """What the database holds of the draft and its contributors: every token, and every keyed digest."""
    with connection.cursor() as cursor:
        rows = []
        for table in DRAFTS:
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    columns = {str(column) for row in rows for column in row}
    return {column for column in columns if re.fullmatch(r"gAAAA[\w=-]+|[0-9a-f]{64}", column)}


def whole_database() -> bytes:
    """The database file with its journal, or a dump of everything."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        files = [file for file in (name, f"{name}-wal") if Path(file).exists()]
        # In a process of its own: whoever closes a file loses all locks it holds on it, and SQLite's are among them
        # (https://www.sqlite.org/howtocorrupt.html, 2.2). A worker that ends then takes the journal away.
        return subprocess.run(["cat", *files], check=True, capture_output=True).stdout
    settings = connection.settings_dict
    environment = {"PGPASSWORD": str(settings["PASSWORD"] or "")}
    words = ["-h", settings["HOST"], "-p", str(settings["PORT"]), "-U", settings["USER"], name]
    dump = shutil.which("pg_dump")
    assert dump is not None
    return subprocess.run([dump, *words], env=environment, check=True, capture_output=True).stdout


def test_drafts_stay_until_their_time(circulated: Edition) -> None:
    assert forget_due(SENT + timedelta(days=29)) == 0
    assert Note.objects.count() == 3


def test_one_meeting_that_cannot_be_forgotten_does_not_keep_the_others(
    circulated: Edition, network: Network, series: Series
) -> None:
    meetings = [
        Meeting.objects.create(
            network=network,
            series=series,
            title=f"Earlier {day}",
            slug=f"earlier-{day}",
            starts_at=NOW - timedelta(days=day),
            ends_at=NOW - timedelta(days=day) + timedelta(hours=1),
        )
        for day in (60, 30)
    ]
    broken, other = [Notebook.objects.create(meeting=one, state=Notebook.State.CIRCULATED) for one in meetings]
    for one in meetings:
        Numbering.objects.create(meeting=one, last=1, first_circulated_at=NOW)
    # A certificate is there already: the row of another cannot be written.
    ForgettingCertificate.objects.create(meeting=meetings[0], forgotten_on=date(2037, 1, 1), kinds=[])
    with pytest.raises(ExceptionGroup, match="could not be forgotten") as raised:
        forget_due(SENT + timedelta(days=31))
    assert [type(error) for error in raised.value.exceptions] == [IntegrityError]
    states = dict(Notebook.objects.values_list("pk", "state"))
    assert states.pop(broken.pk) == "circulated"
    assert set(states.values()) == {"forgotten"}
    assert other.pk in states


@pytest.mark.django_db(transaction=True)
def test_after_the_retention_period_only_the_edition_is_left(circulated: Edition, ana: Registration) -> None:
    asked = ConsentRequest.objects.get()
    words = {note.pk: Choice(level=Attribution.NONE, text_hash=text_hash(note.text)) for note in own_notes(asked)}
    save_choices(asked, words, at=SENT)
    tokens = stored_secrets()
    before = whole_database()
    assert len(tokens) == 22
    assert all(token.encode() in before for token in tokens)
    for secret in (HIDDEN, "tender was", "A published book."):
        assert secret.encode() not in before
    content, html = circulated.content, circulated.html

    ticked.send(sender=None, now=SENT + timedelta(days=31))

    gone: tuple[type[Model], ...] = (Note, Consent, ConsentRequest, LeakAnswer, Contributor, *pointing_at_a_notebook())
    assert {model: model._default_manager.count() for model in gone} == dict.fromkeys(gone, 0)
    assert not Delivery.objects.filter(mailing__letter="notes/choose").exists()
    assert Notebook.objects.get().state == "forgotten"
    after = whole_database()
    assert b"Juries need time." in after
    assert not any(token.encode() in after for token in tokens)
    edition = Edition.objects.get()
    assert (edition.content, edition.html) == (content, html)
    assert forget_due(SENT + timedelta(days=32)) == 0
    certificate = ForgettingCertificate.objects.get()
    assert (certificate.forgotten_on, certificate.is_overwritten) == (date(2037, 2, 23), True)
    assert {one["kind"]: (one["deleted"], one["left"]) for one in certificate.kinds} | KINDS == KINDS


# Every kind the certificate names; what is added to drafts later may be named besides.
KINDS = {
    "consents": ("some", 0),
    "items": ("some", 0),
    "contributors": ("some", 0),
    "requests to choose": ("some", 0),
    "answers": ("some", 0),
    "editions that never went out": ("none", 0),
    "letters about choosing": ("some", 0),
    "mailings about choosing": ("some", 0),
    "words not noted yet": ("none", 0),
}


def pointing_at_a_notebook() -> list[type[Model]]:
    """Whatever hangs on a notebook is part of a draft, also what somebody adds some day."""
    models = [*apps.get_models(include_auto_created=True)]
    return [one for one in models if any(field.related_model is Notebook for field in one._meta.concrete_fields)]


def forgotten(circulated: Edition) -> ForgettingCertificate:
    forget_due(SENT + timedelta(days=31))
    return ForgettingCertificate.objects.get(meeting=circulated.meeting)


def test_every_letter_about_choosing_is_forgotten(circulated: Edition, olive: User) -> None:
    """Who was written to about their points had some."""
    asked = list(ConsentRequest.objects.all())
    for letter in LETTERS:
        write_to(asked[0].notebook, letter, asked, by=olive)
    forgotten(circulated)
    assert set(Mailing.objects.values_list("letter", flat=True)) == {"notes/circulated"}


def test_space_that_could_not_be_overwritten_is_overwritten_later(circulated: Edition) -> None:
    """Inside a transaction, as this test is, neither engine can: the certificate says so until one could."""
    assert forgotten(circulated).is_overwritten is False
    assert forget_due(SENT + timedelta(days=32)) == 0
    assert ForgettingCertificate.objects.get().is_overwritten is False


def test_a_dry_run_says_what_would_be_forgotten_and_changes_nothing(
    circulated: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    Numbering.objects.update(first_circulated_at=timezone.now() - timedelta(days=31))
    call_command("forget", "--dry-run")
    said = capsys.readouterr().out
    assert said.startswith(f"Meeting {circulated.meeting_id}:\n")
    ids = sorted(Note.objects.values_list("pk", flat=True))
    assert f"  items: 3 {ids}\n" in said
    assert "  consents: 0\n" in said
    assert said.endswith("Would forget the drafts of 1 meetings. Nothing was changed.\n")
    assert not any(word in said for word in ("Juries", "Ana", "tender", "@"))
    assert Note.objects.count() == 3
    call_command("forget")
    assert capsys.readouterr().out == "Forgot the drafts of 1 meetings.\n"
    assert Note.objects.count() == 0


def test_the_certificate_can_be_read_and_kept(circulated: Edition, meeting: Meeting, olive: User, noor: User) -> None:
    client, page = signed_in(olive), reverse("admin:notes_notebook_certificate", args=[meeting.pk])
    assert client.get(page).status_code == 404
    forgotten(circulated)
    seen = client.get(page).content.decode()
    assert "On 23 February 2037" in seen
    assert "<td>some</td>" in seen
    assert page in client.get(reverse("admin:notes_notebook_changelist")).content.decode()
    text = client.get(f"{page}txt/")
    assert text["Content-Disposition"] == f'attachment; filename="forgotten-{meeting.pk}.txt"'
    assert "items: deleted some, left 0\n" in text.content.decode()
    whole = client.get(f"{page}json/").json()
    assert (whole["meeting"], whole["forgotten_on"]) == (meeting.pk, "2037-02-23")
    assert {"kind": "items", "deleted": "some", "left": 0} in whole["kinds"]
    assert client.get(f"{page}xml/").status_code == 404
    assert signed_in(noor).get(page).status_code == 404
    assert client.post(page).status_code == 405


def test_a_certificate_does_not_tell_how_much_was_confidential(
    notebook: Notebook, discussion: AgendaItem, circulated: Edition
) -> None:
    """R5: no count, however long afterwards."""
    add_note_as_if_before(notebook, discussion)
    kinds = {one["kind"]: one["deleted"] for one in forgotten(circulated).kinds}
    assert kinds["items"] == "some"


def add_note_as_if_before(notebook: Notebook, discussion: AgendaItem) -> None:
    Note.objects.create(notebook=notebook, agenda_item=discussion, text=HIDDEN, confidential=True)


def test_choices_that_come_while_drafts_are_forgotten_bring_nothing_back(circulated: Edition) -> None:
    """R11: whoever had their page open is told, and no row is made again."""
    asked = ConsentRequest.objects.select_related("notebook__meeting__network").get()
    (note,) = own_notes(asked)
    forgotten(circulated)
    choice = Choice(level=Attribution.NONE, text_hash=text_hash(note.text))
    with pytest.raises(NotesAreClosed):
        save_choices(asked, {note.pk: choice}, at=SENT + timedelta(days=31))
    assert not Consent.objects.exists()
