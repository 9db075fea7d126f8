"""For `make mutants ARGS=leaks`: each mutant of the leak check against the judged and the labelled cases.

What counts is whether any finding of any case changes. The module is read in once; a mutant is put in its place, and
only those cases are read again in which a function answers differently (`scripts/replaying.py`).
"""

import gc
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from random import Random
from types import CodeType, FrameType, FunctionType, ModuleType

import pytest

import notes.rules.leaks
from bench.leak_report import CASES
from notes.rules.leaks import Finding
from notes.rules.vocabulary import Attribution, Participant
from scripts.mutants import QUIETLY, ROOT, Instead, Outcome
from scripts.mutating import Mutant, mutants_of
from scripts.replaying import PACKAGE, Call, Case, Record, answer, can_be_given_again, forget, imported_anew, modules
from scripts.standing_in import Broken, Declared, standing_in

TESTS = [
    str(ROOT / "tests" / "notes" / f"test_leaks_{name}.py") for name in ("judged", "consent", "sectors", "surroundings")
]
NOTICED = ("killed", "endless")
LIMIT = 3.0  # seconds of this process for one case or one answer, which take milliseconds
FIRST, FEW = 12, 4
GATHERED = 40
# Their answer is the whole check, or most of it: the cases are as quick.
WHOLE = {"find_leaks", "gather", "_forms", "_in_view"}


class Endless(BaseException):
    """It takes a thousand times as long as it should."""


def judged_cases(tests: Sequence[str]) -> list[Case]:
    """What the tests of the leak check ask it."""
    asked: list[Case] = []
    real = notes.rules.leaks.find_leaks

    def heard(
        text: str, participants: Sequence[Participant], consented: dict[str, Attribution] | None = None
    ) -> list[Finding]:
        asked.append((text, tuple(participants), dict(consented or {})))
        return real(text, participants, consented or {})

    notes.rules.leaks.find_leaks = heard  # type: ignore[assignment]  # for as long as the tests run
    try:
        if pytest.main([*QUIETLY, *tests]):
            raise SystemExit("The tests fail already, before anything is changed.")
    finally:
        notes.rules.leaks.find_leaks = real
    return asked


