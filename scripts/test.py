"""`make test`: every test on SQLite, then those that ask for a database on PostgreSQL; pages in a real Chromium.

Looks for PostgreSQL's programs and Chromium on this machine. As root on Debian it installs what is missing; elsewhere
it says what it left out. The PostgreSQL cluster is made for the run, listens on loopback alone, and is gone afterwards.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "reports"
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
# The same on every machine, whatever else is set there.
SETTINGS = {"SITE_URL": "http://127.0.0.1:8000", "PORT": "8000", "DEBUG": "false"}
NO_POSTGRESQL = (
    "Left out: tests on PostgreSQL. They need its programs initdb and postgres (Debian: apt install postgresql)."
)
NO_READERS = (
    "Left out: calendar entries as programs in C and Perl read them (Debian: apt install libical3 libdata-ical-perl)."
)
NO_CHROMIUM = "Left out: tests in a browser. They need Chromium (Debian: apt install chromium)."


@dataclass(frozen=True, slots=True)
class Count:
    """How many tests went how."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main() -> int:
    """Run the tests on each engine that was asked for and is there; 0 if some ran, and none failed."""
    signal.signal(signal.SIGTERM, stop)
    engines = os.environ.get("ENGINES", "sqlite,postgresql").replace(",", " ").split()
    shutil.rmtree(REPORTS / "tests", ignore_errors=True)
    (REPORTS / "test.txt").unlink(missing_ok=True)
    install_missing(engines)
    chromium, programs = find_chromium(), find_postgresql()
    left_out = [] if chromium else [NO_CHROMIUM]
    left_out += [NO_READERS] if missing_readers() else []
    left_out += [NO_POSTGRESQL] if "postgresql" in engines and programs is None else []
    say(*left_out)
    counts = []
    if "sqlite" in engines:
        counts.append(run("sqlite", {"DATABASE_URL": "sqlite://:memory:"}, chromium, sys.argv[1:]))
    if "postgresql" in engines and programs is not None:
        # What asks for no database cannot tell the engines apart: once is enough.
        only = ["--only-database"] if "sqlite" in engines else []
        with postgresql(programs) as url:
            counts.append(run("postgresql", {"DATABASE_URL": url}, chromium, [*only, *sys.argv[1:]]))
    total = sum(counts, Count())
    REPORTS.mkdir(parents=True, exist_ok=True)
    (REPORTS / "test.txt").write_text(f"{total}\n", encoding="utf-8")
    say("", *left_out, str(total))
    return 0 if total.passed and not total.failed else 1


