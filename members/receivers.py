"""What members do when something lower happens."""

import sys

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cop.lib.logs import place_of
from members.actions.staying import remember_sign_in
from members.models import User


@receiver(pre_save, sender=DBTaskResult)
def keep_no_words_of_errors(instance: "DBTaskResult[..., object]", **_: object) -> None:
    """A task that failed says where and how, and not what the error said: that may be what a row held (R15)."""
    error = sys.exception()
    if instance.traceback:
        instance.traceback = place_of(error) if error else instance.exception_class_path


@receiver(user_logged_in)
def remember_where(request: HttpRequest, user: User, **_: object) -> None:
    """So that its owner can see where they are signed in, and sign out from elsewhere."""
    agent, today = request.META.get("HTTP_USER_AGENT", ""), timezone.localdate()
    if request.session.session_key:
        remember_sign_in(user, request.session.session_key, user_agent=agent, on=today)
