"""CSV files as people have them, row by row: never an exception, always a line number."""

import codecs
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from members.formats.tables import LONGEST_LINE, MOST_CELLS, Row, Shape, rows_of, shape_of

TEXT = 'E-mail,Name\r\nzoe@river.example,"Zoë Ängström"\r\n'


def read(whole: bytes, size: int = 7) -> list[Row]:
    """The rows of a file that comes in small pieces."""

    def pieces() -> Iterator[bytes]:
        return (whole[at : at + size] for at in range(0, len(whole), size))

    head = iter([whole[:65_536], *([whole[65_536:]] if len(whole) > 65_536 else [])])
    return list(rows_of(pieces(), shape_of(head)))


@pytest.mark.parametrize(
    ("whole", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_encoding_is_found_and_letters_are_what_they_were(whole: bytes, encoding: str) -> None:
    assert shape_of([whole]) == Shape(encoding, ",")
    assert read(whole) == [Row(1, ("E-mail", "Name")), Row(2, ("zoe@river.example", "Zoë Ängström"))]


def test_letter_far_down_in_the_file_tells_its_encoding() -> None:
    """Thousands of plain rows, and then one name in Windows-1252."""
    whole = b"E-mail,Name\n" + b"a@b.example,Ann\n" * 5_000 + "z@b.example,Zoë\n".encode("cp1252")
    assert read(whole, 4_096)[-1] == Row(5_002, ("z@b.example", "Zoë"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separator_is_found(separator: str) -> None:
    whole = separator.join(["E-mail", '"Name, first; last\t"', "Sector"]) + "\n"
    assert shape_of([whole.encode()]).separator == separator
    assert read(whole.encode()) == [Row(1, ("E-mail", "Name, first; last\t", "Sector"))]


def test_separator_that_excel_names_is_taken_and_its_line_left_out() -> None:
    assert read(b"sep=;\nE-mail;Name\na@b.example;Ann, B\n") == [
        Row(2, ("E-mail", "Name")),
        Row(3, ("a@b.example", "Ann, B")),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_do_on_any_machine(end: str) -> None:
    assert read(end.join(["E-mail", "a@b.example", "", "c@d.example"]).encode()) == [
        Row(1, ("E-mail",)),
        Row(2, ("a@b.example",)),
        Row(4, ("c@d.example",)),
    ]


def test_record_over_several_lines_is_told_by_its_first() -> None:
    whole = b'E-mail,Address\na@b.example,"1 Road\nTown"\nc@d.example,\n'
    assert [row.line for row in read(whole)] == [1, 2, 4]


def test_quotation_mark_that_is_never_closed_makes_one_bad_row_and_not_an_empty_list() -> None:
    whole = b'E-mail,Name\na@b.example,"Ann\n' + b"b@c.example,Bob, the second of that name\n" * 4_000
    rows = read(whole, 4_096)
    assert rows[1] == Row(2, None)
    assert rows[-1] == Row(4_002, ("b@c.example", "Bob", " the second of that name"))


def test_line_without_end_does_not_fill_the_memory() -> None:
    rows = read(b"E-mail\n" + b"x" * (LONGEST_LINE + 10), 65_536)
    assert [row.cells is None for row in rows[1:]] == [True, False]


def test_row_of_more_cells_than_any_table_has_is_unreadable() -> None:
    assert read(b"E-mail\n" + b"," * MOST_CELLS + b"x\n")[1] == Row(2, None)


def test_zero_bytes_are_left_out() -> None:
    assert read(b"E-mail,Name\na@b.example,An\0n\n")[1] == Row(2, ("a@b.example", "Ann"))


@pytest.mark.parametrize("whole", [b"", b"\n\n", b"\xff\xfe", b",,\n ,\n"])
def test_file_of_nothing_has_no_rows(whole: bytes) -> None:
    assert read(whole) == []


@given(st.binary(max_size=2_000), st.integers(1, 50))
def test_no_file_stops_us(whole: bytes, size: int) -> None:
    rows = read(whole, size)
    assert [row.line for row in rows] == sorted({row.line for row in rows})


@given(st.text(st.characters(codec="utf-8"), max_size=500), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_pieces_make_no_difference(words: str, encoding: str) -> None:
    whole = f"E-mail,Name\n{words}".encode(encoding, "replace")
    assert read(whole, 1) == read(whole, 10_000)
