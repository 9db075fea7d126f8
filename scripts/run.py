"""`make run`: prepares the database, the demo network and the static files, then runs the web server and one worker.

It stays to look after the two: Ctrl-C stops both, and where one ends the other is stopped too.
"""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from scripts import try_out

ROOT = Path(__file__).resolve().parent.parent


class Stopped(BaseException):
    """Somebody wants this to end: Ctrl-C, `kill`, or a terminal that was closed."""


def main() -> int:
    """Prepare, start both processes, and stay until one of them or somebody ends it."""
    listen_for_the_end(stop)
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        port = int(os.environ.get("PORT") or 8000)
        refuse_busy(port)
        try_out.prepare()
        processes["web server"] = start("-m", "gunicorn", *gunicorn_options(port))
        processes["worker"] = start("manage.py", "worker")
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


def gunicorn_options(port: int) -> list[str]:
    """One process with eight threads: what a try-out needs, quick to start and small."""
    bind = ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "warning", "--graceful-timeout", "3"]
    return ["cop.wsgi", *bind, "--worker-class", "gthread", "--workers", "1", "--threads", "8"]


def start(*words: str) -> subprocess.Popen[bytes]:
    """A Python process that Ctrl-C does not reach (we stop it in good order), and that never outlives this one."""
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 - safe: this process has one thread
    )


def end_with_parent() -> None:
    """Linux alone can ask for a signal when the parent is gone, even by `kill -9`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def wait_until_it_answers(port: int, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Return once the web server answers; leave with a sentence where it does not come up."""
    for _ in range(600):
        if any(process.poll() is not None for process in processes.values()):
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
        "           (each link works once; the next `make run` makes new ones)",
        "  Letters  var/mail/index.txt lists them; new ones are named here",
        "  Stop     Ctrl-C",
        "",
    )


def look_after(processes: dict[str, subprocess.Popen[bytes]], folder: Path) -> int:
    """Stay while both run, naming new letters in `folder`; 1 once one of the two has ended by itself."""
    parent = os.getppid()
    seen = set(folder.glob("*.eml"))
    while os.getppid() == parent:
        for name, process in processes.items():
            if process.poll() is not None:
                say(f"The {name} has ended (exit status {process.returncode}); stopping the other.")
                return 1
        for letter in sorted(set(folder.glob("*.eml")) - seen):
            seen.add(letter)
            say(f"  New letter: {os.path.relpath(letter)}")
        time.sleep(0.3)
    return 0


def end(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask both to end, and after ten seconds insist."""
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    patience = time.monotonic() + 10
    for process in processes.values():
        try:
            process.wait(timeout=max(0.0, patience - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Leave by the doors that tidy up."""
    raise Stopped


def say(*lines: str) -> None:
    """Print lines now, in order with what the processes print."""
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
