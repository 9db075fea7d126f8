"""R8: the report by kind that `make leaks` prints, and the findings that `make findings` writes down."""

import json
from pathlib import Path

import pytest

from bench.leak_findings import changes, main as write_down, written
from bench.leak_report import Case, main, read_cases, report

ZOFIA = {"key": "z", "name": "Zofia Wrona", "organisation": "Alder Trust", "role": "Trustee"}
ROWS: tuple[tuple[str, str, bool, str, dict[str, str]], ...] = (
    ("a-1", "surname", True, "It was Wrona who asked.", {}),
    ("a-2", "surname", True, "Nothing to see.", {}),
    ("a-3", "self_reference", True, "As a trustee I worry.", {}),
    ("a-4", "markup", False, "**Nothing** to see.", {}),
    ("a-5", "public_name", False, "Thanks to Wrona for the book.", {}),
    ("a-6", "first_name", False, "A point by Zofia.", {"z": "NAME"}),
)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    names = ("id", "kind", "leak", "text", "consented")
    rows = [{**dict(zip(names, row, strict=True)), "participants": [ZOFIA]} for row in ROWS]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def cases_of(path: Path) -> list[Case]:
    return list(read_cases(path))


def test_each_case_has_the_severest_outcome(labelled: Path) -> None:
    assert [case.outcome for case in cases_of(labelled)] == ["block", "pass", "ask", "pass", "block", "pass"]


def test_a_leak_found_for_somebody_else_is_missed(labelled: Path) -> None:
    row = json.loads(labelled.read_text().splitlines()[0])
    bystander = {"key": "o", "name": "Odhran Pike"}
    labelled.write_text(json.dumps({**row, "participants": [bystander, ZOFIA]}))
    assert [(case.outcome, case.found) for case in cases_of(labelled)] == [("pass", False)]


def test_the_report_counts_by_kind_and_names_what_went_wrong(labelled: Path) -> None:
    assert report(cases_of(labelled)).splitlines() == [
        "leaks                       block      ask   missed",
        "self_reference                  0        1        0",
        "surname                         1        0        1",
        "all                             1        1        1",
        "",
        "clean                     blocked    asked   passed",
        "first_name                      0        0        1",
        "markup                          0        0        1",
        "public_name                     1        0        0",
        "all                             1        0        2",
        "",
        "missed: a-2",
        "blocked though clean: a-5",
        "leaks found: 2 of 3, 66.7 % (target at least 97 %): NOT MET",
        "clean blocked: 1 of 3, 33.3 % (target at most 3 %): NOT MET",
        "clean asked about: 0 of 3, 0.0 % (target at most 12 %): met",
    ]


def test_a_missed_target_makes_the_command_fail(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(labelled)]) == 1
    assert capsys.readouterr().out.endswith("(target at most 12 %): met\n")


def test_targets_met_let_the_command_pass(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = labelled.read_text().splitlines()
    labelled.write_text("\n".join((rows[0], rows[3])))
    assert main([str(labelled)]) == 0
    assert "NOT MET" not in capsys.readouterr().out


def test_a_set_without_leaks_or_clean_texts_has_shares_of_nothing() -> None:
    assert report([]).splitlines()[-3:] == [
        "leaks found: 0 of 0, 0.0 % (target at least 97 %): NOT MET",
        "clean blocked: 0 of 0, 0.0 % (target at most 3 %): met",
        "clean asked about: 0 of 0, 0.0 % (target at most 12 %): met",
    ]


def test_findings_are_written_down_row_by_row(labelled: Path) -> None:
    assert written(cases_of(labelled)).splitlines() == [
        "a-1",
        '  7-12 "Wrona" z surname block: a participant. The surname of somebody at the meeting.',
        "a-2",
        "a-3",
        '  0-14 "As a trustee I" z self_reference ask: one participant. The speaker says who they are.',
        "a-4",
        "a-5",
        '  10-15 "Wrona" z surname block: a participant. The surname of somebody at the meeting.',
        "a-6",
    ]


def test_each_row_in_which_something_else_is_found_is_named() -> None:
    settled, now = "a-1\n  0-3 one\na-2\na-3\n  0-2 two\n", "a-1\n  0-3 one\n  5-9 more\na-3\n  0-2 two\na-4\n"
    assert changes(settled, now) == [
        "In a-1 something else is found:\n+ 5-9 more",
        "a-2 is gone.",
        "a-4 is new.",
    ]
    assert changes(settled, settled) == []


def test_after_five_rows_the_rest_is_counted() -> None:
    assert changes("", "".join(f"a-{number}\n" for number in range(7)))[4:] == ["a-4 is new.", "... and 2 rows more."]


def test_findings_are_compared_with_those_of_the_last_time(
    labelled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settled = tmp_path / "findings.txt"
    settled.write_text("a-1\n")
    assert write_down((labelled,), settled) == 0
    assert capsys.readouterr().out.startswith("In a-1 something else is found:\n+ 7-12")
    assert settled.read_text() == written(cases_of(labelled))
