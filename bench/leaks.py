"""How fast the leak check reads: `python -m bench.leaks`.

Milliseconds per megabyte of notes against a roster of 500, beside a floor (a bare regular expression that only finds
the words of the same text), the time to gather a roster, whether time grows in line with the text, and memory.
"""

import random
import re
import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import partial

from notes.rules.leaks import find_leaks
from notes.rules.leaks.roster import gather
from notes.rules.leaks.words import COMMON, GIVEN, PROPER
from notes.rules.vocabulary import Participant

_MEGABYTE = 1_000_000
_ROLES = (
    "Data Protection Officer",
    "Head of Engagement",
    "Policy Adviser",
    "Research Fellow",
    "Chief Executive",
    "Statistician",
)
_PLACES = ("Leeds", "Cardiff", "Wrexham", "Fife", "Galway", "Hackney", "Bristol", "Derry")
_BODIES = ("City Council", "University", "Open Data Institute", "Foundation", "Police", "Tenants' Union")
_SECTORS = ("academia", "local government", "civil society", "police", "union")


def roster(size: int, rnd: random.Random) -> tuple[Participant, ...]:
    """Made-up people with common and rare names."""
    given, family = sorted(GIVEN), sorted(PROPER)
    return tuple(
        Participant(
            key=str(number),
            name=f"{rnd.choice(given).title()} {rnd.choice(family).title()}",
            organisation=f"{rnd.choice(_PLACES)} {rnd.choice(_BODIES)}",
            role=rnd.choice(_ROLES),
            sector=rnd.choice(_SECTORS),
            email=f"p{number}@body{number % 40}.example",
        )
        for number in range(size)
    )


def notes(size: int, people: tuple[Participant, ...], rnd: random.Random) -> str:
    """Notes in Markdown, one point a line; one line in twenty names somebody."""
    common = sorted(COMMON)
    lines: list[str] = []
    length = 0
    while length < size:
        line = " ".join(rnd.choices(common, k=rnd.randint(8, 20))).capitalize() + "."
        line = f"- **{rnd.choice(common)}**: {line}" if rnd.random() < 0.2 else f"- {line}"
        line += f" {rnd.choice(people).name} said so." if rnd.random() < 0.05 else ""
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines)[:size]


def milliseconds(work: Callable[[], object], times: int = 3) -> float:
    """The best of a few runs, in milliseconds of this process."""
    best = float("inf")
    for _ in range(times):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best * 1000


def megabytes(work: Callable[[], object]) -> float:
    """The most memory held while working, in MB."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / _MEGABYTE


def report() -> str:
    """All measurements as lines of text."""
    rnd = random.Random(8)  # noqa: S311 -- the same notes each time, nothing to guess
    people = roster(500, rnd)
    text = notes(_MEGABYTE, people, rnd)
    gathering = milliseconds(lambda: gather.__wrapped__(people), times=1)
    whole = milliseconds(lambda: find_leaks(text, people))
    floor = milliseconds(lambda: re.findall(r"\w+", text))
    parts = [milliseconds(partial(find_leaks, text[: _MEGABYTE // part], people)) * part for part in (8, 4, 2)]
    return "\n".join(
        (
            f"1 MB against 500 people: {whole:.0f} ms ({len(find_leaks(text, people))} findings)",
            f"floor, the words of the same text by one regular expression: {floor:.0f} ms",
            f"gathering the forms of 500 people, once a roster: {gathering:.0f} ms",
            "per MB, from 1/8, 1/4, 1/2 and 1 MB: " + ", ".join(f"{cost:.0f}" for cost in (*parts, whole)) + " ms",
            f"memory: {megabytes(lambda: gather.__wrapped__(people)):.0f} MB a roster, "
            f"{megabytes(lambda: find_leaks(text, people)):.0f} MB while reading 1 MB",
        )
    )


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
