"""How fast letters go out: `python -m bench.mail [letters] [--rounds 9] [--memory]`, on both engines.

In turn, against the same mail server on loopback: bare smtplib with messages built before; one worker; two workers. A
worker does all that it does in an installation: it writes each letter (text, HTML, a name, a personal link, a
Message-ID of its own) and keeps the row of each. `--memory` also sends 100,000, and says what a worker holds; with
`--plain` the server takes one command at a time, as smtplib sends them.

Rounds are short and many, and each compares the three ways within itself, for other work on the machine comes and goes.
What is said is the median of the rounds, and in brackets where the middle half of them lies. All processes stand by
from the beginning, and a round before the first warms them up.
"""

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from scripts.test import find_postgresql, postgresql

ENGINES = ("sqlite", "postgresql")
WAYS = {"smtplib alone": 0, "one worker": 1, "two workers": 2}
Report = dict[str, float]


@dataclass(frozen=True, slots=True)
class Run:
    """How long from the first letter to the last, how long processors were busy with them, and what was held."""

    seconds: float
    busy_seconds: float
    worker_megabytes: float = 0
    maker_megabytes: float = 0


def main() -> None:
    """Make databases that are thrown away afterwards, and measure on each."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("letters", nargs="?", type=int, default=2000, help="in each round")
    words.add_argument("--rounds", type=int, default=9, help="two or more")
    words.add_argument("--engine", choices=ENGINES, help="on this one alone")
    words.add_argument("--memory", action="store_true", help="also send 100,000, and say what a worker holds")
    words.add_argument("--plain", action="store_true", help="a server that takes one command at a time")
    wish = words.parse_args()
    processor = next((line.split(":")[1].strip() for line in cpu_lines() if line.startswith("model name")), "")
    say(f"{os.cpu_count()} x {processor or platform.machine()}, Python {platform.python_version()}")
    programs = find_postgresql()
    for engine in [wish.engine] if wish.engine else ENGINES:
        with tempfile.TemporaryDirectory(prefix="cop-bench-") as folder, sink(plain=wish.plain) as port:
            if engine == "postgresql" and not programs:
                say("postgresql: left out, its programs are not here")
                continue
            with postgresql(programs) if engine == "postgresql" and programs else nullcontext("") as url:
                # A cluster that was just made has one database, called postgres.
                ours = url.removesuffix("/cop") + "/postgres" if url else f"sqlite:///{folder}/db.sqlite3"
                env = {"VAR_DIR": folder, "DATABASE_URL": ours}
                env |= {
                    "EMAIL_URL": f"smtp://127.0.0.1:{port}",
                    "MAIL_RATE": "",
                    "LOG_LEVEL": "ERROR",
                    "DEBUG": "false",
                }
                compare(engine, {**os.environ, **env}, port, wish.letters, wish.rounds)
                if wish.memory:
                    hold(engine, {**os.environ, **env}, port)


def compare(engine: str, env: dict[str, str], port: int, letters: int, rounds: int) -> None:
    """Letters a second, the three ways in turn, and what they are to each other in the same round.

    Beside each the processor time of a letter, which tells more where the machine has other work to do.
    """
    ways: dict[str, list[Run]] = {way: [] for way in WAYS}
    with standing_by(env) as parts:
        parts.maker.ask("prepare")
        for turn in range(rounds + 1):
            for way, workers in WAYS.items():
                run = measure(parts, port, letters, workers=workers)
                if turn:
                    ways[way].append(run)
    for way, runs in ways.items():
        speed = spread([letters / one.seconds for one in runs], ".0f")
        busy = spread([one.busy_seconds / letters * 1000 for one in runs])
        say(f"{engine:10} {way:14} {speed} letters/s, {busy} ms of processor time each")
    bare, one, two = ways.values()
    share = spread([alone.seconds / ours.seconds for alone, ours in zip(bare, one, strict=True)])
    gain = spread([ours.seconds / both.seconds for ours, both in zip(one, two, strict=True)])
    say(f"{engine:10} one worker, of smtplib alone  {share}")
    say(f"{engine:10} two workers, of one           {gain}; {rounds} rounds, load {load()}")


def hold(engine: str, env: dict[str, str], port: int) -> None:
    """What a worker, and whoever makes the mailing, hold at most, for few letters and for many."""
    for letters in (1_000, 100_000):
        with standing_by(env) as parts:
            done = measure(parts, port, letters, workers=1)
        held = f"worker {done.worker_megabytes:.0f} MB, maker {done.maker_megabytes:.0f} MB at most"
        say(f"{engine:10} {letters:7} letters: {held}; {letters / done.seconds:.0f} letters/s, load {load()}")


def measure(parts: "Parts", port: int, letters: int, *, workers: int) -> Run:
    """Have so many letters sent, by so many workers or by smtplib alone."""
    ask(port, "XRESET")
    if not workers:
        busy = parts.bare.ask("bare", letters, port)["seconds"]
        return Run(check(port, letters), busy)
    made = parts.maker.ask("make", letters)["megabytes"]
    for worker in parts.workers[:workers]:
        worker.tell("work")
    ended = [worker.answer() for worker in parts.workers[:workers]]
    sent = parts.maker.ask("count")["sent"]
    if sent != letters:
        raise SystemExit(f"{sent} rows of {letters} say that their letter is sent.")
    most = max(one["megabytes"] for one in ended)
    return Run(check(port, letters), sum(one["seconds"] for one in ended), most, made)


def check(port: int, letters: int) -> float:
    """From the first to the last letter, in seconds; leaves where one is missing, came twice or is not whole."""
    report = ask(port, "XCOUNT")
    if (report["letters"], report["ids"], report["incomplete"]) != (letters, letters, 0):
        raise SystemExit(f"Of {letters} letters there came: {report}")
    return report["seconds"]


def spread(values: Sequence[float], form: str = ".2f") -> str:
    """The median, and the middle half."""
    low, _middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return f"{statistics.median(values):{form}} ({low:{form}} to {high:{form}})"


def load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


class Part:
    """One process that has loaded the application, and does what it is told (`bench.mail_parts`)."""

    def __init__(self, env: dict[str, str]) -> None:
        command, pipe = [sys.executable, "-m", "bench.mail_parts"], subprocess.PIPE
        self._process = subprocess.Popen(command, env=env, text=True, stdin=pipe, stdout=pipe)  # noqa: S603 - our own

    def ask(self, name: str, *numbers: int) -> Report:
        self.tell(name, *numbers)
        return self.answer()

    def tell(self, name: str, *numbers: int) -> None:
        print(name, *numbers, file=self._process.stdin, flush=True)

    def answer(self) -> Report:
        said = self._process.stdout.readline() if self._process.stdout else ""
        if not said:
            raise SystemExit("A part of the measurement has ended.")
        answer: Report = json.loads(said)
        return answer

    def __enter__(self) -> "Part":
        return self

    def __exit__(self, *_why: object) -> None:
        self._process.terminate()
        self._process.communicate()


@dataclass(frozen=True, slots=True)
class Parts:
    """Whoever makes the mailings, bare smtplib, and workers: each a process of its own."""

    maker: Part
    bare: Part
    workers: Sequence[Part]


@contextmanager
def standing_by(env: dict[str, str]) -> Iterator[Parts]:
    """All of them, until the end."""
    with ExitStack() as all_of_them:
        maker, bare, *workers = [all_of_them.enter_context(Part(env)) for _one in range(4)]
        yield Parts(maker, bare, workers)


@contextmanager
def sink(*, plain: bool = False) -> Iterator[int]:
    """The mail server, on a port of its own."""
    command = [sys.executable, "-m", "bench.sink", *["plain"][:plain]]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    try:
        yield int(process.stdout.readline()) if process.stdout else 0
    finally:
        process.terminate()
        process.wait()


def ask(port: int, word: str) -> Report:
    with socket.create_connection(("127.0.0.1", port)) as line, line.makefile("rw", newline="\r\n") as talk:
        talk.readline()
        talk.write(f"{word}\n")
        talk.flush()
        answer: Report = json.loads(talk.readline())
        return answer


def cpu_lines() -> list[str]:
    info = Path("/proc/cpuinfo")
    return info.read_text(encoding="ascii", errors="replace").splitlines() if info.exists() else []


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
