"""Workers that are killed in the middle of a mailing, against a mail server with faults (B76, complaint 9).

The workers are real ones, `manage.py worker`, and they get `kill -9` while the server has a letter in hand and has not
answered yet: the worst moment there is, for whoever comes after cannot know whether it was taken.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from members.actions.mailing import Recipient, send_letter
from members.models import Mailing, Membership, Network, Postbag, User
from tests.smtp import PostOffice, post_office

ROOT = Path(__file__).resolve().parent.parent.parent
# CRASH_LETTERS=10000 is the long run: kills of both workers at a sixth, at half, and near the end.
LETTERS = int(os.environ.get("CRASH_LETTERS", "240"))
KILLED_AFTER = [LETTERS // 6, LETTERS // 2, LETTERS * 9 // 10] if LETTERS > 1000 else [40, 215]
WORKERS = 2
PATIENCE_SECONDS = 180 + LETTERS / 5

pytestmark = pytest.mark.django_db(transaction=True)


class FaultyOffice:
    """Chooses what the server answers, and kills all workers at the letters it was told to."""

    def __init__(self, office: PostOffice, workers: "list[subprocess.Popen[bytes]]") -> None:
        self.office, self.workers = office, workers
        self.asked: Counter[str] = Counter()
        self.kill_at = list(KILLED_AFTER)
        self.killed = 0
        office.data = self.data

    def data(self, address: str) -> str:
        self.asked[address] += 1
        number = int(address.partition("@")[0][1:])
        if self.kill_at and len(self.office.letters) >= self.kill_at[0]:
            self.kill_at.pop(0)
            self.kill()
            return "250 OK"
        if number % 50 == 7:
            return "550 nobody of that name"
        if self.asked[address] == 1 and number % 40 == 3:
            return "451 busy"
        if self.asked[address] == 1 and number % 60 == 11:
            return "drop"
        return "250 OK"

    def kill(self) -> None:
        for worker in self.workers:
            worker.kill()
            self.killed += 1
        for worker in self.workers:
            worker.wait()
        self.workers.clear()


def test_every_recipient_gets_one_letter_and_a_killed_worker_costs_one_twice(network: Network, mira: User) -> None:
    with post_office() as office, no_workers_left() as workers:
        mailing = write_to_many(network, Membership.objects.get(user=mira))
        faults = FaultyOffice(office, workers)
        patience = time.monotonic() + PATIENCE_SECONDS
        while mailing.deliveries.filter(state__in=["waiting", "sending"]).exists():
            assert time.monotonic() < patience, Counter(mailing.deliveries.values_list("state", flat=True))
            if not workers:
                # All were killed at once, so every bag there is was a dead worker's. Nobody waits for time to pass.
                Postbag.objects.update(renewed_at=F("renewed_at") - 2 * Postbag.LEASE)
                bring_on(workers, settings.EMAIL_PORT)
            time.sleep(0.2)
            mailing.deliveries.filter(state="waiting").update(not_before=timezone.now() - timedelta(seconds=1))

    refused = {address(number) for number in range(LETTERS) if number % 50 == 7}
    came = Counter(to for envelope in office.envelopes for to in envelope)
    twice = sum(count - 1 for count in came.values())
    states = dict(mailing.deliveries.values_list("email", "state"))
    assert faults.kill_at == []
    assert faults.killed == WORKERS * len(KILLED_AFTER)
    assert {to for to, state in states.items() if state == "sent"} == set(came)
    assert {to for to, state in states.items() if state == "failed"} == set(states) - set(came)
    assert set(states) - set(came) <= refused
    assert len(KILLED_AFTER) <= twice <= faults.killed
    assert len({letter["Message-ID"] for letter in office.letters}) == len(came)
    assert not Postbag.objects.exists()


def write_to_many(network: Network, membership: Membership) -> Mailing:
    recipients = (Recipient(address(number)) for number in range(LETTERS))
    return send_letter("welcome", recipients, network=network, about_id=membership.pk)


def address(number: int) -> str:
    return f"n{number}@x.example"


@contextmanager
def no_workers_left() -> Iterator[list[subprocess.Popen[bytes]]]:
    """A list to put workers on; those that are on it in the end are stopped."""
    workers: list[subprocess.Popen[bytes]] = []
    try:
        yield workers
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(timeout=30)


def bring_on(workers: list[subprocess.Popen[bytes]], port: int) -> None:
    """Start workers on the database of this test."""
    env = {**os.environ, "DATABASE_URL": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{port}", "MAIL_RATE": ""}
    command = [sys.executable, "manage.py", "worker"]
    workers.extend(subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL) for _number in range(WORKERS))


def database_url() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**known)
