"""`make mutants`: change the rules in one place at a time, and see whether a test notices.

One process imports the tests' tools once; for each mutant it forks, hands out the changed module in place of the real
one, and lets pytest run the module's tests until one fails. Nothing is written into the checkout. Mutants that differ
from the source in nothing a test could see are listed in `docs/mutation.md`, each with its reason.
"""

import argparse
import gc
import os
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from random import Random
from types import CodeType, ModuleType

import pytest
from hypothesis import Phase, settings

from scripts.mutating import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "notes" / "rules"
REPORT = ROOT / "docs" / "mutation.md"
OF_LEAKS = ROOT / "docs" / "mutation-leaks.md"
OURS = {"notes", "tests", "bench"}
# The tests of each module, quickest first; none of them needs Django.
TESTS = {
    "redaction": ("test_redaction.py",),
    "vocabulary": ("test_vocabulary.py", "test_redaction.py"),
    "differences": ("test_differences.py",),
    "identity": ("test_identity.py",),
    "reminding": ("test_when_to_remind.py",),
    "lints": ("test_lints.py",),
}
NOT_NEEDED = (
    "cacheprovider",
    "terminal",
    "junitxml",
    "faulthandler",
    "logging",
    "unraisableexception",
    "threadexception",
)
QUIETLY = (
    *("-x", "--noconftest", "--assert=plain", "--import-mode=importlib", "-o", "addopts=", "-o", "filterwarnings="),
    *(word for name in NOT_NEEDED for word in ("-p", f"no:{name}")),
    *("-k", "not in_proportion"),  # how long something takes is no sign of a change
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the mutants of one module; a killed one may have been `endless`."""

    module: str
    made: int
    killed: int
    endless: int
    survivors: tuple[Mutant, ...]
    seconds: float

    def __str__(self) -> str:
        return (
            f"{self.module}: {self.made} mutants, {self.killed} killed ({self.endless} of them endless), "
            f"{len(self.survivors)} left, {self.seconds:.0f} s"
        )


def main(argv: Sequence[str] | None = None) -> int:
    """Try the modules that were asked for; 0 if every mutant was killed or is explained."""
    asked = parser().parse_args(argv)
    known = explained(REPORT.read_text(encoding="utf-8")) + listed(OF_LEAKS.read_text(encoding="utf-8"))
    unexplained = 0
    with tempfile.TemporaryDirectory(prefix="cop-mutants-") as scratch:
        get_ready(Path(scratch))
        for outcome in outcomes(asked, Path(scratch)):
            left = without_explained(outcome.survivors, known)
            unexplained += len(left)
            print(outcome, f"{len(left)} not explained", sep=", ", flush=True)
            for mutant in left:
                print(f"  {mutant.line}: {mutant}", flush=True)
    return 1 if unexplained else 0


def outcomes(asked: argparse.Namespace, scratch: Path) -> Iterator[Outcome]:
    """What becomes of the mutants of each module; those of the leak check are tried in another way, and last."""
    for module in asked.modules:
        if not module.startswith("leaks"):
            yield attack(module, jobs=asked.jobs, sample=asked.sample)
    if leaks := [name for module in asked.modules for name in of_leaks(module)]:
        from scripts.leak_mutants import every_case, outcomes_of  # noqa: PLC0415 - it reads the check in, for itself

        kept = asked.kept or scratch / "tried"
        only = listed(OF_LEAKS.read_text(encoding="utf-8")) if asked.left else ()
        yield from outcomes_of(leaks, every_case(asked.step), kept, most=asked.cases, sample=asked.sample, only=only)


def of_leaks(module: str) -> list[str]:
    """The modules of the leak check that are meant by "leaks" or "leaks/words"."""
    package, _, name = module.partition("/")
    paths = sorted((RULES / "leaks").glob(f"{name or '[!_]*'}.py"))
    return [path.stem for path in paths] if package == "leaks" else []


def parser() -> argparse.ArgumentParser:
    """The words after `make mutants ARGS=`."""
    words = argparse.ArgumentParser(prog="make mutants ARGS=", description=__doc__)
    words.add_argument(
        "modules", nargs="*", default=list(TESTS), help="redaction, lints ... (all but leaks), leaks, leaks/words ..."
    )
    words.add_argument("--sample", type=int, default=0, help="only so many mutants of each module, chosen by lot")
    words.add_argument("--jobs", type=int, default=2, help="so many at a time (2); leaks: one")
    words.add_argument("--cases", type=int, default=0, help="leaks: give a mutant up after so many cases (0: never)")
    words.add_argument("--step", type=int, default=1, help="leaks: only each so many-th labelled text (1: all)")
    words.add_argument("--left", action="store_true", help="leaks: only those that were left before")
    words.add_argument("--kept", type=Path, help="leaks: a file that keeps what was tried, to go on another time")
    return words


def get_ready(scratch: Path) -> None:
    """Keep every file that Python, pytest and Hypothesis write under `scratch`, and have the tools read in."""
    sys.pycache_prefix = str(scratch / "pycache")
    os.environ |= {
        "HYPOTHESIS_STORAGE_DIRECTORY": str(scratch / "hypothesis"),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    os.chdir(ROOT)
    # Only cases that somebody wrote down count: whether generated ones meet a change is luck, and takes its time.
    settings.register_profile("mutants", phases=(Phase.explicit,), database=None)
    settings.load_profile("mutants")


def attack(module: str, *, jobs: int, sample: int = 0) -> Outcome:
    """Make the mutants of a module of the rules ("lints"), and run its tests against each."""
    return outcome_of(
        module,
        (RULES / f"{module}.py").read_text(encoding="utf-8"),
        name=f"notes.rules.{module}",
        tests=[str(ROOT / "tests" / "notes" / name) for name in TESTS[module]],
        jobs=jobs,
        sample=sample,
    )


def outcome_of(module: str, source: str, *, name: str, tests: Sequence[str], jobs: int = 1, sample: int = 0) -> Outcome:
    """What becomes of the mutants of `source`, which the tests import as `name`."""
    begun = time.monotonic()
    limit = 5 + int(5 * seconds_without_change(tests))
    mutants = list(mutants_of(source, module.rpartition("/")[2]))
    if 0 < sample < len(mutants):
        mutants = sorted(Random(module).sample(mutants, sample), key=lambda one: one.line)  # noqa: S311 - lots, not secrets
    ended = list(tried(mutants, name, tests, jobs=jobs, limit=limit))
    survivors = tuple(sorted((one for one, status in ended if status == 0), key=lambda one: one.line))
    endless = sum(os.WIFSIGNALED(status) for _, status in ended)
    return Outcome(module, len(ended), len(ended) - len(survivors), endless, survivors, time.monotonic() - begun)


def seconds_without_change(tests: Sequence[str]) -> float:
    """The processor's time that the tests take as things are; they must pass. Leaves the tools read in, ours not."""
    begun = time.process_time()
    code = pytest.main([*QUIETLY, *tests])
    if code:
        raise SystemExit(f"The tests fail already, before anything is changed: {' '.join(tests)}")
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in OURS or getattr(module, "__file__", None) in tests:
            del sys.modules[name]
    gc.collect()
    gc.freeze()
    return time.process_time() - begun


def tried(
    mutants: Iterable[Mutant], name: str, tests: Sequence[str], *, jobs: int, limit: int
) -> Iterator[tuple[Mutant, int]]:
    """Each mutant with the status its tests ended with: 0 where all passed. In the order they end."""
    running: dict[int, Mutant] = {}
    for mutant in mutants:
        if len(running) >= jobs:
            process, status = os.wait()
            yield running.pop(process), status
        running[forked(mutant, name, tests, limit)] = mutant
    while running:
        process, status = os.wait()
        yield running.pop(process), status


def forked(mutant: Mutant, name: str, tests: Sequence[str], limit: int) -> int:
    """The number of a process that runs the tests with `mutant` as `name`, for at most `limit` seconds of its time."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (2**32, 2**32))
        gc.disable()
        sys.meta_path.insert(0, Instead(name, mutant.code))
        code = int(pytest.main([*QUIETLY, *tests]))
    finally:
        os._exit(code)


class Instead(MetaPathFinder, Loader):
    """Answers an import of one module with the code given."""

    def __init__(self, name: str, code: CodeType) -> None:
        self.name, self.code = name, code

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Ours for that name alone."""
        real = PathFinder.find_spec(fullname, path) if fullname == self.name else None
        if real is None:
            return None
        ours = ModuleSpec(fullname, self, origin=real.origin)
        ours.has_location = True  # data is read from beside it
        return ours

    def exec_module(self, module: ModuleType) -> None:
        """Run the code as that module."""
        exec(self.code, module.__dict__)  # noqa: S102 - a module of ours with one change, which is what this is for


def explained(page: str) -> Counter[str]:
    """The mutants that `docs/mutation.md` accounts for, one line each, as they are printed."""
    return Counter(re.findall(r"^- (`[\w.]+`: `.+?` → `.*?`): \S.*$", page, re.MULTILINE))


def listed(page: str) -> Counter[str]:
    """The mutants that `docs/mutation-leaks.md` lists in groups, each group with its reason, and how many of each."""
    found: Counter[str] = Counter()
    for many, mutant in re.findall(r"^- (?:(\d+) × )?(`[\w.]+`: `.*?` → `.*`)$", page, re.MULTILINE):
        found[mutant] += int(many or 1)
    return found


def without_explained(survivors: Iterable[Mutant], known: Counter[str]) -> list[Mutant]:
    """The survivors that no line accounts for; a line accounts for one."""
    left, rest = known.copy(), []
    for mutant in survivors:
        if left[str(mutant)] > 0:
            left[str(mutant)] -= 1
        else:
            rest.append(mutant)
    return rest


if __name__ == "__main__":
    sys.exit(main())
