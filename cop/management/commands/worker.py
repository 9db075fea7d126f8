"""`manage.py worker`: sends letters and does what else is waiting, and ticks once a minute."""

import logging
import signal
import time
from types import FrameType

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from members.actions.ticking import tick

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
TICK_SECONDS = 60
KEPT_SECONDS = 60


class TickingWorker(Worker):
    """django-tasks-db's worker, which also ticks, between two tasks where there are many."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["default"],
            interval=PAUSE_SECONDS,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self._ticked_at = float("-inf")

    def work(self) -> None:
        """Go on until somebody asks to stop."""
        while self.running:
            self.tick_if_due()
            try:
                self.run()
            except DatabaseError as error:
                # A database that is restarted comes back; a worker that has ended does not.
                log.error("The database did not answer (%s); trying again.", type(error).__name__)
                close_old_connections()
            if self.running:
                time.sleep(self.interval)

    def run_task(self, db_task_result: "DBTaskResult[..., object]") -> None:
        super().run_task(db_task_result)
        self.tick_if_due()

    def tick_if_due(self) -> None:
        """Tick where the last time is a minute ago. What goes wrong in it is said, and tried again in a minute."""
        if not self.running or time.monotonic() - self._ticked_at < TICK_SECONDS:
            return
        self._ticked_at = time.monotonic()
        self.running_task = True
        try:
            tick(timezone.now())
        except Exception as error:
            log.error("A tick went wrong (%s).", type(error).__name__)
        finally:
            self.running_task = False

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """End after the task at hand; at once if there is none, or if asked again."""
        if not self.running or not self.running_task:
            self.running = False
            raise SystemExit(0)
        self.running = False


def keep_connection() -> None:
    """Keep the database open between tasks: SQLite tidies up its files each time that the last one closes it."""
    connection.settings_dict["CONN_MAX_AGE"] = connection.settings_dict["CONN_MAX_AGE"] or KEPT_SECONDS


class Command(BaseCommand):
    help = "Send letters and do what else is waiting, until stopped. Any number of workers share the work."

    def handle(self, *args: object, **options: object) -> None:
        keep_connection()
        worker = TickingWorker()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, worker.shutdown)
        worker.work()
