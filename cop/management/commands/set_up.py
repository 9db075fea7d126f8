"""`manage.py set_up`: where a new installation is set up, and the key to it."""

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from cop.lib.signing import absolute_url
from cop.starting.key import set_up_key
from cop.starting.setting_up import is_open


class Command(BaseCommand):
    help = "Print the address at which this installation is set up, and the key that the page asks for."

    def handle(self, *args: object, **options: object) -> None:
        if not is_open():
            raise CommandError("This installation is set up. `manage.py sign_in_link ADDRESS` lets its owner in.")
        self.stdout.write(f"Open  {absolute_url(reverse('starting:key'))}")
        self.stdout.write(f"Key   {set_up_key()}")