def labelled_cases(step: int) -> list[Case]:
    """The rows of the labelled set, each `step`th."""
    cases: list[Case] = []
    for line in CASES.read_text(encoding="utf-8").splitlines()[::step]:
        row = json.loads(line)
        people = tuple(Participant(**{**one, "aliases": tuple(one.get("aliases", ()))}) for one in row["participants"])
        cases.append((row["text"], people, {key: Attribution[level] for key, level in row["consented"].items()}))
    return cases


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one mutant: `killed`, `endless`, or why it is left, and after how many cases."""

    number: int
    mutant: str
    status: str
    cases: int


def every_case(step: int = 1) -> list[Case]:
    """The judged cases, each once, then the labelled ones, or each `step`th of them."""
    judged = {repr(case): case for case in judged_cases(TESTS)}
    return [*judged.values(), *labelled_cases(step)]


def outcomes_of(
    names: Sequence[str], cases: Sequence[Case], kept: Path, *, most: int, sample: int, only: Collection[str] = ()
) -> Iterator[Outcome]:
    """What becomes of the mutants of each named module of the leak check, each read in at most `most` of the cases; of
    those in `only`, if there are any, and no others."""
    record = Record(cases, modules())
    expected = answers(record)
    gc.collect()
    gc.freeze()
    for name in names:
        begun = time.monotonic()
        attack = Attack(sys.modules[f"{PACKAGE}.{name}"], record, expected, kept, most=most)
        every = enumerate(mutants_of(attack.source, name, lists_whole=True))
        mutants = {number: one for number, one in every if not only or str(one) in only}
        chosen = sorted(Random(name).sample(sorted(mutants), sample)) if 0 < sample < len(mutants) else sorted(mutants)  # noqa: S311 - lots
        attack.run([(number, mutants[number]) for number in chosen])
        ended = {one.number: one.status for one in attack.trials() if one.number in chosen}
        left = tuple(mutants[number] for number in chosen if ended[number] not in NOTICED)
        endless = list(ended.values()).count("endless")
        yield Outcome(name, len(chosen), len(chosen) - len(left), endless, left, time.monotonic() - begun)


def answers(record: Record) -> dict[FunctionType, list[object]]:
    """What each function answers to the calls it got, with nothing changed; not those that take long."""
    forget()
    signal.signal(signal.SIGVTALRM, _stop)
    found: dict[FunctionType, list[object]] = {}
    for function, calls in record.calls.items():
        if function.__name__ not in WHOLE and can_be_given_again(function, calls):
            with suppress(Endless):
                found[function] = [within(partial(answer, function, call.given, anew=True)) for call in calls.values()]
    return found


class Attack:
    """The mutants of one module, tried one after the other."""

    def __init__(
        self,
        module: ModuleType,
        record: Record,
        expected: Mapping[FunctionType, list[object]],
        kept: Path,
        *,
        most: int,
    ) -> None:
        self.module, self.record, self.expected, self.kept, self.most = module, record, expected, kept, most
        self.source = Path(str(module.__file__)).read_text(encoding="utf-8")
        self.name = module.__name__.rpartition(".")[2]
        self.whole = compile(self.source, f"{self.name}.py", "exec", dont_inherit=True)
        self.killers: list[int] = []
        self.tries = 0

    def run(self, mutants: Sequence[tuple[int, Mutant]]) -> None:
        """Try those that are not kept as tried, in processes of a function each."""
        done = {trial.number for trial in self.trials()}
        left = [one for one in mutants if one[0] not in done]
        for _, group in groupby(left, key=lambda one: one[1].scope.split(".")[:3]):
            batch = list(group)
            while batch:
                _, status = os.waitpid(self._forked(batch), 0)
                done = {trial.number for trial in self.trials()}
                if status and (fell := next((one for one in batch if one[0] not in done), None)):
                    self._keep(Trial(fell[0], str(fell[1]), "endless", 0))
                    done.add(fell[0])
                batch = [one for one in batch if one[0] not in done]

    def trials(self) -> list[Trial]:
        """What is kept about the source as it is."""
        if not self.kept.exists():
            return []
        rows = [json.loads(line) for line in self.kept.read_text(encoding="utf-8").splitlines()]
        return [Trial(*row[1:]) for row in rows if row[0] == self._mark]

    @property
    def _mark(self) -> str:
        return f"{self.name} {sha256(self.source.encode()).hexdigest()[:12]}"

    def _keep(self, trial: Trial) -> None:
        with self.kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps([self._mark, *astuple(trial)]) + "\n")

    def _forked(self, batch: Sequence[tuple[int, Mutant]]) -> int:
        process = os.fork()
        if process:
            return process
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (2**33, 2**33))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            signal.signal(signal.SIGVTALRM, _stop)
            for number, mutant in batch:
                self._keep(self._tried(number, mutant))
            code = 0
        finally:
            os._exit(code)

    def _tried(self, number: int, mutant: Mutant) -> Trial:
        self.tries = 0
        try:
            with standing_in(self.module, self.whole, mutant.code) as affected:
                status = self._status(affected)
            if status not in NOTICED and any(_name(function) in self.record.at_import for function in affected):
                status = self.read_in_anew(mutant.code)
        except Declared:
            status = self.read_in_anew(mutant.code)
        except Endless:
            status = "endless"
        except Broken:
            status = "killed"
        return Trial(number, str(mutant), status, self.tries)

    def _status(self, affected: set[FunctionType]) -> str:
        calls = {function: self.record.calls[function] for function in affected if function in self.record.calls}
        if not any(calls.values()):
            return "unreached"
        forget()
        gathers = {
            number for some in calls.values() for call in some.values() for number, at in call.cases.items() if at
        }
        first = [
            number
            for number in self.killers[-3:]
            if any(number in call.cases for some in calls.values() for call in some.values())
        ]
        return self._verdict(self._suspects(calls, gathers, first))

    def _verdict(self, suspects: Iterable[tuple[int, bool]]) -> str:
        status, seen, elsewhere = "same", set[int](), 0
        changed: dict[tuple[Participant, ...], list[str]] = {}
        for number, gathering in suspects:
            if number in seen:
                continue
            seen.add(number)
            if self.most and gathering and self._stands_elsewhere(number, changed):
                elsewhere += 1
                if len(seen) > GATHERED:
                    return "elsewhere"
                if elsewhere > FEW:
                    continue
            status = "masked"
            if self._changes(number, gathering=gathering):
                self.killers.append(number)
                return "killed"
            if self.most and len(seen) - max(0, elsewhere - FEW) >= self.most:
                return "capped"
        return status

    def _stands_elsewhere(self, number: int, changed: dict[tuple[Participant, ...], list[str]]) -> bool:
        """Whether the text has none of the forms that are gathered otherwise with the mutant."""
        return within(partial(self.record.stands_in_text, number, changed)) is False

    def _suspects(
        self, calls: dict[FunctionType, dict[object, Call]], gathers: set[int], first: Sequence[int]
    ) -> Iterator[tuple[int, bool]]:
        yield from ((number, number in gathers) for number in first)
        met: set[int] = set()
        for call in self._differing(calls):
            met |= call.cases.keys()
            yield from ((number, number in gathers) for number in list(call.cases)[:2])
            if len(met) > FIRST:
                break
        else:
            yield from ((number, number in gathers) for number in met)
            return
        again: dict[int, bool] = {}
        for call in self._differing(calls):
            for number, at in call.cases.items():
                again[number] = again.get(number, False) or at
        # The quick ones first; and neighbours are alike, so not one after the other.
        yield from sorted(again.items(), key=lambda one: (one[1], one[0] * 7919 % 10007))

    def _differing(self, calls: dict[FunctionType, dict[object, Call]]) -> Iterator[Call]:
        for function, some in calls.items():
            if function not in self.expected:
                yield from some.values()
                continue
            for call, before in zip(some.values(), self.expected[function], strict=True):
                if within(partial(answer, function, call.given, anew=self.name == "context")) != before:
                    yield call

    def _changes(self, number: int, *, gathering: bool) -> bool:
        self.tries += 1
        return within(partial(self.record.findings, number, gathering=gathering)) != self.record.found[number]

    def read_in_anew(self, code: CodeType) -> str:
        """What becomes of a mutant in a process of its own, where everything is read in again with it."""
        process = os.fork()
        if process:
            _, status = os.waitpid(process, 0)
            return "killed" if status else "masked"
        noticed = 1
        try:
            noticed = int(self._is_noticed_anew(code))
        finally:
            os._exit(noticed)

    def _is_noticed_anew(self, code: CodeType) -> bool:
        sys.meta_path.insert(0, Instead(self.module.__name__, code))
        find = imported_anew().find_leaks
        for number in range(0, len(self.record.cases), 8 if self.most else 1):
            found = within(partial(find, *self.record.cases[number]))
            if not isinstance(found, list) or [astuple(one) for one in found] != self.record.found[number]:
                return True
        return False


def _name(function: FunctionType) -> str:
    return f"{function.__module__} {function.__qualname__}"


def within(work: Callable[[], object]) -> object:
    """What `work` answers; an exception is an answer, too long is not."""
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        return work()
    except Exception as error:
        return f"raises {type(error).__name__}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise Endless
