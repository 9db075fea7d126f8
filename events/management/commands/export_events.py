"""`manage.py export_events DIR --network SLUG`: write a network's meetings as event files of the old site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from events.actions.exporting import export_event, file_name
from events.models import Meeting
from members.models import Network


class Command(BaseCommand):
    help = (
        "Write meetings as event files: those that were imported as they came, but for what was changed here; those "
        "made here in the same form. Drafts made here stay here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where to write; made if missing")
        parser.add_argument("--network", required=True, help="the network's address, as in /<network>/")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            network = Network.objects.get(slug=options["network"])
        except Network.DoesNotExist:
            raise CommandError(f"There is no network at “{options['network']}”.") from None
        folder.mkdir(parents=True, exist_ok=True)
        meetings = Meeting.objects.of(network).exclude(Q(source_name="") & Q(state=Meeting.State.DRAFT))
        written = 0
        for meeting in meetings.select_related("series").order_by("starts_at", "pk"):
            data = export_event(meeting).encode()
            path = folder / Path(file_name(meeting)).name
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)
                written += 1
        total = meetings.count()
        self.stdout.write(f"{total} meetings: {written} files written, {total - written} were the same already.")
