"""What members do when something lower happens."""

import sys

from django.db.models.signals import pre_save
from django.dispatch import receiver
from django_tasks_db.models import DBTaskResult

from cop.lib.logs import place_of


@receiver(pre_save, sender=DBTaskResult)
def keep_no_words_of_errors(instance: "DBTaskResult[..., object]", **_: object) -> None:
    """A task that failed says where and how, and not what the error said: that may be what a row held (R15)."""
    error = sys.exception()
    if instance.traceback:
        instance.traceback = place_of(error) if error else instance.exception_class_path
