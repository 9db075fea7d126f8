"""Several note-takers at once, over real connections, and a server that dies: nobody loses a word (B51, threat 37)."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from events.models import AgendaItem, Meeting
from members.models import Network, User
from notes.actions.noting import add_note
from notes.models import Note, Notebook
from tests.conftest import member_of, person
from tests.notes.desk_client import AtTheDesk

pytestmark = pytest.mark.django_db(transaction=True)

EACH = 8


@pytest.fixture
def three_people(network: Network, noor: User, olive: User) -> list[User]:
    nia = person("nia@commons.example", "Nia Bowen", "Commons Trust", "civil-society")
    member_of(network, nia, "note-taker")
    return [noor, olive, nia]


def desk_of(meeting: Meeting) -> str:
    return reverse("admin:notes_notebook_desk", args=[meeting.pk])


def revision_in(page: str) -> int:
    found = re.search(r'name="revision" value="(\d+)"', page)
    assert found, page
    return int(found[1])


def test_three_add_at_once_and_every_word_is_there(
    live_server: LiveServer, meeting: Meeting, three_people: list[User], discussion: AgendaItem
) -> None:
    together = Barrier(3)

    def write(user: User) -> list[int]:
        me = AtTheDesk(live_server.url, desk_of(meeting), user).comes()
        together.wait()
        fields = {"agenda_item": discussion.pk, "kind": "point"}
        return [me.post(me.desk, text=f"{user.name} said {n}.", token=uuid4(), **fields).status for n in range(EACH)]

    with ThreadPoolExecutor(3) as pool:
        answers = [status for done in pool.map(write, three_people) for status in done]
    assert answers == [302] * 3 * EACH
    written = sorted(note.text for note in Note.objects.all())
    assert written == sorted(f"{user.name} said {n}." for user in three_people for n in range(EACH))
    positions = list(Note.objects.values_list("position", flat=True))
    assert sorted(positions) == list(range(1, 3 * EACH + 1))
    me = AtTheDesk(live_server.url, desk_of(meeting), three_people[0]).comes()
    shown = me.get(reverse("admin:notes_notebook_items", args=[meeting.pk])).text
    assert [text for text in written if text not in shown] == []


def test_three_hammer_the_same_item_and_each_sees_what_stood_there(
    live_server: LiveServer, meeting: Meeting, notebook: Notebook, three_people: list[User], discussion: AgendaItem
) -> None:
    """Every text is saved in its turn, or comes back to its writer beside the other; whoever merges keeps both."""
    note = add_note(notebook, text="Begin.", agenda_item=discussion)
    address = reverse("admin:notes_notebook_item", args=[meeting.pk, note.pk])
    together = Barrier(3)

    def write(user: User) -> None:
        me = AtTheDesk(live_server.url, desk_of(meeting), user).comes()
        together.wait()
        for n in range(EACH):
            mine = f"{user.name.split()[0]}{n}"
            page = me.get(address).text
            text = f"{words_in(page)} {mine}"
            for _ in range(200):
                answer = me.post(
                    address, text=text, revision=revision_in(page), kind="point", agenda_item=discussion.pk
                )
                if answer.status == 302:
                    break
                # Refused: the other's text and one's own are both on the page.
                page, theirs = answer.text, other_in(answer.text)
                assert mine in words_in(page)
                text = f"{theirs} {mine}"
            else:
                raise AssertionError("never saved")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, three_people))
    note.refresh_from_db()
    said = [f"{user.name.split()[0]}{n}" for user in three_people for n in range(EACH)]
    assert sorted(note.text.split()) == sorted(["Begin.", *said])
    assert note.revision == 1 + 3 * EACH


def words_in(page: str) -> str:
    found = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)
    assert found
    return found[1]


def other_in(page: str) -> str:
    found = re.search(r'<blockquote class="item-text">\s*<p>(.*?)</p>', page, re.DOTALL)
    assert found
    return found[1]


def test_two_press_twice_because_no_answer_came(
    live_server: LiveServer, meeting: Meeting, noor: User, discussion: AgendaItem
) -> None:
    """The same form sent many times at once is one item."""
    token = uuid4()

    def press(_: int) -> int:
        me = AtTheDesk(live_server.url, desk_of(meeting), noor).comes()
        return me.post(me.desk, text="Once.", token=token, kind="point", agenda_item=discussion.pk).status

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(press, range(6))) == [302] * 6
    assert [note.text for note in Note.objects.all()] == ["Once."]


# -- A server that dies ------------------------------------------------------------------------------------------------


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class MortalServer:
    """The application in a process of its own, on the tests' database."""

    def __init__(self, port: int, folder: Path) -> None:
        self.site = f"http://127.0.0.1:{port}"
        self.address = f"127.0.0.1:{port}"
        database = connection.settings_dict
        url = f"sqlite:///{database['NAME']}"
        if connection.vendor == "postgresql":
            where = f"{database['USER']}:{database['PASSWORD']}@{database['HOST'] or '127.0.0.1'}:{database['PORT']}"
            url = f"postgres://{where}/{database['NAME']}"
        self.environment = {
            **os.environ,
            "DATABASE_URL": url,
            "VAR_DIR": str(folder),
            "DEBUG": "1",
            "SECRET_KEY": settings.SECRET_KEY,
            "NOTES_KEYS": ",".join(settings.NOTES_KEYS),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def rises(self) -> None:
        command = [sys.executable, "manage.py", "runserver", "--noreload", "--skip-checks", self.address]
        self.process = subprocess.Popen(  # our own command
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        host, port = self.address.split(":")
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as knock:
                if knock.connect_ex((host, int(port))) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the server did not come up")

    def dies(self) -> None:
        """As by kill -9: nothing is finished, nothing is tidied."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def mortal(port: int, tmp_path: Path) -> Iterator[MortalServer]:
    server = MortalServer(port, tmp_path)
    yield server
    server.dies()


def test_a_server_killed_in_the_middle_leaves_the_old_text_or_the_new(
    mortal: MortalServer, meeting: Meeting, notebook: Notebook, noor: User, discussion: AgendaItem
) -> None:
    """Whatever was under way, an item reads as before or after, and the press repeated brings it to the end."""
    note = add_note(notebook, text="Text 0.", agenda_item=discussion)
    address = reverse("admin:notes_notebook_item", args=[meeting.pk, note.pk])
    keep = reverse("admin:notes_notebook_keep", args=[meeting.pk])
    for round_number, pause_s in enumerate((0.0, 0.004, 0.012, 0.03), start=1):
        mortal.rises()
        me = AtTheDesk(mortal.site, desk_of(meeting), noor).comes()
        before, after, token = note.text, f"Text {round_number}.", uuid4()
        fields = {"revision": note.revision, "kind": "point", "agenda_item": discussion.pk, "token": token}
        kept = me.post(keep, text=after, changes=note.pk, **fields)
        assert kept.status == 204
        with ThreadPoolExecutor(1) as pool:
            pressed = pool.submit(lambda: me.post(address, text=after, **fields))  # noqa: B023  # done within the round
            time.sleep(pause_s)
            mortal.dies()
            pressed.exception()
        note.refresh_from_db()
        assert note.text in {before, after}
        # Kept until the press has gone through, gone with it: never both lost.
        assert notebook.jottings.count() == (1 if note.text == before else 0)
        mortal.rises()
        again = AtTheDesk(mortal.site, desk_of(meeting), noor).comes()
        assert again.post(address, text=after, **fields).status == 302
        mortal.dies()
        note.refresh_from_db()
        assert (note.text, notebook.jottings.count()) == (after, 0)
