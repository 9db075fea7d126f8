"""Zoom's reports as several accounts and years have written them (B78, B82). The people are made up."""

import csv
import io

import pytest
from hypothesis import given, strategies as st

from events.formats.zoom import Kind, NoReport, Person, Report, Trouble, forms_of_name, read_report
from members.formats.tables import rows_of, shape_of

ADA = Person(names=("Ada Lovage",), address="ada@lake.example", minutes=55, joins=2)
CALLER = Person(names=("Phone caller",), minutes=10)

# A meeting's participants, one row a join.
EACH_JOIN = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,\
Recording Consent,In Waiting Room
Ada Lovage,ada@lake.example,10/06/2026 06:01:12 PM,10/06/2026 06:30:00 PM,29,No,Y,No
Ada Lovage,ADA@lake.example,10/06/2026 06:35:00 PM,10/06/2026 07:00:10 PM,26,No,Y,No
Ben Sorrel,ben@lake.example,10/06/2026 05:55:00 PM,10/06/2026 06:00:00 PM,5,Yes,,Yes
Phone caller,,10/06/2026 06:10:00 PM,10/06/2026 06:20:00 PM,10,Yes,,No
"""
# The same with the meeting's summary before it, whose columns look much like the people's.
WITH_SUMMARY = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
"812 3456 7890",Monthly meeting,10/06/2026 06:00:00 PM,10/06/2026 07:15:00 PM,host@commons.example,75,2

Name (Original Name),User Email,Total Duration (Minutes),Guest
Ada Lovage,ada@lake.example,55,No
Phone caller,,10,Yes
"""
# As newer accounts write both.
NEWER = """Topic,ID,Host,Duration (minutes),Start time,End time,Participants
Monthly meeting,81234567890,Host (host@commons.example),75,"10/06/2026 06:00:00 PM","10/06/2026 07:15:00 PM",2

Name (original name),Email,Total duration (minutes),Guest,Recording disclaimer response
Ada Lovage,ada@lake.example,55,No,OK
Phone caller,,10,Yes,
"""
# Where the meeting's columns stand before the person's in every row.
WIDE = """Topic,Meeting ID,User Name,User Email,Department,Group,Start Time,End Time,Duration (Minutes),Participants,\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent
Monthly,812 3456 7890,Host,host@commons.example,,,06/10/2026 18:00,06/10/2026 19:15,75,2,\
Ada Lovage,ada@lake.example,06/10/2026 18:01,06/10/2026 18:56,55,No,
Monthly,812 3456 7890,Host,host@commons.example,,,06/10/2026 18:00,06/10/2026 19:15,75,2,\
Phone caller,,06/10/2026 18:10,06/10/2026 18:20,10,Yes,
"""
WEBINAR = """Attendee Report
Report Generated:,10/07/2026 08:00:00 AM
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registrants
Monthly meeting,812 3456 7890,10/06/2026 06:00:00 PM,75,3
Host Details
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Hosting Team,host@commons.example,10/06/2026 05:55:00 PM,10/06/2026 07:15:00 PM,80,No,United Kingdom
Attendee Details
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,\
Time in Session (minutes),Is Guest,Country/Region Name
Yes,Ada,Ada,Lovage,ada@lake.example,10/01/2026 09:00:00 AM,approved,10/06/2026 06:01:00 PM,10/06/2026 06:56:00 PM,\
55,Yes,
No,Ben Sorrel,Ben,Sorrel,ben@lake.example,10/01/2026 09:00:00 AM,approved,--,--,--,--,
Other Attended
User Name,Join Time,Leave Time,Time in Session (minutes),Country/Region Name
447700900123,10/06/2026 06:10:00 PM,10/06/2026 06:20:00 PM,10,United Kingdom
"""
REGISTERED = """Meeting Registration Report
Report generated:,10/07/2026 08:00:00 AM
Topic,Meeting ID,Scheduled Time,Duration (Minutes),# Registered,# Cancelled
Monthly meeting,812 3456 7890,10/06/2026 06:00:00 PM,75,3,1
Attendee Details
First Name,Last Name,Email,Organization,Job Title,Registration Time,Approval Status
Ada,Lovage,ada@lake.example,Lake Trust,Director,10/01/2026 09:00:00 AM,approved
Ben,,ben@lake.example,,,10/01/2026 09:00:00 AM,denied
Cy,Teasel,CY@lake.example,,,10/01/2026 09:00:00 AM,approved
"""


def read(text: str | bytes) -> Report:
    whole = [text.encode() if isinstance(text, str) else text]
    return read_report(row.cells for row in rows_of(whole, shape_of(whole)) if row.cells is not None)


