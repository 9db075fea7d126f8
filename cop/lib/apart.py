"""Work on what strangers send, in a process apart: what crashes, hangs or fills the memory there ends there."""

import subprocess
import sys
from threading import BoundedSemaphore

from cop.env import ROOT

# Each may take a core and much memory: so many run at once in one process of ours, and others wait so long for a turn.
MOST_AT_ONCE = 2
WAIT_SECONDS = 5.0
TURNS = BoundedSemaphore(MOST_AT_ONCE)


class EndedBadly(Exception):
    """It took too long, or was killed, or failed."""


class Busy(Exception):
    """Others had every turn; it is worth trying again in a while."""


def run_apart(module: str, *words: str, given: bytes, most_seconds: int) -> tuple[int, bytes]:
    """The status and standard output of `python -m module words`, which reads `given`. Raises `EndedBadly`
    and `Busy`.

    It knows none of our environment, so no key and no password. How much memory it may take it sets itself.
    """
    if not TURNS.acquire(timeout=WAIT_SECONDS):
        raise Busy
    command = [sys.executable, "-E", "-s", "-m", module, *words]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, without a shell
            command, input=given, capture_output=True, timeout=most_seconds, env={}, cwd=ROOT, check=False
        )
    except subprocess.TimeoutExpired:
        raise EndedBadly from None
    finally:
        TURNS.release()
    if done.returncode not in (0, 3):
        raise EndedBadly
    return done.returncode, done.stdout
