"""`manage.py erase_person ADDRESS`: for somebody who asks to be erased."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cop.lib.space import overwrite_space
from members.actions.erasing import erase
from members.actions.leaving import LastOwner


class Command(BaseCommand):
    help = (
        "Erase a person: account, memberships, registrations, letters, and their name beside points in every edition. "
        "What they said stays, unattributed; so do their names on the public agendas of talks they gave."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="their e-mail address")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            erase(options["address"].strip(), at=timezone.now())
        except LastOwner:
            raise CommandError("They are the only owner of a network. Make another member owner first.") from None
        overwrite_space()
        self.stdout.write(
            "Erased. Organisers of meetings whose notes still name the person in a sentence have been written to. Take "
            "their name off the agendas of meetings they spoke at, if they wish, and delete old back-ups in time."
        )
