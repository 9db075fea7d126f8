"""How well the leak check tells leaks from clean text, by kind: `make leaks`, or `python -m bench.leak_report FILE`.

The labelled texts are rows of JSON: `id`, `kind`, `leak`, `text`, `participants` (fields of Participant; in a row that
leaks, the first is the one given away) and `consented` (key to the name of an Attribution).
"""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from notes.rules.leaks import Finding, find_leaks
from notes.rules.vocabulary import Attribution, Participant

CASES = Path(__file__).resolve().parent.parent / "tests" / "notes" / "leak_cases.jsonl"
SEVERITIES = ("block", "ask", "pass")


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text and what the check found in it."""

    id: str
    kind: str
    leak: bool
    text: str
    participants: tuple[Participant, ...]
    findings: tuple[Finding, ...]

    @property
    def outcome(self) -> str:
        """`block`, `ask` or `pass`; in a leak only what points to the person given away, or to nobody alone, counts."""
        mine = (self.participants[0].key, "") if self.leak else None
        return min(
            (one.severity for one in self.findings if mine is None or one.participant in mine),
            default="pass",
            key=SEVERITIES.index,
        )

    @property
    def found(self) -> bool:
        return self.outcome != "pass"


@dataclass(frozen=True, slots=True)
class Target:
    """A share of some cases, in per cent, and the line it must keep to."""

    name: str
    some: int
    of: int
    line: int
    at_least: bool

    @property
    def share(self) -> float:
        return 100 * self.some / self.of if self.of else 0.0

    @property
    def met(self) -> bool:
        return self.share >= self.line if self.at_least else self.share <= self.line

    def __str__(self) -> str:
        side = "at least" if self.at_least else "at most"
        answer = "met" if self.met else "NOT MET"
        return f"{self.name}: {self.some} of {self.of}, {self.share:.1f} % (target {side} {self.line} %): {answer}"


def read_cases(path: Path = CASES) -> Iterable[Case]:
    """Every row of a labelled set, checked."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        people = tuple(Participant(**{**one, "aliases": tuple(one.get("aliases", ()))}) for one in row["participants"])
        consented = {key: Attribution[level] for key, level in row["consented"].items()}
        findings = tuple(find_leaks(row["text"], people, consented))
        yield Case(row["id"], row["kind"], row["leak"], row["text"], people, findings)


def targets(cases: Sequence[Case]) -> tuple[Target, ...]:
    """The three shares that the specification sets a line for."""
    leaks = [case.outcome for case in cases if case.leak]
    clean = [case.outcome for case in cases if not case.leak]
    return (
        Target("leaks found", len(leaks) - leaks.count("pass"), len(leaks), 97, at_least=True),
        Target("clean blocked", clean.count("block"), len(clean), 3, at_least=False),
        Target("clean asked about", clean.count("ask"), len(clean), 12, at_least=False),
    )


def report(cases: Sequence[Case]) -> str:
    """Lines of text: leaks by kind, clean texts by trap, totals against their targets."""
    leaks, clean = [case for case in cases if case.leak], [case for case in cases if not case.leak]
    return "\n".join(
        (
            *table("leaks", ("block", "ask", "missed"), leaks),
            "",
            *table("clean", ("blocked", "asked", "passed"), clean),
            "",
            *wrong("missed", leaks, lambda case: not case.found),
            *wrong("blocked though clean", clean, lambda case: case.outcome == "block"),
            *map(str, targets(cases)),
        )
    )


def table(title: str, heads: Sequence[str], cases: Sequence[Case]) -> list[str]:
    """A heading, one line a kind with its number of each outcome, and their sum."""
    kinds = sorted({case.kind for case in cases})
    counted = [(kind, [case.outcome for case in cases if case.kind == kind]) for kind in kinds]
    rows = [*counted, ("all", [case.outcome for case in cases])]
    return [
        f"{title:<24}" + "".join(f"{head:>9}" for head in heads),
        *(f"{kind:<24}" + "".join(f"{got.count(one):>9}" for one in SEVERITIES) for kind, got in rows),
    ]


def wrong(title: str, cases: Sequence[Case], which: Callable[[Case], bool]) -> list[str]:
    """One line with the ids of the cases that went wrong, if any did."""
    ids = [case.id for case in cases if which(case)]
    return [f"{title}: {', '.join(ids)}"] if ids else []


def main(arguments: Sequence[str]) -> int:
    """Print the report on the named sets, ours if none is named; 1 if a target is missed."""
    cases = [case for path in arguments or (str(CASES),) for case in read_cases(Path(path))]
    sys.stdout.write(report(cases) + "\n")
    return 0 if all(target.met for target in targets(cases)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
