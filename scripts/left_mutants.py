"""`python -m scripts.left_mutants FILE ...`: write `docs/mutation-leaks.md` from what `make mutants --kept FILE` kept.

A mutant that is left stands in the first group whose description fits it: what nothing could notice by its shape, then
by what was seen of it on the texts. The table for `docs/mutation.md` is printed.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from scripts.leak_mutants import NOTICED, Trial
from scripts.mutants import OF_LEAKS, RULES, listed, of_leaks

HEAD = """# Mutants of the leak check that nothing notices

Written by `python -m scripts.left_mutants`, read by `make mutants ARGS=leaks` (what is counted and how:
[mutation.md](mutation.md)). That fails on a mutant that is left and not in this list; a line stands for one, "2 ×" for
two. A long place is cut to what differs in it.
"""
NO = {"return", "return False", "return ''", "return ()"}
ROUND = 20
DONE = (*NOTICED, "capped")


@dataclass(frozen=True, slots=True)
class Group:
    """What is said of the mutants for which `fits` holds, which is asked their status too."""

    title: str
    reason: str
    fits: Callable[[str, str, str], bool]


def _is_no(before: str, after: str, _status: str) -> bool:
    return before in NO and after in NO


def _is_memory(before: str, _after: str, _status: str) -> bool:
    return before.startswith(("dataclass(", "lru_cache(", "cache", "contexts.get(place)", "if not view.text.isascii()"))


def _is_round(before: str, after: str, _status: str) -> bool:
    """Whether only a number changed, by one, and was no small one."""
    numbers = [[int(one) for one in re.findall(r"(?<!\w)\d+", text)] for text in (before, after)]
    apart = [abs(one - other) for one, other in zip(*numbers, strict=False) if one != other]
    same_words = re.sub(r"\d+", "", before) == re.sub(r"\d+", "", after)
    return same_words and apart == [1] and max(numbers[0]) >= ROUND


def _was(*statuses: str) -> Callable[[str, str, str], bool]:
    return lambda _before, _after, status: status in statuses


GROUPS = (
    Group(
        "A no is a no",
        "Where only yes or no is asked of an answer, None and an empty text say no as False does.",
        _is_no,
    ),
    Group(
        "Memory and safety",
        "How many answers are kept, whether a class may be changed: speed and safety, which no finding shows.",
        _is_memory,
    ),
    Group(
        "A round number, one more or one less",
        "How far around a match is looked, how long something may be: no text has a word that ends just there.",
        _is_round,
    ),
    Group(
        "Not reached",
        "No text makes the check come to this place; it is for texts that nobody has written down yet.",
        _was("unreached"),
    ),
    Group(
        "The same answer",
        "The function that was changed answers all that the texts make it be asked as before. Believed to be a guard "
        "for words that could be there, and are in none of the texts.",
        _was("same"),
    ),
    Group(
        "A form that no text has",
        "A name, a body or a role gets a form more or a form less, and the texts about those people have none of them. "
        "It is data about spelling more than a rule.",
        _was("elsewhere"),
    ),
    Group(
        "Covered by another rule",
        "The function that was changed answers differently, and yet in no text anything else is found: another form of "
        "the same name stands there too, another condition decides alike, or the place is judged once more further on.",
        _was("masked"),
    ),
    Group(
        "Left by an earlier run",
        "Tried on the judged texts and a quarter of the labelled ones, by a run that kept nothing else about them.",
        _was("earlier"),
    ),
)


def page(left: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """The document, from what is left of each module, as it is printed, with its status: a section for each group, and
    within it for each module that has some."""
    sections = [HEAD]
    for group, of_module in grouped(left).items():
        many = sum(map(len, of_module.values()))
        sections.append(f"## {group.title}: {many}\n\n{group.reason}\n")
        sections += [f"### {module}: {len(some)}\n\n{_lines(some)}" for module, some in of_module.items()]
    return "\n".join(sections)


def grouped(left: Mapping[str, Sequence[tuple[str, str]]]) -> dict[Group, dict[str, list[str]]]:
    """Every mutant that is left in the first group that fits it."""
    found: dict[Group, dict[str, list[str]]] = {group: defaultdict(list) for group in GROUPS}
    for module, some in left.items():
        for mutant, status in some:
            before, after = _sides(mutant)
            group = next(one for one in GROUPS if one.fits(before, after, status))
            found[group][module].append(mutant)
    return {group: dict(of_module) for group, of_module in found.items() if of_module}


def _sides(mutant: str) -> tuple[str, str]:
    before, _, after = mutant.partition("`: `")[2].removesuffix("`").partition("` → `")
    return before, after


def _lines(mutants: Iterable[str]) -> str:
    return "".join(f"- {f'{many} × ' if many > 1 else ''}{one}\n" for one, many in Counter(mutants).items())


def trials_of(module: str, source: str, kept: Iterable[Path]) -> dict[int, Trial]:
    """What became of each mutant of the module's source as it is; what one run noticed was noticed."""
    mark = f"{module} {sha256(source.encode()).hexdigest()[:12]}"
    found: dict[int, Trial] = {}
    rows = (json.loads(line) for path in kept for line in path.read_text(encoding="utf-8").splitlines())
    for trial in (Trial(*row[1:]) for row in rows if row[0] == mark):
        if trial.number not in found or found[trial.number].status not in NOTICED:
            found[trial.number] = trial
    return found


def row(module: str, statuses: Sequence[str]) -> str:
    """A line of the table: how many were tried, noticed, given up, and are left."""
    noticed, given_up = sum(status in NOTICED for status in statuses), statuses.count("capped")
    tried = len(statuses) - statuses.count("earlier")
    return f"| `leaks/{module}` | {tried} | {noticed} | {given_up} | {len(statuses) - noticed - given_up} |"


def read(kept: Sequence[Path], before: Counter[str]) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    """Each module with what is left of it and its line of the table; what was left `before` and has not been tried
    again since is left."""
    for module in of_leaks("leaks"):
        source = (RULES / "leaks" / f"{module}.py").read_text(encoding="utf-8")
        ended = [(one.mutant, one.status) for _, one in sorted(trials_of(module, source, kept).items())]
        mine = Counter({one: many for one, many in before.items() if one.startswith((f"`{module}`", f"`{module}."))})
        untried = mine - Counter(mutant for mutant, _ in ended)
        ended += [(mutant, "earlier") for mutant in untried.elements()]
        left = [(mutant, status) for mutant, status in ended if status not in DONE]
        yield module, left, row(module, [status for _, status in ended])


def main(arguments: Sequence[str]) -> int:
    """Write the page, print the table."""
    left: dict[str, list[tuple[str, str]]] = {}
    before = listed(OF_LEAKS.read_text(encoding="utf-8"))
    for module, some, line in read([Path(one) for one in arguments], before):
        left[module] = some
        sys.stdout.write(f"{line}\n")
    OF_LEAKS.write_text(page(left), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
