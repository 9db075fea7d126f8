"""`make mutants`: what is changed, what counts as noticed, and which of the rest is accounted for."""

import json
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from scripts.left_mutants import page, row, trials_of
from scripts.mutants import ROOT, explained, listed, without_explained
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


def test_a_list_of_words_is_one_thing_where_words_are_data() -> None:
    source = 'A = frozenset(["a", "b", "c", *"d e".split()])\nB = {"a": ("b", "c"), "d": ("e",)}\nC = ("a", "b")\n'
    source += 'D = ("a", "b", "c", "d", r"\\be")\n'
    made = [f"{one.before} → {one.after}" for one in mutants_of(source, "sample", lists_whole=True) if one.line < 3]
    assert "['a', 'b', 'c', *'d e'.split()] → []" in made
    assert "{'a': ('b', 'c'), 'd': ('e',)} → {}" in made
    assert not any("'b'" in change and "'c'" not in change for change in made)
    others = {one.line for one in mutants_of(source, "sample", lists_whole=True) if "''" in one.after}
    assert others == {3, 4}


def test_a_long_place_is_shown_where_it_differs() -> None:
    source = f"a = {' + '.join(f'name_{number}' for number in range(40))}"
    shown = [str(one) for one in mutants_of(source, "sample") if one.after.endswith("- name_39")]
    assert shown == [
        "`sample`: `…+ name_36 + name_37 + name_38 + name_39` → `…+ name_36 + name_37 + name_38 - name_39`"
    ]


def test_a_group_of_the_report_accounts_for_as_many_as_it_says() -> None:
    page = "## A reason\n\n- 2 × `a.b`: `x` → `y`\n- `a.c`: `p` → ``\n- not one of them\n"
    assert listed(page) == Counter({"`a.b`: `x` → `y`": 2, "`a.c`: `p` → ``": 1})


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


def test_a_mutant_of_the_leak_check_is_judged_as_if_everything_were_read_in_with_it(tmp_path: Path) -> None:
    """Where a mutant is put into what is running, the verdict is the one of a check that was imported with it."""
    said = tmp_path / "said.txt"
    command = f"""
import json
from pathlib import Path
from scripts import leak_mutants as leaks
from notes.rules.vocabulary import Attribution, Participant
people = (Participant(key="w", name="Will Faraday", organisation="Lantern Trust", role="Surveyor", sector="police"),
          Participant(key="g", name="Grace Adeyemi", organisation="Tidewater", email="g@tide.example"))
texts = ("Will said no.", "We will say no.", "Thanks to Gracie at Tidwater.", "Somebody from the police, or Faraday.")
cases = [(text, people, consent) for text in texts for consent in ({{}}, {{"w": Attribution.NAME}})]
record = leaks.Record(cases, leaks.modules())
told = []
for name in ("likeness", "words"):
    path = Path({str(tmp_path)!r}) / name
    attack = leaks.Attack(leaks.sys.modules["notes.rules.leaks." + name], record, leaks.answers(record), path, most=0)
    mutants = list(enumerate(leaks.mutants_of(attack.source, name, lists_whole=True)))[5::75]
    attack.run(mutants)
    quick = {{one.number: one.status in leaks.NOTICED for one in attack.trials()}}
    slow = {{number: attack.read_in_anew(mutant.code) in leaks.NOTICED for number, mutant in mutants}}
    told += [(name, number, quick[number], slow[number]) for number in slow]
Path({str(said)!r}).write_text(json.dumps(told))
"""
    subprocess.run([sys.executable, "-c", command], cwd=ROOT, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    told = json.loads(said.read_text())
    assert [one for one in told if one[2] != one[3]] == []
    assert {one[2] for one in told} == {False, True}


def test_what_is_left_is_grouped_by_its_shape_or_by_what_was_seen_of_it() -> None:
    source = "def f(x):\n    if x < 90:\n        return False\n    return x.lower()\n"
    made = {one.after: one for one in reversed(list(mutants_of(source, "sample")))}
    some = [
        (made["return"], "masked"),
        (made["x < 91"], "same"),
        (made["x <= 90"], "same"),
        (made["x <= 90"], "same"),
        (made["x"], "unreached"),
    ]
    written = page({"sample": [(str(mutant), status) for mutant, status in some]})
    assert [line for line in written.splitlines() if line.startswith(("## ", "- "))] == [
        "## A no is a no: 1",
        "- `sample.f`: `return False` → `return`",
        "## A round number, one more or one less: 1",
        "- `sample.f`: `x < 90` → `x < 91`",
        "## Not reached: 1",
        "- `sample.f`: `x.lower()` → `x`",
        "## The same answer: 2",
        "- 2 × `sample.f`: `x < 90` → `x <= 90`",
    ]
    assert without_explained([mutant for mutant, _ in some], listed(written)) == []


def test_what_one_run_noticed_was_noticed(tmp_path: Path) -> None:
    mark = f"sample {sha256(b'a = 1').hexdigest()[:12]}"
    rows = [
        (mark, 0, "m", "masked", 3),
        (mark, 1, "n", "killed", 1),
        (mark, 1, "n", "same", 9),
        ("old", 2, "o", "same", 1),
    ]
    kept = tmp_path / "kept"
    kept.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = trials_of("sample", "a = 1", [kept])
    assert {number: trial.status for number, trial in found.items()} == {0: "masked", 1: "killed"}
    assert row("sample", ["masked", "killed", "earlier"]) == "| `leaks/sample` | 2 | 1 | 0 | 2 |"
