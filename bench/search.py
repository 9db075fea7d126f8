"""How long a search takes: `python -m bench.search [meetings]`, on SQLite in a folder of its own.

Milliseconds of processor time for the query, and for a whole page of results as a member gets it, in a network of so
many meetings, each with circulated notes of 2,500 words.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

WORDS_OF_NOTES = 2_500
QUESTIONS = ("people", "citizens jury", '"data protection"', "zzz")


def main(meetings: int) -> None:
    """Fill a database that is thrown away afterwards, and ask it."""
    with tempfile.TemporaryDirectory(prefix="cop-bench-") as folder:
        os.environ.update(VAR_DIR=folder, DATABASE_URL=f"sqlite:///{folder}/db.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop.settings")
        import django  # noqa: PLC0415 - settings are read now

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415 - as above

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        ask(fill(meetings))


def fill(meetings: int) -> int:
    """A network with so many meetings and their notes; answers its member's id."""
    from django.utils import timezone  # noqa: PLC0415 - models are loaded by now

    from events.models import Meeting  # noqa: PLC0415 - as above
    from members.models import Membership, Network, User  # noqa: PLC0415 - as above
    from notes.models.editions import Circulation, Edition  # noqa: PLC0415 - as above
    from notes.rules.leaks.words import COMMON  # noqa: PLC0415 - as above

    rnd, common = random.Random(7), sorted(COMMON)  # noqa: S311 - made-up notes, the same each time
    network = Network.objects.create(name="Bench", slug="bench")
    mira = User.objects.create_user("mira@river.example", name="Mira")
    Membership.objects.create(network=network, user=mira, state="active")
    first = datetime(2000, 1, 5, 14, tzinfo=UTC)
    for number in range(meetings):
        starts_at = first + timedelta(days=number)
        times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
        title = " ".join(rnd.choices(common, k=6))
        meeting = Meeting.objects.create(network=network, title=title, slug=f"m{number}", state="published", **times)
        points = [" ".join(rnd.choices(common, k=25)) for _point in range(WORDS_OF_NOTES // 25)]
        html = "".join(f"<li>{point}</li>" for point in points)
        made = {"number": 1, "title": title, "content": [], "html": html, "made_on": date(2000, 1, 5)}
        edition = Edition.objects.create(meeting=meeting, **made)
        Circulation.objects.create(edition=edition, circulated_at=timezone.now())
    return int(mira.pk)


def ask(member_id: int) -> None:
    from django.test import Client  # noqa: PLC0415 - as above

    from cop.search.finding import find  # noqa: PLC0415 - as above
    from cop.search.models import Passage  # noqa: PLC0415 - as above
    from cop.search.rules.asking import asked  # noqa: PLC0415 - as above
    from members.models import Network, User  # noqa: PLC0415 - as above

    network, mira, client = Network.objects.get(), User.objects.get(pk=member_id), Client(HTTP_HOST="127.0.0.1")
    client.force_login(mira)
    readable = Passage.objects.readable(network, mira)

    def passages(words: str) -> int:
        return len(find(asked(words), readable))

    def page_of(words: str) -> int:
        return client.post("/bench/search/", {"q": words}).status_code

    for question in QUESTIONS:
        found, query = timed(partial(passages, question))
        _status, page = timed(partial(page_of, question))
        sys.stdout.write(f"{question:20} {found:5} found  query {query:6.1f} ms  page {page:6.1f} ms\n")


def timed(act: Callable[[], int]) -> tuple[int, float]:
    """What `act` answers, and the median of seven times, in milliseconds."""
    times = []
    for _time in range(7):
        began = time.process_time()
        answer = act()
        times.append((time.process_time() - began) * 1000)
    return answer, statistics.median(times)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
