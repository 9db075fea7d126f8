"""`manage.py export_archive NETWORK WHERE`: the public site of a network as plain files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cop.ending.packing import FolderIsNotEmpty, write_folder, write_zip
from members.models import Network


class Command(BaseCommand):
    help = (
        "Write the public site of a network as plain files that open without a server, from a USB stick too: what "
        "everybody can read, nothing of members, and no forms."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("network", help="the network's address, as in /<network>/")
        parser.add_argument("where", type=Path, help="a new or empty folder, or a file that ends in .zip")

    def handle(self, *args: Any, **options: Any) -> None:
        where: Path = options["where"]
        network = Network.objects.filter(slug=options["network"]).first()
        if network is None:
            raise CommandError(f"There is no network at “{options['network']}”.")
        if where.suffix == ".zip":
            if where.exists():
                raise CommandError(f"“{where}” is there already. Name a new file.")
            with where.open("wb") as file:
                count = write_zip(network, file)
        else:
            try:
                count = write_folder(network, where)
            except FolderIsNotEmpty:
                raise CommandError(f"“{where}” is not empty. Name a new folder.") from None
        self.stdout.write(f"{count} files written. Open index.html to read them.")
