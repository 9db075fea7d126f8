"""What the leak check finds in each labelled text, word for word: `make findings` writes it down, a test compares.

The shares that `make leaks` prints hide a change that makes one row better and another worse. Here every finding of
every row has its line: place, the words there, whose, kind, severity, what to put instead, and why.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import ndiff
from pathlib import Path

from bench.leak_report import CASES, Case, read_cases
from notes.rules.leaks import Finding

FINDINGS = CASES.with_name("leak_findings.txt")
LOOK = "Look at it with `make findings` and `git diff tests/notes/leak_findings.txt`; commit it if it is meant."
SETS = (CASES,)
SHOWN = 5


def written(cases: Iterable[Case]) -> str:
    """A line with each row's id, and below it a line for each of its findings."""
    return "".join(f"{case.id}\n{_findings(case)}" for case in cases)


def _findings(case: Case) -> str:
    return "".join(f"  {_said(case.text, finding)}\n" for finding in case.findings)


def _said(text: str, found: Finding) -> str:
    words = text[found.start : found.end]
    shown = json.dumps(words, ensure_ascii=not words.isprintable())
    what = f"{found.participant or '(nobody)'} {found.kind} {found.severity}"
    return f"{found.start}-{found.end} {shown} {what}: {found.suggestion}. {found.reason}"


def changes(settled: str, now: str) -> list[str]:
    """A sentence for each row in which something else is found now; at most `SHOWN`, then how many more."""
    before, after = dict(_rows(settled)), dict(_rows(now))
    ids = [one for one in dict.fromkeys((*before, *after)) if before.get(one) != after.get(one)]
    more = [f"... and {len(ids) - SHOWN} rows more."] if len(ids) > SHOWN else []
    return [*(_change(one, before.get(one), after.get(one)) for one in ids[:SHOWN]), *more]


def _change(row: str, before: Sequence[str] | None, after: Sequence[str] | None) -> str:
    if before is None or after is None:
        return f"{row} is {'new' if before is None else 'gone'}."
    lines = [line for line in ndiff(before, after) if line[0] in "-+"]
    return f"In {row} something else is found:\n" + "\n".join(lines)


def _rows(page: str) -> Iterator[tuple[str, list[str]]]:
    row: list[str] = []
    for line in page.splitlines():
        if line.startswith("  "):
            row.append(line.strip())
        else:
            row = []
            yield line, row


def main(sets: Sequence[Path] = SETS, path: Path = FINDINGS) -> int:
    """Write down what is found now, and say what has changed by that."""
    now = written(case for one in sets for case in read_cases(one))
    settled = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(now, encoding="utf-8")
    sys.stdout.write("\n".join(changes(settled, now)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
