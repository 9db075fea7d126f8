"""How fast letters go out: `python -m bench.mail [letters] [--memory]`, on both engines.

In turn, against the same mail server on loopback: bare smtplib with messages built before; one worker; two workers. A
worker does all that it does in an installation: it writes each letter (text, HTML, a name, a personal link, a
Message-ID of its own) and keeps the row of each. `--memory` also sends 100,000, and says what a worker holds; with
`--plain` the server takes one command at a time, as smtplib sends them.
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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from scripts.test import find_postgresql, postgresql

ROUNDS = 3
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
    words.add_argument("letters", nargs="?", type=int, default=3000)
    words.add_argument("--memory", action="store_true", help="also send 100,000, and say what a worker holds")
    words.add_argument("--plain", action="store_true", help="a server that takes one command at a time")
    wish = words.parse_args()
    processor = next((line.split(":")[1].strip() for line in cpu_lines() if line.startswith("model name")), "")
    say(f"{os.cpu_count()} x {processor or platform.machine()}, Python {platform.python_version()}")
    programs = find_postgresql()
    for engine in ("sqlite", "postgresql"):
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
                compare(engine, {**os.environ, **env}, port, wish.letters)
                if wish.memory:
                    hold(engine, {**os.environ, **env}, port)


def compare(engine: str, env: dict[str, str], port: int, letters: int) -> None:
    """Letters a second, the three ways in turn, and what they are to each other: medians of the rounds.

    Beside each the processor time of a letter, which tells more where the machine has other work to do.
    """
    run(env, "prepare")
    ways: dict[str, list[Run]] = {"smtplib alone": [], "one worker": [], "two workers": []}
    for _round in range(ROUNDS):
        for way, workers in (("smtplib alone", 0), ("one worker", 1), ("two workers", 2)):
            ways[way].append(measure(env, port, letters, workers=workers))
    for way, runs in ways.items():
        speeds = [letters / one.seconds for one in runs]
        busy = statistics.median(one.busy_seconds for one in runs) / letters * 1000
        said = f"{statistics.median(speeds):6.0f} letters/s ({min(speeds):.0f} to {max(speeds):.0f})"
        say(f"{engine:10} {way:14} {said}, {busy:.2f} ms of processor time each, load {os.getloadavg()[0]:.1f}")
    rounds = list(zip(*ways.values(), strict=True))
    say(f"{engine:10} one worker, of smtplib alone  {middle(bare.seconds / one.seconds for bare, one, _two in rounds)}")
    say(f"{engine:10} two workers, of one           {middle(one.seconds / two.seconds for _bare, one, two in rounds)}")


def hold(engine: str, env: dict[str, str], port: int) -> None:
    """What a worker, and whoever makes the mailing, hold at most, for few letters and for many."""
    for letters in (1_000, 100_000):
        done = measure(env, port, letters, workers=1)
        speed, load = letters / done.seconds, os.getloadavg()[0]
        held = f"worker {done.worker_megabytes:.0f} MB, maker {done.maker_megabytes:.0f} MB at most"
        say(f"{engine:10} {letters:7} letters: {held}; {speed:.0f} letters/s, load {load:.1f}")


def measure(env: dict[str, str], port: int, letters: int, *, workers: int) -> Run:
    """Have so many letters sent, by so many workers or by smtplib alone."""
    ask(port, "XRESET")
    if not workers:
        busy = run(env, "bare", str(letters), str(port))["seconds"]
        return Run(check(port, letters), busy)
    made = run(env, "make", str(letters))["megabytes"]
    with started(env, workers) as processes:
        for process in processes:
            print("go", file=process.stdin, flush=True)
        ended: list[Report] = [json.loads(process.stdout.readline()) for process in processes if process.stdout]
    sent = run(env, "count")["sent"]
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


def middle(values: Iterable[float]) -> str:
    return f"{statistics.median(values):.2f}"


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


@contextmanager
def started(env: dict[str, str], workers: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Workers that have loaded everything and wait for a word."""
    command = [sys.executable, "-m", "bench.mail_parts", "work"]
    pipe = subprocess.PIPE
    processes = [
        subprocess.Popen(command, env=env, text=True, stdin=pipe, stdout=pipe)  # noqa: S603 - our own
        for _worker in range(workers)
    ]
    try:
        for process in processes:
            if process.stdout:
                process.stdout.readline()
        yield processes
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def run(env: dict[str, str], *words: str) -> Report:
    """One part, in a process of its own; its answer."""
    command = [sys.executable, "-m", "bench.mail_parts", *words]
    done = subprocess.run(command, env=env, text=True, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own
    answer: Report = json.loads(done.stdout)
    return answer


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
