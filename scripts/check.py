"""`make check`: everything about the project that can be told without running its tests, two checks at a time."""

import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
REPORT = ROOT / "var" / "reports" / "check.txt"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: a command that leaves with 0 when all is well."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """How a check went, and what it said."""

    passed: bool
    text: str


def main() -> int:
    """Run all checks, print a line for each and the words of those that failed; 0 if none did."""
    with tempfile.TemporaryDirectory(prefix="cop-check-") as scratch:
        steps = checks(Path(scratch))
        with ThreadPoolExecutor(max_workers=2) as pool:
            audit = pool.submit(look_up_vulnerabilities, Path(scratch))
            answers = [*pool.map(look, steps), audit.result()]
    passed = sum(answer.passed for answer in answers)
    total = f"{passed} passed, {len(answers) - passed} failed"
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(total + "\n", encoding="utf-8")
    print(total, flush=True)
    return 0 if passed == len(answers) else 1


def checks(scratch: Path) -> list[Check]:
    """What is looked at. Django's own commands get a `var/` of their own: looking must not make a database."""
    manage = [sys.executable, "manage.py"]
    trying_out = {"VAR_DIR": str(scratch)}
    return [
        Check("types (mypy --strict)", [str(BIN / "mypy")], trying_out),
        Check("style (ruff check)", [str(BIN / "ruff"), "check", "--quiet", "--output-format", "concise"]),
        Check(
            "format (ruff format)", [str(BIN / "ruff"), "format", "--quiet", "--check", "--output-format", "concise"]
        ),
        Check("templates (djlint)", [str(BIN / "djlint"), "--lint", "--check", "templates"]),
        Check("imports (lint-imports)", [str(BIN / "lint-imports"), "--no-logo"]),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"], trying_out),
        Check("manage.py check", [*manage, "check", "--fail-level", "WARNING"], trying_out),
        Check("check --deploy", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production(scratch)),
    ]


def production(scratch: Path) -> dict[str, str]:
    """The environment of a real server, with secrets that are thrown away."""
    return {
        "VAR_DIR": str(scratch),
        "SITE_URL": "https://community.example.org",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "NOTES_KEYS": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "DATABASE_URL": "postgres://cop@127.0.0.1/cop",
        "EMAIL_URL": "submission://cop:secret@mail.example.org:587",
        "MAIL_FROM": "notes@community.example.org",
    }


def look(check: Check) -> Answer:
    """Run one check and say how it went."""
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", **check.env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return told(check.name, Answer(done.returncode == 0, done.stdout), time.monotonic() - began)


def told(name: str, answer: Answer, seconds: float) -> Answer:
    """Print the line of one check, with its words where it failed."""
    words = "" if answer.passed else "\n" + answer.text.rstrip()
    print(f"{'ok    ' if answer.passed else 'FAILED'} {name} ({seconds:.0f} s){words}", flush=True)
    return answer


def look_up_vulnerabilities(scratch: Path) -> Answer:
    """Ask pip-audit about everything production installs. A network that is not there is said, and is no failure."""
    began = time.monotonic()
    wanted, found = scratch / "installed.txt", scratch / "audit.json"
    wanted.write_text("".join(f"{name}=={version}\n" for name, version in sorted(in_production().items())))
    command = [str(BIN / "pip-audit"), "--requirement", str(wanted), "--no-deps", "--disable-pip", "--timeout", "10"]
    try:
        subprocess.run(
            [*command, "--progress-spinner", "off", "--format", "json", "--output", str(found)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=90,
            check=False,
        )
    except subprocess.TimeoutExpired:
        found.unlink(missing_ok=True)
    if not found.exists() or not found.stat().st_size:
        name = "known vulnerabilities: left out, because pip-audit could not reach the list of them"
        return told(name, Answer(True, ""), time.monotonic() - began)
    holes = [
        f"{package['name']} {package['version']}: {hole['id']}; mended in: {', '.join(hole['fix_versions']) or 'none'}"
        for package in json.loads(found.read_text())["dependencies"]
        for hole in package.get("vulns", [])
    ]
    return told("known vulnerabilities (pip-audit)", Answer(not holes, "\n".join(holes)), time.monotonic() - began)


def in_production() -> dict[str, str]:
    """Name and installed version of all that requirements.txt brings, directly or not; not the tests' own tools."""
    lines = [line.partition("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines()]
    waiting = [line for line in lines if line]
    found: dict[str, str] = {}
    seen: set[str] = set()
    while waiting:
        line = waiting.pop()
        match = re.match(r"([\w.-]+)\s*(?:\[([^\]]*)\])?", line)
        if match is None or line in seen:
            continue
        seen.add(line)
        try:
            installed = metadata.distribution(match[1])
        except metadata.PackageNotFoundError:
            continue  # wanted on another system only
        found[installed.metadata["Name"]] = installed.version
        extras = {extra.strip() for extra in (match[2] or "").split(",") if extra}
        waiting += [need for need in installed.requires or [] if is_wanted(need, extras)]
    return found


def is_wanted(need: str, extras: set[str]) -> bool:
    """Whether a requirement line counts: it stands under no extra, or under one that was asked for."""
    extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)['\"]", need)
    return extra is None or extra[1] in extras


if __name__ == "__main__":
    sys.exit(main())
