"""`make mutants`: what is changed, what counts as noticed, and which of the rest is accounted for."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from scripts.mutants import ROOT, explained, without_explained
from scripts.mutating import mutants_of

SOURCE = '''"""What it is."""


def least(these: list[int], most: int = 3) -> int:
    """Not changed."""
    return min(one for one in these if one < most and one)
'''


def changes(source: str) -> list[str]:
    return [f"{mutant.before} → {mutant.after}" for mutant in mutants_of(source, "sample")]


def test_each_place_is_changed_alone_and_docstrings_and_types_are_not() -> None:
    made = changes(SOURCE)
    assert len(made) == len(set(made))
    for change in (
        "min → max",
        "one < most → one <= most",
        "one < most → one >= most",
        "one < most and one → one < most or one",
        "one < most and one → one < most",
        "for one in these if one < most and one → for one in these",
    ):
        assert change in made
    assert not any("What it is" in change or "list[str]" in change for change in made)


@pytest.mark.parametrize(
    ("source", "change"),
    [
        ("a = x[1:]", "1: → :"),
        ("a = not x", "not x → x"),
        ("a = x + y", "x + y → x - y"),
        ("if x:\n    y()", "if x: y() → if True: y()"),
        ("def f():\n    return x", "return x → return"),
        ("a = f(x, key=y)", "f(x, key=y) → f(x)"),
        ("a = x.casefold()", "x.casefold() → x"),
        ("a = sorted(x)", "sorted(x) → list(x)"),
        ("a = {x: y}", "{x: y} → {}"),
        ("a = f(3)", "f(3) → f(4)"),
        ("a = Audience.PUBLIC", "Audience.PUBLIC → Audience.NETWORK"),
        ("while x:\n    break", "break → continue"),
    ],
)
def test_a_slip_of_the_hand_is_made(source: str, change: str) -> None:
    assert change in changes(source)


def test_a_line_of_the_report_accounts_for_one_survivor() -> None:
    page = "- `sample`: `f(3)` → `f(4)`: nobody can see it.\n- `sample`: `f(3)` → `f(2)`:\n"
    known = explained(page)
    assert known == Counter({"`sample`: `f(3)` → `f(4)`": 1})
    twice = [mutant for mutant in mutants_of("a = f(3)\nb = f(3)\n", "sample") if mutant.after == "f(4)"]
    assert [mutant.line for mutant in without_explained(twice, known)] == [2]


def test_a_known_mutant_is_killed_and_a_known_equivalent_survives(tmp_path: Path) -> None:
    """In a process of its own, as always: the runner forgets what was imported."""
    (tmp_path / "ages.py").write_text("def is_grown(age: int) -> bool:\n    return age >= 18 or age > 20\n")
    (tmp_path / "test_ages.py").write_text(
        "from ages import is_grown\n\n\ndef test_ages():\n"
        "    assert [is_grown(age) for age in (17, 18, 19, 20, 21)] == [False, True, True, True, True]\n"
    )
    said = tmp_path / "said.txt"
    command = (
        "import sys; from pathlib import Path; from scripts import mutants as m; "
        f"folder = Path({str(tmp_path)!r}); sys.path.insert(0, str(folder)); m.OURS.add('ages'); m.get_ready(folder); "
        "source, tests = (folder / 'ages.py').read_text(), [str(folder / 'test_ages.py')]; "
        "o = m.outcome_of('ages', source, name='ages', tests=tests); "
        f"Path({str(said)!r}).write_text(str(o.made) + chr(10) + chr(10).join(map(str, o.survivors)))"
    )
    subprocess.run([sys.executable, "-c", command], cwd=ROOT, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    made, *survivors = said.read_text().splitlines()
    assert int(made) == 12
    assert "`ages.is_grown`: `age > 20` → `age >= 20`" in survivors
    assert "`ages.is_grown`: `age >= 18` → `age > 18`" not in survivors
