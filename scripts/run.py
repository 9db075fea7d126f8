"""`make run`: prepares the database, the demo network and the static files, then runs the web server and one worker.

It stays to look after the two: Ctrl-C stops both, and where one ends the other is stopped too.
"""

import ctypes
import http.client
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing.context import ForkProcess
from pathlib import Path
from types import FrameType

from gunicorn.app.wsgiapp import run as gunicorn

from scripts import try_out

FORK = multiprocessing.get_context("fork")


class Stopped(BaseException):
    """Somebody wants this to end: Ctrl-C, `kill`, or a terminal that was closed."""


def main() -> int:
    """Prepare, start both processes, and stay until one of them or somebody ends it."""
    listen_for_the_end(stop)
    processes: dict[str, ForkProcess] = {}
    try:
        port = int(os.environ.get("PORT") or 8000)
        refuse_busy(port)
        try_out.prepare()
        processes["web server"] = start(lambda: serve(port))
        processes["worker"] = start(try_out.work)
        links = list(try_out.sign_in_links())
        wait_until_it_answers(port, processes)
        welcome(port, links)
        return look_after(processes, try_out.mail_folder())
    except Stopped:
        return 0
    finally:
        listen_for_the_end(signal.SIG_IGN)
        end(processes)


def listen_for_the_end(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    """Let `handler` have what says that somebody wants this to end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)


def refuse_busy(port: int) -> None:
    """Leave with a sentence where another program has the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as reason:
            raise SystemExit(
                f"Port {port} of 127.0.0.1 cannot be used ({reason.strerror}). "
                f"Stop the other program, or take another port: make run PORT={port + 1}"
            ) from reason


def start(work: Callable[[], object]) -> ForkProcess:
    """A process for `work`, forked from this one: what is loaded already is not loaded again."""
    process = FORK.Process(target=begin, args=[work])
    process.start()
    return process


def begin(work: Callable[[], object]) -> None:
    """In the new process: out of reach of Ctrl-C (we stop it in good order), and never without us for long."""
    listen_for_the_end(signal.SIG_DFL)
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: a signal when we are gone, even by `kill -9`
    work()


def serve(port: int) -> None:
    """The web server: one process with eight threads, which is what a try-out needs."""
    bind = ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "warning", "--graceful-timeout", "3"]
    sys.argv = ["gunicorn", "cop.wsgi", *bind, "--worker-class", "gthread", "--workers", "1", "--threads", "8"]
    gunicorn()  # type: ignore[no-untyped-call]  # it carries no types


def wait_until_it_answers(port: int, processes: dict[str, ForkProcess]) -> None:
    """Return once the web server answers; leave with a sentence where it does not come up."""
    for _ in range(600):
        if any(not process.is_alive() for process in processes.values()):
            return
        visitor = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            visitor.request("GET", "/")
            visitor.getresponse()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            visitor.close()
    raise SystemExit("The web server did not answer within a minute; what it said is above.")


def welcome(port: int, links: list[tuple[str, str, str]]) -> None:
    """Say where to go."""
    width = max((len(role) + len(name) for role, name, _link in links), default=0) + 2
    say(
        "",
        f"  Open     http://127.0.0.1:{port}/",
        *[f"  Sign in  {f'{role}, {name}'.ljust(width)}  {link}" for role, name, link in links],
        *["           (each link works once; the next `make run` makes new ones)" for _ in links[:1]],
        "  Letters  var/mail/index.txt lists them; new ones are named here",
        "  Stop     Ctrl-C",
        "",
    )


def look_after(processes: dict[str, ForkProcess], folder: Path) -> int:
    """Stay while both run, naming new letters in `folder`; 1 once one of the two has ended by itself."""
    parent = os.getppid()
    seen = set(folder.glob("*.eml"))
    while os.getppid() == parent:
        for name, process in processes.items():
            if not process.is_alive():
                say(f"The {name} has ended (exit status {process.exitcode}); stopping the other.")
                return 1
        for letter in sorted(set(folder.glob("*.eml")) - seen):
            seen.add(letter)
            say(f"  New letter: {os.path.relpath(letter)}")
        time.sleep(0.3)
    return 0


def end(processes: dict[str, ForkProcess]) -> None:
    """Ask both to end, and after ten seconds insist."""
    for process in processes.values():
        process.terminate()
    patience = time.monotonic() + 10
    for process in processes.values():
        process.join(max(0.0, patience - time.monotonic()))
        if process.is_alive() and process.pid is not None:
            os.killpg(process.pid, signal.SIGKILL)
            process.join()


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Leave by the doors that tidy up."""
    raise Stopped


def say(*lines: str) -> None:
    """Print lines now, in order with what the processes print."""
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
