"""How fast a list of people is brought in: `python -m bench.imports [rows ...]`, on SQLite, or where DATABASE_URL says.

A Mailchimp audience export of so many made-up people: seconds to upload, read, bring in and undo, and the processor's
part of them, which says more where others use the machine; rows a second over the first three; and the most memory the
process ever held. Each size has a process of its own.
"""

import csv
import io
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

HEADINGS = (
    "Email Address,First Name,Last Name,Organisation,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,GMTOFF,"
    "DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS"
).split(",")
Answer = TypeVar("Answer")
SIZES = (1_000, 10_000, 100_000)


def main(sizes: list[int]) -> None:
    """Each size in a database and a process of its own."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {load}\n"
    sys.stdout.write(machine)
    sys.stdout.flush()
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="cop-bench-") as folder:
            at = {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "DJANGO_SETTINGS_MODULE": "cop.settings"}
            command = [sys.executable, "-m", "bench.imports", "--one", str(size)]
            subprocess.run(command, env={**at, **os.environ, "VAR_DIR": folder}, check=True)  # noqa: S603 - itself


def one(size: int) -> None:
    """Upload, read and bring in a list of this size; then undo it."""
    import django  # noqa: PLC0415 - settings are read now

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0)
    from members.actions.importing import begin, go_ahead, undo  # noqa: PLC0415 - models are loaded by now
    from members.models import Network, User  # noqa: PLC0415 - as above

    network = Network.objects.create(name="Bench", slug=f"bench{size}")
    olive = User.objects.create_user(f"olive{size}@commons.example")
    with Path(os.environ["VAR_DIR"], "subscribed.csv").open("w+b") as whole:
        write(whole, size)
        batch, upload = timed(lambda: begin(network, by=olive, files=[("subscribed.csv", whole)]))
    before = most_memory()
    _none, reading = timed(work)
    batch.refresh_from_db()
    go_ahead(batch)
    _none, bringing = timed(work)
    most = most_memory()
    batch.refresh_from_db()
    brought = batch.counts["did-new"]
    undo(batch)
    _none, undoing = timed(work)
    whole_time, processor = (sum(times) for times in zip(upload, reading, bringing, strict=True))
    sys.stdout.write(
        f"{size:>7} rows, {brought} brought in: upload {upload[0]:.1f} s, read {reading[0]:.1f} s, "
        f"bring in {bringing[0]:.1f} s, together {whole_time:.1f} s ({processor:.1f} s of the processor), "
        f"{size / whole_time:,.0f} rows a second; undo {undoing[0]:.1f} s ({undoing[1]:.1f} s); "
        f"memory {before:.0f} MB before the worker began, {most:.0f} MB at most\n"
    )


def write(whole: io.BufferedRandom, size: int) -> None:
    """A file of Mailchimp's with so many people."""
    text = io.TextIOWrapper(whole, "utf-8", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow(HEADINGS)
    when, where = "2024-01-15 10:30:00", ["0", "1", "Europe/London", "gb", "eng"]
    for number in range(size):
        about = [f"person{number}@office{number % 977}.example", f"Ann{number}", "Lake", f"Office {number % 977}", "2"]
        rows.writerow([*about, when, "192.0.2.1", when, "192.0.2.1", *where, when, number])
    text.detach()
    whole.seek(0)


def work() -> None:
    """What a worker does with the tasks that wait, one after another."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - models are loaded by now

    while row := DBTaskResult.objects.ready().first():
        row.claim("bench")
        row.task.call(*row.args_kwargs["args"])
        row.delete()


def timed(act: Callable[[], Answer]) -> tuple[Answer, tuple[float, float]]:
    """What `act` answers, and how many seconds it took, by the clock and of the processor."""
    began, busy = time.monotonic(), time.process_time()
    answer = act()
    return answer, (time.monotonic() - began, time.process_time() - busy)


def most_memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


if __name__ == "__main__":
    if "--one" in sys.argv:
        one(int(sys.argv[-1]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
