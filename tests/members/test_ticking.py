"""What is done every so often: safe at any time, and twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError
from django.dispatch import receiver
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cop.management.commands.worker import TickingWorker
from members.actions.joining import Person, ask_to_join
from members.actions.mailing import Recipient, send_letter
from members.actions.signing_in import send_code
from members.actions.ticking import MOST_RUNS, give_back_lost_tasks, send_what_is_due, tick
from members.models import Delivery, Mailing, Network, SignUp, User
from members.signals import ticked
from members.tasks import deliver
from tests.post import db_worker, letters_sent

pytestmark = pytest.mark.django_db

NOW = datetime(2037, 1, 14, 14, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mailing(noon: None, network: Network, mira: User) -> Mailing:
    return send_letter("welcome", [Recipient(mira.email)], network=network, about_id=mira.memberships.get().pk)


def test_what_is_due_is_enqueued_once(mailing: Mailing) -> None:
    assert send_what_is_due(NOW) == []  # its first task still waits
    DBTaskResult.objects.all().delete()
    assert send_what_is_due(NOW) == [mailing.pk]
    assert send_what_is_due(NOW) == []
    assert len(letters_sent()) == 1
    assert send_what_is_due(NOW) == []


def test_what_is_not_due_waits(mailing: Mailing) -> None:
    DBTaskResult.objects.all().delete()
    Delivery.objects.update(not_before=NOW + timedelta(minutes=5))
    assert send_what_is_due(NOW) == []
    assert send_what_is_due(NOW + timedelta(minutes=5)) == [mailing.pk]


def test_dead_workers_task_is_given_back_a_few_times(mailing: Mailing) -> None:
    task = DBTaskResult.objects.get()
    for number in range(1, MOST_RUNS + 1):
        task.claim(f"worker {number}")
        assert give_back_lost_tasks(NOW + timedelta(minutes=14)) == 0
        assert give_back_lost_tasks(NOW + timedelta(minutes=16)) == 1
        task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert give_back_lost_tasks(NOW + timedelta(days=1)) == 0


def test_task_given_back_sends_the_letter(mailing: Mailing) -> None:
    DBTaskResult.objects.get().claim("a worker that was killed")
    assert letters_sent() == []
    tick(NOW + timedelta(minutes=16))
    assert len(letters_sent()) == 1


def test_what_is_kept_of_a_failed_task_is_where_and_how_and_none_of_the_words(mailing: Mailing) -> None:
    """R15: the words of an error may be what a row held."""
    DBTaskResult.objects.all().delete()
    deliver.enqueue("secret@river.example")  # type: ignore[arg-type]  # what is tried here
    task = DBTaskResult.objects.get()
    task.claim("tests")
    db_worker().run_task(task)
    task.refresh_from_db()
    assert (task.status, task.exception_class_path) == (TaskResultStatus.FAILED, "builtins.ValueError")
    assert "members/tasks/__init__.py" in task.traceback
    assert task.traceback.endswith("\nbuiltins.ValueError")
    assert "secret" not in task.traceback


def test_old_sign_ups_and_the_letters_about_them_are_forgotten(noon: None, network: Network, mira: User) -> None:
    ask_to_join(network, email="new@river.example", person=Person(name="Nia", sector="public"))
    send_code(mira.email, "123456")
    send_letter("welcome", [Recipient(mira.email)], network=network, about_id=mira.memberships.get().pk)
    letters_sent()
    tick(NOW + timedelta(hours=48))
    assert Mailing.objects.count() == 3
    tick(NOW + timedelta(hours=48, seconds=1))
    assert list(Delivery.objects.values_list("mailing__letter", "email")) == [("welcome", mira.email)]
    assert not SignUp.objects.exists()


def test_finished_tasks_are_forgotten_after_a_week(mailing: Mailing) -> None:
    letters_sent()
    tick(NOW + timedelta(days=7))
    assert DBTaskResult.objects.count() == 1
    tick(NOW + timedelta(days=7, seconds=1))
    assert DBTaskResult.objects.count() == 0


def test_higher_storeys_hear_the_tick_also_when_one_of_them_fails(noon: None) -> None:
    heard: list[datetime] = []

    @receiver(ticked)
    def fails(sender: None, now: datetime, **kwargs: object) -> None:
        raise ValueError("secret@x.example")

    @receiver(ticked)
    def hears(sender: None, now: datetime, **kwargs: object) -> None:
        heard.append(now)

    try:
        with pytest.raises(ExceptionGroup):
            tick(NOW)
    finally:
        ticked.disconnect(fails)
        ticked.disconnect(hears)
    assert heard == [NOW]


def test_command_ticks(mailing: Mailing) -> None:
    DBTaskResult.objects.all().delete()
    call_command("tick")
    assert len(letters_sent()) == 1


def test_worker_ticks_at_once_and_then_each_minute(mailing: Mailing, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[datetime] = []

    def hears(sender: None, now: datetime, **kwargs: object) -> None:
        heard.append(now)

    ticked.connect(hears)
    try:
        worker = TickingWorker()
        clock = iter([100.0, 100.0, 159.0, 161.0, 161.0])
        monkeypatch.setattr("time.monotonic", lambda: next(clock))
        for _ in range(3):
            worker.tick_if_due()
    finally:
        ticked.disconnect(hears)
    assert len(heard) == 2


def test_worker_survives_a_tick_that_goes_wrong(noon: None, caplog: pytest.LogCaptureFixture) -> None:
    def fails(sender: None, now: datetime, **kwargs: object) -> None:
        raise ValueError("secret@x.example")

    ticked.connect(fails)
    try:
        TickingWorker().tick_if_due()
    finally:
        ticked.disconnect(fails)
    assert caplog.messages[-1] == "A tick went wrong (ExceptionGroup)."
    assert "secret" not in caplog.text


def test_worker_ends_at_once_when_idle_and_else_after_its_task() -> None:
    idle, busy = TickingWorker(), TickingWorker()
    with pytest.raises(SystemExit) as ending:
        idle.shutdown(signal.SIGINT, None)
    assert ending.value.code == 0
    busy.running_task = True
    busy.shutdown(signal.SIGINT, None)
    assert not busy.running
    busy.work()
    with pytest.raises(SystemExit):
        busy.shutdown(signal.SIGINT, None)


def test_worker_outlives_a_database_that_does_not_answer(caplog: pytest.LogCaptureFixture) -> None:
    class Unlucky(TickingWorker):
        """Finds the database gone the first time, and is asked to stop the second."""

        runs = 0

        def run(self) -> None:
            self.runs += 1
            if self.runs == 1:
                raise OperationalError("secret")
            self.running = False

    worker = Unlucky()
    worker.work()
    assert worker.runs == 2
    assert caplog.messages == ["The database did not answer (OperationalError); trying again."]


@pytest.mark.one_engine  # whichever runs the tests, the worker has SQLite
def test_worker_process_sends_what_waits_and_ends_when_asked(tmp_path: Path) -> None:
    """With a database, a mail folder and keys of its own, as `make run` starts it."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "EMAIL_URL")}
    env = {**kept, "VAR_DIR": str(tmp_path)}
    manage = [sys.executable, str(ROOT / "manage.py")]
    asking = (
        "from django.core.management import call_command; call_command('migrate', verbosity=0); "
        "call_command('createcachetable'); from members.models import Network; "
        "from members.actions.joining import Person, ask_to_join; "
        "network = Network.objects.create(name='Voices', slug='voices'); "
        "ask_to_join(network, email='new@river.example', person=Person(name='Nia', sector='public'))"
    )
    subprocess.run([*manage, "shell", "--verbosity=0", "--command", asking], env=env, check=True)
    worker = subprocess.Popen([*manage, "worker"], env=env, stderr=subprocess.PIPE)
    try:
        for _ in range(600):
            if list((tmp_path / "mail").glob("*.eml")):
                break
            time.sleep(0.1)
        worker.terminate()
        _out, said = worker.communicate(timeout=60)
    finally:
        worker.kill()
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1
    assert (worker.returncode, said) == (0, b"")
