"""`manage.py import_handover FILE --organiser ADDRESS`: take over a network from another home."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cop.ending.taking_over import NotTakenOver, read_handover, take_over
from members.models import User


class Command(BaseCommand):
    help = (
        "Make a network of a hand-over file: its programme, its notes, and those who agreed to move. Nobody is written "
        "to; each becomes a member by their own press, once the organiser has told them from the panel."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the zip as the old home made it")
        parser.add_argument("--organiser", required=True, help="the address of an account: who organises it here")
        parser.add_argument("--slug", default="", help="another address for it, as in /<network>/")

    def handle(self, *args: Any, **options: Any) -> None:
        organiser = User.objects.filter(email__iexact=options["organiser"]).first()
        if organiser is None:
            raise CommandError("Nobody has an account with this address. Whoever is to organise it signs up first.")
        try:
            with Path(options["file"]).open("rb") as file:
                said = read_handover(file)
            network = take_over(said, organiser=organiser, slug=options["slug"])
        except (NotTakenOver, OSError) as refused:
            raise CommandError(str(refused)) from refused
        brought = network.memberships.filter(state="brought").count()
        self.stdout.write(f"{network.name}: {len(said['meetings'])} meetings, {brought} people to tell from the panel.")
