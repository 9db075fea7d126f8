"""For `make mutants`: whether the leak check finds the same, in a part of the labelled set, as it did before a change.

The first run writes what is found to the file named by FINDINGS_BEFORE; every later one compares.
"""

import json
import os
from dataclasses import astuple
from itertools import islice
from pathlib import Path

from bench.leak_report import CASES
from notes.rules.leaks import Finding, find_leaks
from notes.rules.vocabulary import Attribution, Participant

EVERY = 8


def findings_in(line: str) -> list[Finding]:
    """What the check finds in one row of the set."""
    row = json.loads(line)
    people = [Participant(**{**one, "aliases": tuple(one.get("aliases", ()))}) for one in row["participants"]]
    return find_leaks(row["text"], people, {key: Attribution[level] for key, level in row["consented"].items()})


def test_the_findings_are_those_of_before() -> None:
    before = Path(os.environ["FINDINGS_BEFORE"])
    lines = CASES.read_text(encoding="utf-8").splitlines()
    now = ([list(astuple(one)) for one in findings_in(line)] for line in islice(lines, 0, None, EVERY))
    if not before.exists():
        before.write_text(json.dumps(list(now)), encoding="utf-8")
    else:
        for expected, found in zip(json.loads(before.read_text(encoding="utf-8")), now, strict=True):
            assert found == expected  # noqa: S101 - pytest runs this
