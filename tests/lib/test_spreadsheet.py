"""CSV that spreadsheets open as they are, and that runs nothing in them (B79)."""

import csv
import io

import pytest
from hypothesis import given, strategies as st

from cop.lib.spreadsheet import csv_lines, defused, undefused

FORMULAS = "=+-@＝＋－＠"


@pytest.mark.parametrize("sign", FORMULAS)
def test_cell_that_begins_a_formula_is_text(sign: str) -> None:
    assert defused(f"{sign}SUM(1;2)") == f"'{sign}SUM(1;2)"
    assert defused(f"  {sign}SUM(1;2)") == f"'  {sign}SUM(1;2)"


@pytest.mark.parametrize("sign", "\t\r\n")
def test_cell_that_begins_with_a_break_is_text(sign: str) -> None:
    assert defused(f"{sign}Mira") == f"'{sign}Mira"


def test_cell_is_text_where_the_reader_cuts_it_elsewhere() -> None:
    """A spreadsheet whose list separator is the semicolon cuts cells there, quoted by commas or not."""
    assert defused('Mira;=HYPERLINK("x")') == 'Mira;\'=HYPERLINK("x")'
    assert defused('Mira"=1') == "Mira\"'=1"


@pytest.mark.parametrize("cell", ["", "Mira Novak", "O'Hara", "Well-being", "a@b.example", "mira+notes@river.example"])
def test_ordinary_cell_stays_as_it_is(cell: str) -> None:
    assert (defused(cell), undefused(cell)) == (cell, cell)


def test_what_was_put_before_a_formula_is_taken_off_again() -> None:
    assert undefused(defused("+44 20 7946 0000")) == "+44 20 7946 0000"


def test_lines_open_in_excel() -> None:
    """UTF-8 with its mark, lines that end in CR LF, everything quoted."""
    lines = list(csv_lines([["Name", "Organisation"], ["Zoë", 'The "Fjord", Ltd']]))
    assert lines == [
        b'\xef\xbb\xbf"Name","Organisation"\r\n',
        '"Zoë","The ""Fjord"", Ltd"\r\n'.encode(),
    ]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1), min_size=1))
def test_no_cell_begins_a_formula_whatever_people_type(rows: list[list[str]]) -> None:
    whole = b"".join(csv_lines(rows)).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(whole, newline="")))
    assert read == [[defused(cell) for cell in row] for row in rows]
    assert not [cell for row in read for cell in row if cell.strip()[:1] in {*FORMULAS} and cell.strip()]
    assert not [cell for row in read for cell in row if cell[:1] in {"\t", "\r", "\n"}]
