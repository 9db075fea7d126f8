"""`manage.py load_demo`: the demo network, for trying out."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from cop.demo.community import load_community
from cop.demo.loading import consider_sent, load, remove
from cop.demo.notes import load_notes
from members.models import Network


class Command(BaseCommand):
    help = "Puts a made-up network into an empty installation; sends no mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="load it beside other networks, and afresh if it is there already"
        )

    def handle(self, *args: object, again: bool = False, **options: object) -> None:
        if Network.objects.exists() and not again:
            self.stdout.write("There is a network already, so the demo network was not loaded. (--again loads it.)")
            return
        with transaction.atomic():
            remove()
            demo = load(timezone.localdate())
            load_notes(demo)
            load_community(demo)
            consider_sent(demo.network)
        self.stdout.write(f"Loaded {demo.network.name}: {len(demo.people)} people, {demo.coming.number} meetings.")
