"""The documents say what is true: rules with their tests, settings with their names, links that lead somewhere."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RULES = (ROOT / "docs" / "chatham-house.md").read_text()
THREATS = (ROOT / "docs" / "threats.md").read_text()
FILES = sorted((ROOT / "tests").rglob("test_*.py"))
# Two files of one name in different folders count as one.
TESTS = {path.name: "".join(one.read_text() for one in FILES if one.name == path.name) for path in FILES}
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("number", range(1, 16))
def test_each_rule_is_explained_in_two_sentences_and_names_tests_that_name_it(number: int) -> None:
    row = re.search(rf"^\| R{number} \| (.+) \| (.+) \|$", RULES, re.MULTILINE)
    assert row, f"R{number} is not in docs/chatham-house.md"
    assert len(re.findall(r"[.?!](?= [A-Z]|$)", row[1])) == 2
    named = re.findall(r"`(test_\w+\.py)`", row[2])
    assert named
    for name in named:
        assert re.search(rf"\b[rR]{number}\b|_r{number}_", TESTS[name]), f"{name} does not speak of R{number}"


def row_of_threat(number: int) -> str:
    rows = re.findall(rf"^\| {number} \| .+ \| .+ \| (.+) \|$", THREATS, re.MULTILINE)
    assert len(rows) == 1, f"docs/threats.md has {len(rows)} rows {number}"
    return str(rows[0])


@pytest.mark.parametrize("number", range(1, 1 + len(re.findall(r"^\| \d+ \|", THREATS, re.MULTILINE))))
def test_each_way_to_be_given_away_names_its_tests_or_says_why_not(number: int) -> None:
    shown_by = row_of_threat(number)
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", shown_by)
    says_why_not = "chatham-house.md#what-no-software-stops" in shown_by
    assert named or says_why_not
    assert [test for page, test in named if f"def {test}(" not in TESTS[page]] == []
    if says_why_not:
        assert re.search(rf"\bway {number}\b", RULES), f"docs/chatham-house.md does not speak of way {number}"


def test_the_claims_of_the_specification_name_tests_that_are_there() -> None:
    section = RULES.partition("## What is shown to hold")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (R.+?) \| .+ \| (.+) \|$", section, re.MULTILINE)
    assert [claim for claim, _ in rows] == [
        "R6 at the core",
        "R5, R6, R7, R13 at every outlet",
        "R2, R3, R10",
        "R8",
        "R11",
        "R12",
        "R15",
    ]
    for claim, shown_by in rows:
        named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", shown_by)
        assert named, claim
        assert [test for page, test in named if f"def {test}(" not in TESTS[page]] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_names_every_variable_that_is_read() -> None:
    code = "".join((ROOT / "cop" / name).read_text() for name in ("env.py", "settings.py"))
    read = set(re.findall(r"(?:env\.\w+|secret|required)\(\s*\"([A-Z_]+)\"", code))
    named = set(re.findall(r"`([A-Z_]{4,})`", (ROOT / "README.md").read_text()))
    assert len(read) > 10
    assert read - named == set()
