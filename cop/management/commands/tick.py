"""`manage.py tick`: what has to be done every so often, for installations that run it by cron or a timer."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from members.actions.ticking import tick


class Command(BaseCommand):
    help = "Do what has to be done every so often, once. The worker does so each minute; more often is harmless."

    def handle(self, *args: object, **options: object) -> None:
        tick(timezone.now())
