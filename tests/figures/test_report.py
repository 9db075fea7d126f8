"""The report for a funder (B86): a page, a PDF on one side, a spreadsheet; the same numbers in each."""

import csv
from io import BytesIO
from typing import cast

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from cop.figures.counts import counts_of
from cop.figures.formats.sheet import write_sheet
from cop.figures.reporting import sheet_of
from cop.figures.rules.periods import calendar_year
from events.models import Topic
from members.models import Network, User
from tests.conftest import signed_in
from tests.figures.conftest import Hold, crowd
from tests.figures.test_figures_page import YEAR, words

PAGE, PDF, CSV = (f"/admin/figures/voices/report{ending}" for ending in ("/", ".pdf", ".csv"))
SENTENCE = "We learned to ask #earlier, and to *answer*."


@pytest.fixture
def year(hold: Hold, network: Network) -> None:
    """Two meetings; of the second nobody kept who came. Three from academia, and civil society so hidden with them."""
    people = (*crowd("public", 40, 30), *crowd("civil-society", 20, 12), *crowd("academia", 3, 3))
    hold(0, people).topics.add(Topic.objects.create(network=network, name="Juries", slug="juries"))
    hold(30, crowd("public", 10, 0))


@pytest.mark.usefixtures("year")
def test_the_page_the_pdf_and_the_spreadsheet_say_the_same(olive: User) -> None:
    client = signed_in(olive)
    page = words(client.post(PAGE, {**YEAR, "sentence": SENTENCE}).content.decode())
    pdf = client.post(PDF, {**YEAR, "sentence": SENTENCE})
    text = " ".join(PdfReader(BytesIO(pdf.content)).pages[0].extract_text().split())
    sheet = client.get(CSV, YEAR).getvalue().decode("utf-8-sig")
    rows = [row for row in csv.reader(sheet.splitlines()) if row]
    for name, registered, came in (
        ("15 January 2025: Day 0", "63", "45"),
        ("14 February 2025: Day 30", "10", "–"),
        ("Together", "73", "45"),
        ("Public sector", "40", "30"),
        ("Civil society", "not shown", "not shown"),
        ("Academia", "not shown", "not shown"),
        ("Different people", "63", "45"),
    ):
        assert f"{name} {registered} {came}" in page
        assert f"{name} {registered} {came}" in text
        assert [name, registered, came] in rows
    for said in (
        SENTENCE,
        "Our meetings, 1 January to 31 December 2025",
        "Of 100 who registered, 71 came.",
        "Juries (1).",
    ):
        assert said in page
        assert said in text
    assert ["meetings held", "2"] in rows
    assert ["Juries", "1"] in rows


@pytest.mark.usefixtures("year")
def test_the_pdf_is_tagged_and_says_its_title_and_language(olive: User, network: Network) -> None:
    answer = signed_in(olive).get(PDF, YEAR)
    read = PdfReader(BytesIO(answer.content))
    assert answer["Content-Disposition"] == 'attachment; filename="voices-2025-01-01-2025-12-31.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert read.metadata is not None
    assert read.metadata.title == "Our meetings, 1 January to 31 December 2025"
    root = read.root_object
    assert str(root["/Lang"]) == "en-GB"
    assert str(cast("DictionaryObject", root["/MarkInfo"])["/Marked"]) == "True"
    assert b"pdfuaid" in cast("StreamObject", root["/Metadata"]).get_data()
    assert len(read.pages) == 1


def test_it_stays_on_one_side_however_much_there_is(hold: Hold, network: Network) -> None:
    """Titles as long as they come, forty-eight topics, four hundred characters of one's own."""
    for at in range(12):
        meeting = hold(
            at * 29, crowd("public", 6, 6), theme=f"{'Giving communities a powerful say in projects ' * 3}{at}"
        )
        names = (f"A topic with a name that is rather long {at} {number}" for number in range(4))
        meeting.topics.set(
            [Topic.objects.create(network=network, name=name, slug=f"t{at}{name[-1]}") for name in names]
        )
    sheet = sheet_of(counts_of(network, calendar_year(2025)), "A word of ours. " * 25)
    assert len(sheet.attendance.drawn.table.rows) == 12  # type: ignore[union-attr]  # there are meetings
    assert len(PdfReader(BytesIO(write_sheet(sheet))).pages) == 1


def test_with_nothing_to_report_it_says_so(olive: User) -> None:
    page = words(signed_in(olive).get(PAGE, YEAR).content.decode())
    assert "No meeting was held in this time." in page
    assert "Nobody registered in this time." in page
    assert signed_in(olive).get(PDF, YEAR).status_code == 200
    assert b"No meeting" not in signed_in(olive).get(CSV, YEAR).getvalue()


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(olive: User) -> None:
    asked = {"since": "2025-02-01", "until": "2025-01-01", "sentence": SENTENCE}
    for address in (PAGE, PDF):
        answer = signed_in(olive).post(address, asked)
        assert answer.status_code == 422
        assert "This day is before the first one." in words(answer.content.decode())
        assert SENTENCE in answer.content.decode()
    assert signed_in(olive).get(CSV, asked).status_code == 422
    long = signed_in(olive).post(PAGE, {**YEAR, "sentence": "x" * 401})
    assert "Keep it to 400 characters: it is one page." in words(long.content.decode())


def test_only_those_who_look_after_a_network_make_reports(olive: User, noor: User, otto: User, mira: User) -> None:
    for address in (PAGE, PDF, CSV):
        assert [signed_in(one).get(address).status_code for one in (noor, otto, mira)] == [200, 404, 302]
        assert Client().get(address).status_code == 302
    assert signed_in(olive).post(CSV).status_code == 405
    assert signed_in(olive).put(PAGE).status_code == 405


def test_a_cell_of_the_spreadsheet_runs_nothing(hold: Hold, olive: User, network: Network) -> None:
    hold(0).topics.add(Topic.objects.create(network=network, name="=1+1", slug="sum"))
    sheet = signed_in(olive).get(CSV, YEAR).getvalue().decode()
    assert '"\'=1+1"' in sheet


def test_a_report_asks_as_much_whatever_there_is(hold: Hold, olive: User) -> None:
    client, asked = signed_in(olive), list[int]()
    for at in range(3):
        hold(at, crowd("public", 6 * (at + 1), 6))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE, YEAR).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[2]
