"""`manage.py sign_in_link`: a way in when there is no mail."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from members.actions.signing_in import one_time_link
from members.models import User


class Command(BaseCommand):
    help = "Print a link for each address that signs its owner in, once, within a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="+", help="whom to sign in")

    def handle(self, *args: object, email: list[str], **options: object) -> None:
        people = [User.objects.filter(email__iexact=one, is_active=True).first() for one in email]
        unknown = [one for one, person in zip(email, people, strict=True) if person is None]
        if unknown:
            raise CommandError(f"Nobody can sign in with {', '.join(unknown)}. Is the address written right?")
        for one, person in zip(email, people, strict=True):
            if person is not None:
                self.stdout.write(f"{one}  {one_time_link(person)}")
