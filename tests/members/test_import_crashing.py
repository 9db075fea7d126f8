"""Workers that are killed in the middle of an import: real ones, by `kill -9`, at each kind of work (B78)."""

import subprocess
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import F

from members.actions.importing import begin, go_ahead, undo
from members.models import Batch, Brought, KeptOff, Network, Piece, Slice, User
from tests.members.lists import export
from tests.members.test_crashing import bring_on, no_workers_left

PEOPLE, PATIENCE_SECONDS = 3_000, 400

pytestmark = pytest.mark.django_db(transaction=True)


class Import:
    """A batch that workers move on, and may be killed at."""

    def __init__(self, batch: Batch, workers: "list[subprocess.Popen[bytes]]") -> None:
        self.batch, self.workers = batch, workers
        self.patience = time.monotonic() + PATIENCE_SECONDS

    def wait(self, until: Callable[[Batch], bool]) -> None:
        while not until(self.batch):
            assert time.monotonic() < self.patience, (self.batch.state, self.batch.counts)
            time.sleep(0.01)
            self.batch.refresh_from_db()

    def kill_all(self, when: Callable[[Batch], bool]) -> None:
        """Kill all workers in the middle of the work, and have others come. Nobody waits for time to pass."""
        self.wait(when)
        for worker in self.workers:
            worker.kill()
        for worker in self.workers:
            worker.wait()
        self.workers.clear()
        self.batch.refresh_from_db()
        assert self.batch.is_working
        Batch.objects.update(moved_at=F("moved_at") - timedelta(minutes=5))
        bring_on(self.workers, settings.EMAIL_PORT)


def test_everybody_comes_in_once_and_goes_out_again_however_often_workers_are_killed(
    network: Network, olive: User
) -> None:
    people = [(f"n{number}@x.example", "Ann", "Lake") for number in range(PEOPLE)]
    whole = export(subscribed=[*people, ("no address",)], unsubscribed=[("gone@x.example",)])
    with no_workers_left() as workers:
        batch = begin(network, by=olive, files=[("audience.zip", whole)])
        bring_on(workers, settings.EMAIL_PORT)
        running = Import(batch, workers)

        running.kill_all(lambda one: one.total >= 1_000)
        running.wait(lambda one: one.state == Batch.State.READ)
        assert (batch.counts, batch.bad_count, batch.total) == ({"new": PEOPLE, "unsubscribed": 1}, 1, PEOPLE + 2)

        assert go_ahead(batch)
        running.kill_all(lambda one: one.done >= 1_000)
        running.kill_all(lambda one: one.done >= 2_000)
        running.wait(lambda one: one.state == Batch.State.DONE)
        assert (batch.counts["did-new"], batch.done) == (PEOPLE, PEOPLE + 1)
        assert (network.memberships.filter(state="brought").count(), Brought.objects.count()) == (PEOPLE, PEOPLE)
        assert (KeptOff.objects.count(), Piece.objects.count(), Slice.objects.count()) == (1, 0, 0)

        assert undo(batch)
        running.kill_all(lambda one: one.counts.get("undone", 0) >= 500)
        running.wait(lambda one: one.state == Batch.State.UNDONE)
        assert (batch.counts["undone"], batch.counts["stayed"]) == (PEOPLE, 0)
        assert [one.user for one in network.memberships.all()] == [olive]
        assert User.objects.count() == 1
