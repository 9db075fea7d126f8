"""What has to be done every so often. Everything here may be done at any time, and twice."""

from datetime import datetime, timedelta

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from members.actions.importing import carry_on
from members.models import AddressKey, Delivery
from members.signals import ticked
from members.tasks import deliver, go_on
from members.tasks.postbags import fetch_back

# Tasks are short. One that runs for longer than this belonged to a worker that was killed.
LONGEST_RUN = timedelta(minutes=15)
MOST_RUNS = 3


def tick(now: datetime) -> None:
    """Bring back what was left lying, and tell everybody that time has passed; what is due is deleted then too."""
    give_back_lost_tasks(now)
    send_what_is_due(now)
    carry_on(now)
    AddressKey.objects.renew_seal()
    tell(now)


def give_back_lost_tasks(now: datetime) -> int:
    """Make tasks of dead workers ready to be run again, or failed once they have been run often; how many."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=now - LONGEST_RUN)
    count = 0
    for task in lost:
        row = lost.filter(pk=task.pk, started_at=task.started_at)
        if len(task.worker_ids) < MOST_RUNS:
            count += row.update(status=TaskResultStatus.READY)
        else:
            count += row.update(status=TaskResultStatus.FAILED, finished_at=now)
    return count


def send_what_is_due(now: datetime) -> list[int]:
    """Enqueue the mailings that have letters to send now and no task waiting to do so; their ids."""
    fetch_back(now)
    letters = Delivery.objects.due(now).filter(mailing__paused_at=None).order_by()
    due = set(letters.values_list("mailing_id", flat=True).distinct())
    # Tasks that wait for their time are among them: where a provider's pace holds letters up, one task a mailing does.
    tasks = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=deliver.module_path)
    waiting = tasks.values_list("args_kwargs", flat=True)
    left = sorted(due - {words["args"][0] for words in waiting})
    for mailing_id in left:
        go_on(mailing_id)
    return left


def tell(now: datetime) -> None:
    """Let every receiver do its part, also where another's goes wrong; what went wrong is raised in the end."""
    wrong = [error for _receiver, error in ticked.send_robust(sender=None, now=now) if isinstance(error, Exception)]
    if wrong:
        raise ExceptionGroup("Some of what ticking does went wrong.", wrong)
