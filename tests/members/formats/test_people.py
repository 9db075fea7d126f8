"""People out of rows: which column says what, and what is wrong with a row that says nobody."""

import pytest
from hypothesis import given, strategies as st

from members.formats.people import BadRow, Entry, Field, Standing, Why, address_in, guessed, person_in
from members.formats.tables import Row

COLUMNS = {Field.ADDRESS: 0, Field.NAME: 1, Field.ORGANISATION: 2, Field.STATUS: 3}


def said(*cells: str, standing: Standing = Standing.SUBSCRIBED) -> Entry | BadRow:
    return person_in(Row(7, cells), COLUMNS, 4, standing)


def test_row_says_a_person() -> None:
    assert said(" Mira@River.Example ", "Mira  Novak", "'=River", "") == Entry(
        line=7,
        address="mira@river.example",
        standing=Standing.SUBSCRIBED,
        name="Mira Novak",
        organisation="=River",
    )


def test_name_comes_in_two_columns() -> None:
    columns = {Field.ADDRESS: 0, Field.FIRST_NAME: 1, Field.LAST_NAME: 2}
    both = person_in(Row(2, ("a@b.example", "Mira", "Novak")), columns, 3, Standing.SUBSCRIBED)
    short = person_in(Row(2, ("a@b.example", "", "Novak")), columns, 3, Standing.SUBSCRIBED)
    assert [one.name for one in (both, short) if isinstance(one, Entry)] == ["Mira Novak", "Novak"]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("", "Mira", "", ""), Why.NO_ADDRESS),
        (("mira at river", "Mira", "", ""), Why.BAD_ADDRESS),
        (("a@b.example", "Mira", "River", "", "and more"), Why.TOO_MANY_CELLS),
        (("a@b.example", "M" * 201, "", ""), Why.TOO_LONG),
        (("a@b.example", "Zo\ufffd", "", ""), Why.GARBLED),
        (("a@b.example", "Mira", "", "perhaps"), Why.UNKNOWN_STATUS),
    ],
)
def test_bad_row_says_why_and_nothing_of_what_it_holds(cells: tuple[str, ...], why: Why) -> None:
    assert said(*cells) == BadRow(7, why)


def test_row_that_cannot_be_read_is_bad() -> None:
    assert person_in(Row(9, None), COLUMNS, 4, Standing.SUBSCRIBED) == BadRow(9, Why.UNREADABLE)


def test_row_shorter_than_the_headings_is_none_the_worse() -> None:
    assert said("a@b.example") == Entry(line=7, address="a@b.example", standing=Standing.SUBSCRIBED)


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("Subscribed", Standing.SUBSCRIBED),
        ("UNSUBSCRIBED", Standing.UNSUBSCRIBED),
        ("Bounced", Standing.CLEANED),
        ("non-subscribed", Standing.NEVER),
        ("", Standing.UNSUBSCRIBED),
    ],
)
def test_status_of_a_row_counts_more_than_that_of_its_file(status: str, standing: Standing) -> None:
    entry = said("a@b.example", "", "", status, standing=Standing.UNSUBSCRIBED)
    assert isinstance(entry, Entry)
    assert entry.standing == standing


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Mira Novak <Mira@River.example>", "mira@river.example"),
        ("mailto:mira+notes@river.example", "mira+notes@river.example"),
        ("o'hara@bücher.example", "o'hara@bücher.example"),
        ("mira@river", ""),
        ("mira@192.0.2.1", ""),
        ("mira@@river.example", ""),
        ("mira@river..example", ""),
        (".mira@river.example", ""),
        ("mira@-river.example", ""),
        ("mira novak@river.example", ""),
        ("a@b.example, c@d.example", ""),
        (f"{'m' * 65}@river.example", ""),
        (f"m@{'r' * 64}.example", ""),
        (f"m@{'r.' * 130}example", ""),
    ],
)
def test_address_is_one_that_letters_can_go_to(words: str, address: str) -> None:
    assert address_in(words) == address


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            ["Email Address", "First Name", "Last Name", "Organisation", "Job Title", "MEMBER_RATING", "NOTES", "TAGS"],
            {"address": 0, "first_name": 1, "last_name": 2, "organisation": 3, "job_title": 4},
        ),
        (["EMAIL", "FNAME", "LNAME", "STATUS"], {"address": 0, "first_name": 1, "last_name": 2, "status": 3}),
        (
            ["Name", "E-mail address", "Organisation", "Role at work", "Sector", "Role", "Status", "Joined"],
            {"name": 0, "address": 1, "organisation": 2, "job_title": 3, "sector": 4, "status": 6},
        ),
        (["Colour", "Postcode", "State"], {}),
    ],
)
def test_columns_are_guessed_by_their_headings(headings: list[str], fields: dict[str, int]) -> None:
    assert guessed(headings) == {Field(field): at for field, at in fields.items()}


def test_column_of_addresses_is_guessed_by_what_stands_in_it() -> None:
    assert guessed(["Wer", "Wohin"], ["Zoë", " zoe@fjord.example"]) == {Field.ADDRESS: 1}
    assert guessed(["E-mail", "Other"], ["", "zoe@fjord.example"]) == {Field.ADDRESS: 0}
    assert guessed(["Wer", "Wohin"], ["Zoë", "Fjord"]) == {}


@given(st.lists(st.text(max_size=300), max_size=6))
def test_any_row_is_a_person_or_a_reason(cells: list[str]) -> None:
    found = said(*cells)
    assert isinstance(found, Entry | BadRow)
    if isinstance(found, Entry):
        assert found.address == found.address.lower()
        assert max(len(found.name), len(found.organisation)) <= 200
        assert not set(found.name + found.organisation) & set("\0\n\r\t\u202e")
