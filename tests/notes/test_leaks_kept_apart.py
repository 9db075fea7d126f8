"""R8: the leak check on texts that no rule was made for. Do not look into the set when you change a rule."""

from pathlib import Path

from bench.leak_report import read_cases, targets

APART = Path(__file__).with_name("leak_cases_kept_apart.jsonl")


def test_texts_that_no_rule_was_made_for_meet_the_line() -> None:
    cases = list(read_cases(APART))
    assert (sum(case.leak for case in cases), sum(not case.leak for case in cases)) == (144, 113)
    assert [(one.name, one.met) for one in targets(cases)] == [
        ("leaks found", True),
        ("clean blocked", True),
        ("clean asked about", True),
    ]
