"""The parts of `bench.mail` that need the application: a process that does, line by line, what it is told."""

import json
import os
import resource
import smtplib
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - settings are read now
from django.db import connection  # noqa: E402 - as above
from django.urls import reverse  # noqa: E402 - as above
from django_tasks_db.models import DBTaskResult  # noqa: E402 - as above

from cop.lib.mail import Letter, render_letter, sender_address  # noqa: E402 - as above
from cop.lib.signing import absolute_url, personal_token  # noqa: E402 - as above
from cop.management.commands.worker import TickingWorker, keep_connection  # noqa: E402 - as above
from events.models import Meeting  # noqa: E402 - as above
from members.actions.mailing import Recipient, send_letter  # noqa: E402 - as above
from members.models import Delivery, Kind, Mailing, Network  # noqa: E402 - as above
from members.writing import Blanks, called, form_letter, write_form  # noqa: E402 - as above

START = datetime(2037, 1, 14, 14, tzinfo=UTC)


@form_letter("bench/letter", kind=Kind.NOTES)
def letter(mailing: Mailing, blanks: Blanks) -> Letter:
    """The longest letter that members get all at once, with a link of each one's own."""
    meeting = Meeting.objects.select_related("network").get()
    link = absolute_url(reverse("notes:consent", args=[blanks.leave(token)]))
    words = {
        "name": blanks.leave(called),
        "network": meeting.network,
        "meeting": meeting,
        "link": link,
        "stop": blanks.stop_link(),
    }
    return render_letter("notes/circulated", words)


def token(delivery: Delivery) -> str:
    return personal_token("bench", delivery.about_id or 0)


def recipients(letters: int) -> Iterator[Recipient]:
    """Whoever it is, the name before the @ is what they are called: the sink looks for it in the letter."""
    return (Recipient(f"n{number}@x.example", f"n{number}", about_id=number) for number in range(letters))


def prepare() -> dict[str, float]:
    """A database with a network and a meeting."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    network = Network.objects.create(name="Bench", slug="bench")
    times = {"starts_at": START, "ends_at": START + timedelta(hours=1)}
    Meeting.objects.create(network=network, title="Bench", slug="bench", state="published", **times)
    return {}


def bare(letters: int, port: int) -> dict[str, float]:
    """Build all messages, and then send them over one connection with nothing but smtplib."""
    built, sender = messages(letters), sender_address()
    began = time.process_time()
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench") as server:
        for to, content in built:
            server.sendmail(sender, [to], content)
    return {"seconds": time.process_time() - began}


@cache
def messages(letters: int) -> list[tuple[str, bytes]]:
    """The same letters as a worker's, built; the next round sends them again."""
    made, blanks = write_form(Mailing(letter="bench/letter", network=Network.objects.get()), "en-gb")
    built = []
    for one in recipients(letters):
        delivery = Delivery(pk=one.about_id, email=one.email, name=one.name, about_id=one.about_id)
        content = made.to_bytes(to=one.email, key=delivery.message_key, values=blanks.values(delivery))
        built.append((one.email, content))
    return built


def make(letters: int) -> dict[str, float]:
    """A mailing to so many, in place of the one before."""
    Mailing.objects.all().delete()
    DBTaskResult.objects.all().delete()
    send_letter("bench/letter", recipients(letters), network=Network.objects.get())
    if connection.vendor == "postgresql":
        # What was deleted is swept up now, not in the middle of a round.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return {"megabytes": megabytes()}


def work() -> dict[str, float]:
    """Be a worker until there is nothing left to send."""
    worker, due = the_worker(), Delivery.objects.filter(state__in=["waiting", "sending"])
    began = time.process_time()
    while due.exists():
        worker.tick_if_due()
        worker.run()
        time.sleep(0.02)
    return {"megabytes": megabytes(), "seconds": time.process_time() - began}


@cache
def the_worker() -> TickingWorker:
    keep_connection()
    return TickingWorker()


def count() -> dict[str, float]:
    return {"sent": Delivery.objects.filter(state="sent", sent_at__isnull=False, tries=1).count()}


def megabytes() -> float:
    """The most this process has held so far; Linux counts it in KiB, macOS in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def say(answer: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


PARTS: dict[str, Callable[..., dict[str, float]]] = {part.__name__: part for part in (prepare, bare, make, work, count)}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *numbers = line.split()
        say(PARTS[name](*map(int, numbers)))
