"""What the project asks of its own files, and no tool looks for."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PINNED_WITH_REASON = re.compile(r"[\w-]+(\[[\w,]+\])?==[\w.]+ +# \S.*")
EXCEPTION = re.compile(r"#\s*(noqa|type: ignore|pragma: no)\b")
EXCEPTION_WITH_REASON = re.compile(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\]|pragma: no \w+)\s+(- |# )\w.+")


def python_lines() -> Iterator[tuple[str, str]]:
    for folder in ("cop", "members", "events", "notes", "scripts", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                yield f"{path.relative_to(ROOT)}:{number}", line


def test_requirements_are_pinned_and_say_why() -> None:
    lines = (ROOT / "requirements.txt").read_text() + (ROOT / "requirements-dev.txt").read_text()
    packages = [line.strip() for line in lines.splitlines() if line and not line.startswith(("#", "-r "))]
    assert len(packages) > 20
    assert [line for line in packages if not PINNED_WITH_REASON.fullmatch(line)] == []


def test_exceptions_from_the_rules_say_why_on_their_line() -> None:
    unexplained = [
        place
        for place, line in python_lines()
        if EXCEPTION.search(line) and not EXCEPTION_WITH_REASON.search(line) and "re.compile" not in line
    ]
    assert unexplained == []
