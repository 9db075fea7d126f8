"""R11: after the retention period nobody can tell who said what, with the whole database in hand."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from events.models import AgendaItem, Registration
from members.models import Delivery, User
from members.signals import ticked
from notes.actions import circulating, reviewing
from notes.actions.arranging import settle_order
from notes.actions.asking import ask_contributors
from notes.actions.forgetting import forget_due
from notes.actions.noting import add_note
from notes.models import Consent, ConsentRequest, Edition, LeakAnswer, Note, Notebook
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


def stored_tokens() -> list[str]:
    """What the database holds, encrypted, of the draft and its contributors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM notes_note UNION SELECT contributor FROM notes_consentrequest")
        return [token for (token,) in cursor.fetchall()]


def whole_database() -> bytes:
    """The database file with its journal, or a dump of everything."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        files = [Path(name), Path(f"{name}-wal")]
        return b"".join(file.read_bytes() for file in files if file.exists())
    settings = connection.settings_dict
    environment = {"PGPASSWORD": str(settings["PASSWORD"] or "")}
    words = ["-h", settings["HOST"], "-p", str(settings["PORT"]), "-U", settings["USER"], name]
    dump = shutil.which("pg_dump")
    assert dump is not None
    return subprocess.run([dump, *words], env=environment, check=True, capture_output=True).stdout


def test_drafts_stay_until_their_time(circulated: Edition) -> None:
    assert forget_due(SENT + timedelta(days=29)) == 0
    assert Note.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_after_the_retention_period_only_the_edition_is_left(circulated: Edition, ana: Registration) -> None:
    tokens = stored_tokens()
    before = whole_database()
    assert len(tokens) == 4
    assert all(token.encode() in before for token in tokens)
    for secret in (HIDDEN, "tender was", "A published book."):
        assert secret.encode() not in before
    content, html = circulated.content, circulated.html

    ticked.send(sender=None, now=SENT + timedelta(days=31))

    assert [model.objects.count() for model in (Note, Consent, ConsentRequest, LeakAnswer)] == [0, 0, 0, 0]
    assert not Delivery.objects.filter(mailing__letter="notes/choose").exists()
    assert Notebook.objects.get().state == "forgotten"
    after = whole_database()
    assert b"Juries need time." in after
    assert not any(token.encode() in after for token in tokens)
    edition = Edition.objects.get()
    assert (edition.content, edition.html) == (content, html)
    assert forget_due(SENT + timedelta(days=32)) == 0
