"""R15 and threats 34 to 38: after a whole run, planted secrets are in no place that was not made for them."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model
from django.test import Client

from cop.lib.sessions import SessionStore
from events.models import AgendaItem, Meeting, Registration
from members.models import User
from notes.models import (
    Approval,
    Circulation,
    Consent,
    ConsentRequest,
    Contributor,
    Correction,
    Edition,
    ForgettingCertificate,
    LeakAnswer,
    Note,
    Numbering,
    UsualAttribution,
)
from notes.models.drafts import Jotting
from tests.conftest import signed_in
from tests.events.forms import FormReader
from tests.notes.conftest import NOW, attended, key
from tests.notes.steps import panel
from tests.post import letters_sent

NAME = "Quennell Verrazane"
POINT, SEALED, SUGGESTED, REASON = ("Quokka alpha.", "Quokka bravo.", "Quokka charlie.", "Quokka delta.")
NAMED = f"{POINT} Bola Adeyemi wrote the book on it."
# Where each may stand in clear: the person in the list of participants and on the letter to them, the point in what is
# circulated of it. Everything else is encrypted, or is not there.
PEOPLES_TABLES = {"events_registration", "members_delivery"}


@pytest.fixture
def quennell(meeting: Meeting) -> Registration:
    return attended(meeting, NAME, "Verrazane Works", "private")


def sent_back(page: bytes, **changed: str) -> dict[str, str]:
    """What a browser would send of a page's form."""
    reader = FormReader(convert_charrefs=True)
    reader.feed(page.decode())
    return reader.values | changed


def write_at_the_desk(client: Client, meeting: Meeting, part: AgendaItem, who: Registration) -> None:
    desk = panel("desk", meeting)
    for text, more in [(NAMED, {}), (SEALED, {"confidential": "on"})]:
        words = {"text": text, "agenda_item": str(part.pk), "contributor": key(who), "kind": "point", **more}
        assert client.post(desk, words).status_code == 302
    refused = client.post(desk, {"text": f"{SEALED}\u202e", "kind": "point", "contributor": key(who)})
    assert SEALED in refused.content.decode()


def choose_on_the_page(letter: str, level: str) -> None:
    (address,) = re.findall(r"http://127.0.0.1:8000(/p/\S+/consent/)", letter)
    guest = Client()
    form = sent_back(guest.get(address).content)
    words = {name: SUGGESTED for name in form if name.startswith("words-")}
    levels = {name: level for name in form if name.startswith("level-")}
    assert len(levels) == 1
    assert guest.post(address, form | words | levels).status_code == 302
    assert guest.get(address).status_code == 200


def let_the_finding_stand(client: Client, meeting: Meeting) -> None:
    page = client.get(panel("review", meeting)).content.decode()
    for digest in sorted(set(re.findall(r'name="finding" value="(\w+)"', page))):
        client.post(panel("answer", meeting), {"finding": digest, "reason": REASON})
    assert LeakAnswer.objects.exists()


def circulate_what_is_seen(client: Client, meeting: Meeting) -> None:
    page = client.get(panel("review", meeting)).content.decode()
    (seen,) = re.findall(rf'action="{panel("make", meeting)}">.*?name="seen" value="(\w+)"', page, re.DOTALL)
    client.post(panel("make", meeting), {"seen": seen})
    client.post(panel("circulate", meeting))


@pytest.fixture
def run(  # noqa: PLR0917  # the people of a meeting
    meeting: Meeting,
    quennell: Registration,
    bola: Registration,
    discussion: AgendaItem,
    olive: User,
    mira: User,
    caplog: pytest.LogCaptureFixture,
) -> str:
    """The main job from desk to taking back, as its users do it; answers with everything that was logged."""
    caplog.set_level(logging.DEBUG)
    with time_machine.travel(NOW) as clock:
        client = signed_in(olive)
        write_at_the_desk(client, meeting, discussion, quennell)
        client.post(panel("ask", meeting))
        (asked,) = letters_sent()
        choose_on_the_page(str(asked.body), "3")
        let_the_finding_stand(client, meeting)
        clock.shift(timedelta(days=8))
        circulate_what_is_seen(client, meeting)
        assert len(letters_sent()) == 2
        assert signed_in(mira).get(Edition.objects.get().get_absolute_url()).status_code == 200
        choose_on_the_page(str(asked.body), "0")
        client.get(panel("item", meeting, Note.objects.order_by("pk")[0].pk))
    return caplog.text


def tables_with(secret: str) -> set[str]:
    """Tables in whose rows `secret` can be read as they lie there."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if secret in str(cursor.fetchall()):
                found.add(table)
    return found


def test_r15_words_are_nowhere_in_clear_but_in_what_is_circulated(run: str) -> None:
    assert tables_with(POINT) == {"notes_edition", "search_passage"}
    assert [tables_with(secret) for secret in (SEALED, SUGGESTED, REASON)] == [set(), set(), set()]


def test_r15_a_person_is_named_where_they_signed_up_and_nowhere_else(run: str) -> None:
    assert tables_with("Quennell V") == PEOPLES_TABLES
    assert tables_with("quennell@guest.example") == PEOPLES_TABLES


@pytest.mark.parametrize("secret", ["Quokka", "Quennell", "quennell", "Verrazane"])
def test_r15_nothing_of_it_is_logged_nor_kept_in_a_session(run: str, secret: str) -> None:
    assert "members" in run or "django" in run  # something was logged at all
    assert secret not in run
    sessions = [SessionStore().decode(row.session_data) for row in Session.objects.all()]
    assert len(list(filter(None, sessions))) >= 2
    assert secret not in str(sessions)


# -- Names of rows -----------------------------------------------------------------------------------------------------

SECRET = "Juries need time, said Ana."


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (Note(pk=7, text=SECRET, contributor="r3", suggested_text=SECRET), "Item 7"),
        (Contributor(pk=7, identity=SECRET), "Contributor 7"),
        (Jotting(pk=7, words=SECRET), "Jotting 7"),
        (Consent(pk=7, remark=SECRET), "Consent 7"),
        (ConsentRequest(pk=7, contributor="r3"), "Request 7"),
        (LeakAnswer(pk=7, reason=SECRET), "Answer 7"),
        (UsualAttribution(pk=7), "Usual attribution 7"),
        (Correction(pk=7, about=SECRET, words=SECRET, new_text=SECRET), "Correction 7"),
        (Approval(pk=7), "Approval 7"),
        (Numbering(pk=7), "Numbering 7"),
        (Circulation(pk=7), "Circulation 7"),
        (ForgettingCertificate(pk=7), "Certificate 7"),
    ],
    ids=str,
)
def test_r15_a_row_is_named_by_its_number(row: Model, name: str) -> None:
    """Wherever Django writes of a row: errors, the panel's questions and history, a developer's shell."""
    assert (str(row), repr(row)) == (name, f"<{type(row).__name__}: {name}>")
