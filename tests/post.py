"""What the worker and the post office do, within a test."""

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def db_worker() -> Worker:
    """A worker that takes one task at a time from the test's own transaction."""
    return Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )


def run_waiting_tasks() -> None:
    """Do what a worker would do now, tasks that tasks enqueue included; a task that fails fails the test."""
    worker = db_worker()
    while task := DBTaskResult.objects.ready().first():
        task.claim(worker.worker_id)
        worker.run_task(task)
        assert task.status == TaskResultStatus.SUCCESSFUL, task.traceback


def letters_sent() -> list[EmailMultiAlternatives]:
    """Have everything that waits sent, and return the letters since the last time somebody asked."""
    run_waiting_tasks()
    letters = [letter for letter in mail.outbox if isinstance(letter, EmailMultiAlternatives)]
    mail.outbox.clear()
    return letters
