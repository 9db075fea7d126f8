"""`manage.py forget`: what the worker does each minute of itself, for whoever wants to see it first."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from notes.actions.forgetting import due_notebooks, forget_due, forgettable


class Command(BaseCommand):
    help = "Forget the drafts of every meeting whose time has come. With --dry-run, only say what would be forgotten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Delete nothing; print kinds, counts and ids.")

    def handle(self, *args: object, **options: Any) -> None:
        now = timezone.now()
        if not options["dry_run"]:
            self.stdout.write(f"Forgot the drafts of {forget_due(now)} meetings.")
            return
        due = [forgettable(notebook) for notebook in due_notebooks(now)]
        for one in due:
            self.stdout.write(f"Meeting {one.meeting_id}:")
            for kind, ids in one.kinds.items():
                self.stdout.write(f"  {kind}: {len(ids)} {sorted(ids) if ids else ''}".rstrip())
        self.stdout.write(f"Would forget the drafts of {len(due)} meetings. Nothing was changed.")
