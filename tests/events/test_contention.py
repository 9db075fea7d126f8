"""Many at once: exactly as many places as there are, whatever the engine and however close together they press."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from events.actions.answering import answer as answer_survey, box_of, open_survey
from events.actions.publishing import publish_meeting
from events.actions.registering import Guest, cancel_registration, register_guest, register_member
from events.actions.scheduling import schedule_meeting
from events.actions.standing_places import take_standing_place
from events.actions.suggesting import suggest_topic, want
from events.models import Meeting, Registration, Series, Survey
from events.rules.surveys import Sheet
from members.models import Delivery, Network, User
from tests.conftest import member_of, person
from tests.engines import IS_SQLITE
from tests.events.test_registering import guest, set_capacity

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: list[Callable[[], object]], threads: int = 10) -> None:
    """Do all of these in threads with a connection each, which begin together. What one raises is raised."""
    together = Barrier(threads)

    def work(mine: list[Callable[[], object]]) -> None:
        together.wait()
        try:
            for act in mine:
                act()
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work, acts[place::threads]) for place in range(threads)]:
            done.result()


def states() -> Counter[str]:
    return Counter(Registration.objects.values_list("state", flat=True))


def letters() -> Counter[str]:
    return Counter(Delivery.objects.values_list("mailing__letter", flat=True))


def test_two_hundred_people_for_fifty_places(meeting: Meeting, tmp_path: Path) -> None:
    """B29, B37: over HTTP, at two web processes: fifty in, the others waiting in the order they asked; nobody lost,
    nobody twice, though one in ten presses again."""
    set_capacity(meeting, 50)
    path = reverse("events:register", args=[meeting.network.slug, meeting.slug])
    everybody = [guest(number) for number in range(200)]
    with web_server(tmp_path) as port:
        presses = [*everybody, *everybody[::10]]
        at_once([lambda one=one: press_register(port, path, one) for one in presses], threads=20)  # type: ignore[misc]  # a default binds the person
    assert states() == {"registered": 50, "waiting": 150}
    assert letters() == {"events/registered": 50 + again("registered"), "events/waiting": 150 + again("waiting")}
    assert set(Registration.objects.values_list("guest_email", flat=True)) == {one.email for one in everybody}
    in_order = Registration.objects.order_by("queued_at", "pk").values_list("state", flat=True)
    assert list(in_order) == ["registered"] * 50 + ["waiting"] * 150
    assert set(Delivery.objects.values_list("email", flat=True)) == {one.email for one in everybody}


def again(state: str) -> int:
    """How many of those who pressed twice are in this state now: each had the letter twice."""
    twice = [guest(number).email for number in range(0, 200, 10)]
    return Registration.objects.filter(guest_email__in=twice, state=state).count()


@contextmanager
def web_server(folder: Path) -> Iterator[int]:
    """A real web server with two processes over the test's own database; on which port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    name = connection.settings_dict["NAME"]
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    database = f"sqlite:///{name}" if IS_SQLITE else urlunsplit(url._replace(path=f"/{name}"))
    env = {
        **os.environ,
        "DATABASE_URL": database,
        "VAR_DIR": str(folder),
        "SITE_URL": "http://127.0.0.1:8000",
        "SECRET_KEY": settings.SECRET_KEY,
        "NOTES_KEYS": ",".join(settings.NOTES_KEYS),
        "BEHIND_PROXY": "true",
    }
    command = [sys.executable, "-m", "gunicorn", "cop.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    workers = ["--preload", "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--backlog", "512"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([*command, *workers], cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            wait_for(port)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def wait_for(port: int) -> None:
    for _ in range(400):
        try:
            answer(port, "GET", "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("The web server does not answer.")


def press_register(port: int, path: str, person: Guest) -> None:
    """What a browser sends of the form: each person from an address of their own."""
    token = "a" * 32
    sent = urlencode({"name": person.name, "email": person.email, "csrfmiddlewaretoken": token})
    number = int("".join(filter(str.isdigit, person.name)))
    headers = {
        "Cookie": f"csrftoken={token}",
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": f"10.0.{number // 100}.{number % 100}",
    }
    status = answer(port, "POST", path, sent, headers)
    assert status == 302


def answer(port: int, method: str, path: str, sent: str = "", headers: Mapping[str, str] = MappingProxyType({})) -> int:
    client = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        client.request(method, path, sent or None, dict(headers))
        return client.getresponse().status
    finally:
        client.close()


def test_nobody_is_missed_who_asks_for_every_meeting_while_one_is_announced(
    series: Series, meeting: Meeting, network: Network
) -> None:
    """B30: announced before or after they asked, it brings a place, and one."""
    draft = schedule_meeting(series, on=date(2037, 2, 11))
    people = [person(f"p{number}@crowd.example", f"Person {number}") for number in range(12)]
    acts: list[Callable[[], object]] = [lambda user=user: take_standing_place(series, user) for user in people]  # type: ignore[misc]  # a default binds the user
    at_once([*acts[:6], lambda: publish_meeting(draft), *acts[6:]], threads=6)
    assert draft.registrations.count() == meeting.registrations.count() == 12
    assert letters() == {"events/registered": 24}


def test_twenty_give_back_what_thirty_wait_for(meeting: Meeting) -> None:
    set_capacity(meeting, 20)
    rows = [register_guest(meeting, guest(number)) for number in range(50)]
    at_once([lambda row=row: cancel_registration(row) for row in rows[:20]])  # type: ignore[misc]  # a default binds the row
    assert states() == {"registered": 20, "waiting": 10, "cancelled": 20}
    assert {row.name for row in Registration.objects.with_place()} == {f"Guest {number}" for number in range(20, 40)}
    assert letters()["events/promoted"] == 20


def test_coming_and_going_at_once_never_overfills(meeting: Meeting) -> None:
    set_capacity(meeting, 20)
    rows = [register_guest(meeting, guest(number)) for number in range(25)]
    going: list[Callable[[], object]] = [lambda row=row: cancel_registration(row) for row in rows[:10]]  # type: ignore[misc]  # a default binds the row
    coming: list[Callable[[], object]] = [
        lambda number=number: register_guest(meeting, guest(number))  # type: ignore[misc]  # a default binds the number
        for number in range(25, 45)
    ]
    at_once([act for pair in zip(coming, going * 2, strict=True) for act in pair])
    assert states() == {"registered": 20, "waiting": 15, "cancelled": 10}


def test_one_impatient_person_has_one_place(meeting: Meeting, mira: User) -> None:
    at_once([lambda: register_member(meeting, mira)] * 20)
    assert states() == {"registered": 1}
    assert letters() == {"events/registered": 1}


def test_the_same_new_guest_from_ten_windows_has_one_place(meeting: Meeting) -> None:
    at_once([lambda: register_guest(meeting, guest(1))] * 10)
    assert states() == {"registered": 1}


def test_answers_and_votes_of_many_at_once_are_all_counted(meeting: Meeting) -> None:
    """B66, B69: all answers lie in one row, and none is lost when thirty people send theirs together."""
    survey = Survey.objects.create(network=meeting.network, title="How shall we meet?")
    survey.questions.create(kind="one", text="Where?", choices="Here\nThere")
    open_survey(survey)
    survey.refresh_from_db()
    people = [person(f"p{number}@lake.example", f"P {number}") for number in range(10)]
    for one in people:
        member_of(meeting.network, one)
    topic = suggest_topic(meeting.network, people[0], title="Juries")
    sheet, at = Sheet(chosen={"1": ["0"]}), meeting.starts_at
    acts = [partial(answer_survey, survey, sheet, person=f"user {number}", at=at) for number in range(30)]
    votes = [partial(want, meeting.network, one, topic.pk) for one in people for _twice in range(2)]
    at_once([*acts, *votes])
    survey.refresh_from_db()
    assert (box_of(survey).count, box_of(survey).tallies) == (30, {"1": {"0": 30}})
    assert topic.backings.count() == 10