def test_joins_of_one_person_are_added_up_and_waiting_is_not_being_there() -> None:
    assert read(EACH_JOIN) == Report(kind=Kind.ATTENDANCE, people=(ADA, CALLER), absent=1)


@pytest.mark.parametrize("text", [WITH_SUMMARY, NEWER, WIDE], ids=["summary", "newer", "wide"])
def test_what_is_said_of_the_meeting_is_nobody(text: str) -> None:
    once = Person(names=("Ada Lovage",), address="ada@lake.example", minutes=55)
    assert read(text) == Report(kind=Kind.ATTENDANCE, people=(once, CALLER), absent=0)


def test_a_webinar_says_who_did_not_come() -> None:
    report = read(WEBINAR)
    assert [(one.names, one.address, one.minutes) for one in report.people] == [
        (("Hosting Team",), "host@commons.example", 80),
        (("Ada", "Ada Lovage"), "ada@lake.example", 55),
        (("447700900123",), "", 10),
    ]
    assert (report.kind, report.absent) == (Kind.ATTENDANCE, 1)


def test_registrations_without_those_who_were_turned_down() -> None:
    report = read(REGISTERED)
    assert report.kind == Kind.REGISTRATION
    assert [(one.names, one.address, one.minutes) for one in report.people] == [
        (("Ada Lovage",), "ada@lake.example", None),
        (("Cy Teasel",), "cy@lake.example", None),
    ]
    assert report.absent == 1


@pytest.mark.parametrize(
    "whole",
    [
        b"\xef\xbb\xbf" + WITH_SUMMARY.encode(),
        WITH_SUMMARY.encode("utf-16"),
        WITH_SUMMARY.replace(",", ";").replace("812 3456 7890", '"812 3456 7890"').encode(),
        WITH_SUMMARY.replace("\n", "\r\n").encode("cp1252"),
        WITH_SUMMARY.replace(",", "\t").encode(),
    ],
    ids=["mark", "utf-16", "semicolons", "windows", "tabs"],
)
def test_files_of_any_program_are_read(whole: bytes) -> None:
    assert read(whole) == read(WITH_SUMMARY)


def test_a_title_without_a_separator_says_nothing_of_the_file() -> None:
    assert read(REGISTERED.replace(",", ";")) == read(REGISTERED)


@pytest.mark.parametrize(
    ("said", "forms"),
    [
        ("Ada Lovage", ("Ada Lovage",)),
        ("  Ada   Lovage ", ("Ada Lovage",)),
        ("Addie (Ada Lovage)", ("Addie", "Ada Lovage", "Addie (Ada Lovage)")),
        ("Ada Lovage (she/her)", ("Ada Lovage", "she/her", "Ada Lovage (she/her)")),
        ("(Ada)", ("(Ada)",)),
        ("…", ()),
        ("", ()),
    ],
)
def test_a_name_is_known_by_each_of_its_forms(said: str, forms: tuple[str, ...]) -> None:
    assert forms_of_name(said) == forms


@pytest.mark.parametrize(
    ("text", "why"),
    [("", Trouble.EMPTY), ("\n\n", Trouble.EMPTY), ("Name,Colour\nAda,red\n", Trouble.UNKNOWN)],
)
def test_what_is_no_report_is_refused(text: str, why: Trouble) -> None:
    with pytest.raises(NoReport) as refused:
        read(text)
    assert refused.value.why == why


def test_a_summary_without_people_is_no_report() -> None:
    with pytest.raises(NoReport):
        read("\n".join(WITH_SUMMARY.splitlines()[:2]))


HEADINGS = [
    "Name (Original Name)",
    "User Email",
    "Email",
    "First Name",
    "Duration (Minutes)",
    "Guest",
    "Attended",
    "Topic",
]
CELLS = st.one_of(st.sampled_from([*HEADINGS, "Yes", "No", "ada@x.example", "12", "--", ""]), st.text(max_size=12))


@given(st.lists(st.lists(CELLS, max_size=6), max_size=12))
def test_any_rows_are_read_or_refused(rows: list[list[str]]) -> None:
    """Whatever is in a file, people have a name or an address, one row each, and nobody comes twice."""
    try:
        report = read_report(rows)
    except NoReport:
        return
    assert all(one.names and one.joins >= 1 and (one.minutes is None or one.minutes >= 0) for one in report.people)
    keys = [(one.address, "" if one.address else one.names[0].casefold()) for one in report.people]
    assert len(keys) == len(set(keys))


@given(st.binary(max_size=200), st.lists(st.lists(CELLS, max_size=5), max_size=6))
def test_any_bytes_are_read_or_refused(noise: bytes, rows: list[list[str]]) -> None:
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    for whole in (noise, noise + made.getvalue().encode("utf-8", "replace")):
        try:
            read(whole)
        except NoReport:
            continue
