from django.core.management.base import BaseCommand

from cop.search.indexing import rebuild


class Command(BaseCommand):
    help = "Make anew what search looks through, from what is published and circulated. Safe to run at any time."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{rebuild()} passages can be found.")