def run(engine: str, env: dict[str, str], chromium: str | None, args: list[str]) -> Count:
    """All tests on one engine, one more at a time than two processors: some always wait for a browser or a server."""
    say("", f"== {engine} ==")
    report = REPORTS / "tests" / f"{engine}.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "3", "--dist", "worksteal", f"--junitxml={report}"]
    if chromium is None:
        command.append("--ignore=tests/browser")
    environment = {**os.environ, **SETTINGS, **env, "CHROMIUM": chromium or ""}
    code = subprocess.call([*command, *args], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    count = read_count(report)
    # 5: nothing was selected, which `make test ARGS="-k ..."` may well do on one engine.
    return count + Count(failed=1) if code not in (0, 5) and not count.failed else count


def read_count(report: Path) -> Count:
    """The numbers in a report that pytest wrote; none where it could not even begin."""
    if not report.exists():
        return Count()
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 - reads what pytest has just written
    total = Count()
    for suite in suites:
        failed, skipped = int(suite.get("failures", 0)) + int(suite.get("errors", 0)), int(suite.get("skipped", 0))
        total += Count(int(suite.get("tests", 0)) - failed - skipped, failed, skipped)
    return total


def find_chromium() -> str | None:
    """The browser's program, if this machine has one; CHROMIUM names another."""
    given = os.environ.get("CHROMIUM", "")
    return given or next(filter(None, map(shutil.which, BROWSERS)), None)


def find_postgresql() -> Path | None:
    """The folder of the newest PostgreSQL server programs, which Debian keeps out of PATH."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    folders.sort(key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0, reverse=True)
    on_path = shutil.which("initdb")
    folders += [Path(on_path).resolve().parent] if on_path else []
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


def install_missing(engines: list[str]) -> None:
    """As root on Debian: fetch what is missing with apt. Elsewhere the machine is somebody's, and is left alone."""
    packages = [] if find_chromium() else ["chromium"]
    packages += missing_readers()
    if "postgresql" in engines and find_postgresql() is None:
        packages += ["postgresql", "postgresql-common"]
    if not packages or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    say(f"Installing {', '.join(packages)} with apt-get ...")
    with no_lasting_cluster():
        if not apt_get("install", *packages) and not (apt_get("update") and apt_get("install", *packages)):
            say("apt-get could not install them; its words are in var/reports/apt.txt.")


def missing_readers() -> list[str]:
    """Debian's packages of what reads calendar entries in other languages (tests/events/formats/readers.py)."""
    knows = [shutil.which("perl") or "false", "-MData::ICal", "-e1"]
    has_module = subprocess.run(knows, capture_output=True, check=False).returncode == 0
    return [*([] if find_library("ical") else ["libical3"]), *([] if has_module else ["libdata-ical-perl"])]


def apt_get(*words: str) -> bool:
    """Whether apt-get did it, asking nothing."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    with (REPORTS / "apt.txt").open("a", encoding="utf-8") as log:
        command = ["apt-get", "-q", "-y", "--no-install-recommends", *words]
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        return subprocess.call(command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log) == 0


@contextmanager
def no_lasting_cluster() -> Iterator[None]:
    """While apt-get installs PostgreSQL, keep Debian from making and starting a cluster that nobody asked for."""
    wish = Path("/etc/postgresql-common/createcluster.d/no-cluster-for-tests.conf")
    wish.parent.mkdir(parents=True, exist_ok=True)
    wish.write_text("create_main_cluster = false\n", encoding="utf-8")
    try:
        yield
    finally:
        wish.unlink(missing_ok=True)


@contextmanager
def postgresql(programs: Path) -> Iterator[str]:
    """A cluster for this run, on a free port of loopback, with a password, careless of power cuts; its address."""
    # PostgreSQL refuses to run as root, so it then runs as its own user, or as nobody.
    owner = unprivileged_user() if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="cop-postgresql-", dir="/tmp"))
    password, port = secrets.token_hex(16), free_port()
    server: subprocess.Popen[bytes] | None = None
    try:
        (home / "password").write_text(password, encoding="ascii")
        if owner:
            shutil.chown(home, owner)
            shutil.chown(home / "password", owner)
        make_cluster(programs, home, owner)
        server = start_cluster(programs, home, owner, port)
        yield f"postgres://cop:{password}@127.0.0.1:{port}/cop"
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # "fast shutdown": ends sessions and then itself
            server.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


def make_cluster(programs: Path, home: Path, owner: str | None) -> None:
    """Lay a new cluster out under `home`."""
    command = [str(programs / "initdb"), "-D", str(home / "data"), "-U", "cop", "--pwfile", str(home / "password")]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    if sys.platform == "darwin":
        command[-2] = "--locale=en_US.UTF-8"
    done = subprocess.run(
        command, cwd=home, env=plain_environment(), user=owner, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"PostgreSQL's initdb did not work:\n{done.stdout}{done.stderr}")


def start_cluster(programs: Path, home: Path, owner: str | None, port: int) -> subprocess.Popen[bytes]:
    """The server process, once it answers."""
    careless = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=1GB"]
    options = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *careless]
    command = [str(programs / "postgres"), "-D", str(home / "data"), *[word for o in options for word in ("-c", o)]]
    with (home / "log").open("wb") as log:
        # A session of its own: Ctrl-C is for the tests, and the server goes after them.
        server = subprocess.Popen(
            command, cwd=home, env=plain_environment(), user=owner, stdout=log, stderr=log, start_new_session=True
        )
    for _ in range(300):
        if server.poll() is not None:
            break
        with socket.socket() as visitor:
            if visitor.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.1)
    server.kill()
    raise SystemExit(f"PostgreSQL did not start:\n{(home / 'log').read_text()}")


def plain_environment() -> dict[str, str]:
    """This environment without what would send PostgreSQL's programs elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def unprivileged_user() -> str:
    """Who PostgreSQL runs as when we are root."""
    known = {line.split(":")[0] for line in Path("/etc/passwd").read_text().splitlines()}
    return "postgres" if "postgres" in known else "nobody"


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def stop(_signal: int, _frame: FrameType | None) -> None:
    """Leave by the doors that tidy up."""
    raise SystemExit(143)


def say(*lines: str) -> None:
    """Print lines now, in order with what pytest prints."""
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
