"""Who was there by the report of a call: looked at first, nobody guessed or written to, and undone (B78, B82)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from events.actions.reporting import (
    ReportRefused,
    discard_report,
    forget_reports,
    proposal,
    take_report,
    undo_report,
    use_report,
)
from events.models import AttendanceReport, Meeting, Registration
from events.rules.attendance import By
from members.actions.erasing import erase
from members.models import AddressKey, Delivery, KeptOff, Network, User
from tests.conftest import signed_in
from tests.events.formats.test_zoom import REGISTERED

pytestmark = pytest.mark.django_db

HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
REPORT = HEAD + (
    "Mira,mira@river.example,,,40,No\n"
    "Mira,mira@river.example,,,20,No\n"
    "Cy (Cyril Teasel),,,,60,Yes\n"
    "Ben Sorrel,,,,60,Yes\n"
    "Dot Yarrow,dot@new.example,,,5,Yes\n"
    "447700900123,,,,5,Yes\n"
)


@pytest.fixture
def held(meeting: Meeting, mira: User) -> Meeting:
    """The meeting was an hour ago; registered are Mira, Cyril, two called Ben, and one who did not come."""
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1))
    meeting.refresh_from_db()
    meeting.registrations.create(user=mira, name=mira.name, state="registered")
    guests = {"cyril@lake.example": "Cyril Teasel", "b1@lake.example": "Ben Sorrel", "b2@lake.example": "Ben Sorrel"}
    for email, name in {**guests, "ada@lake.example": "Ada Lovage"}.items():
        meeting.registrations.create(guest_email=email, name=name)
    meeting.registrations.filter(name="Cyril Teasel").update(state="cancelled")
    return meeting


def take(meeting: Meeting, by: User, text: str = REPORT) -> AttendanceReport:
    return take_report(meeting, text.encode(), by=by, at=timezone.now())


def states(meeting: Meeting) -> dict[str, str]:
    return {row.email: row.state for row in meeting.registrations.select_related("user")}


def test_a_report_is_looked_at_before_anything_changes(held: Meeting, olive: User) -> None:
    before, report = states(held), take(held, olive)
    found = proposal(report)
    assert [(line.person.names[0], line.by, line.may_be_added) for line in found.lines] == [
        ("Mira", By.ADDRESS, False),
        ("Cy", By.NAME, False),
        ("Ben Sorrel", By.SEVERAL, False),
        ("Dot Yarrow", By.NOBODY, True),
        ("447700900123", By.NOBODY, False),
    ]
    assert [(one.name, one.state) for one in found.to_mark] == [
        ("Mira Novak", "registered"),
        ("Cyril Teasel", "cancelled"),
    ]
    assert (found.lines[0].person.minutes, found.lines[0].person.joins, found.missing) == (60, 2, 3)
    assert states(held) == before
    # Nothing of it can be read in the database.
    row = AttendanceReport.objects.values().get()
    assert b"mira" not in bytes(row["sealed"]).lower()
    assert row["counts"] == {"people": 5, "absent": 0}


def test_it_marks_who_was_there_adds_whom_one_chose_and_writes_to_nobody(held: Meeting, olive: User) -> None:
    report = take(held, olive)
    assert use_report(report, seen=proposal(report).seen, add={2, 3, 4}) is True
    assert states(held) == {
        "mira@river.example": "attended",
        "cyril@lake.example": "attended",
        "b1@lake.example": "registered",
        "b2@lake.example": "registered",
        "ada@lake.example": "registered",
        "dot@new.example": "attended",
    }
    dot = Registration.objects.get(guest_email="dot@new.example")
    assert (dot.name, dot.confirmed) == ("Dot Yarrow", False)
    assert Delivery.objects.count() == 0
    report.refresh_from_db()
    found = {"people": 5, "absent": 0, "address": 1, "name": 1, "several": 1, "nobody": 2}
    assert report.counts == {**found, "marked": 2, "added": 1, "missing": 3}
    assert use_report(report, seen=proposal(report).seen) is False


def test_undoing_leaves_what_people_have_said_since(held: Meeting, olive: User) -> None:
    before, report = states(held), take(held, olive, REPORT + "Eve Nettle,eve@new.example,,,5,Yes\n")
    use_report(report, seen=proposal(report).seen, add={3, 5})
    Registration.objects.filter(guest_email="eve@new.example").update(confirmed=True)
    Registration.objects.filter(guest_email="cyril@lake.example").update(state="registered")
    assert undo_report(report) is True
    assert states(held) == {**before, "cyril@lake.example": "registered", "eve@new.example": "attended"}
    assert undo_report(report) is False
    assert bytes(AttendanceReport.objects.get().sealed) == b""


def test_what_has_changed_meanwhile_is_looked_at_again(held: Meeting, olive: User) -> None:
    report = take(held, olive)
    seen = proposal(report).seen
    held.registrations.create(guest_email="dot@new.example", name="Dot Yarrow")
    assert use_report(report, seen=seen) is False
    assert states(held)["mira@river.example"] == "registered"
    assert use_report(report, seen=proposal(report).seen) is True
    assert states(held)["dot@new.example"] == "attended"


def test_a_report_of_registrations_marks_nobody(held: Meeting, olive: User) -> None:
    report = take(held, olive, REGISTERED)
    found = proposal(report)
    assert [(line.by, line.may_be_added) for line in found.lines] == [(By.ADDRESS, False), (By.NOBODY, True)]
    assert found.to_mark == []
    assert use_report(report, seen=found.seen, add={0, 1}) is True
    assert states(held)["cy@lake.example"] == "registered"
    assert states(held)["ada@lake.example"] == "registered"


def test_nobody_comes_back_who_was_erased_and_a_member_is_added_as_one(
    held: Meeting, olive: User, noor: User, network: Network
) -> None:
    KeptOff.objects.create(network=network, reason="erased", digest=AddressKey.objects.digest("dot@new.example"))
    report = take(held, olive, REPORT + "N. Haddad,NOOR@commons.example,,,5,No\n")
    found = proposal(report)
    assert [line.may_be_added for line in found.lines] == [False, False, False, False, False, True]
    use_report(report, seen=found.seen, add={3, 5})
    assert Registration.objects.get(user=noor).state == "attended"
    assert not Registration.objects.filter(guest_email="dot@new.example").exists()


def test_whoever_is_erased_is_taken_out_of_reports_that_wait(held: Meeting, olive: User) -> None:
    report = take(held, olive)
    erase("dot@new.example", at=timezone.now())
    report.refresh_from_db()
    assert [line.person.names[0] for line in proposal(report).lines] == ["Mira", "Cy", "Ben Sorrel", "447700900123"]


def test_whom_a_report_names_is_forgotten_after_a_week(held: Meeting, olive: User) -> None:
    waits, used = take(held, olive), take(held, olive)
    use_report(used, seen=proposal(used).seen)
    late = timezone.now() + AttendanceReport.KEPT_FOR
    assert forget_reports(late - timedelta(minutes=1)) == 0
    assert forget_reports(late + timedelta(minutes=1)) == 2
    assert sorted(AttendanceReport.objects.values_list("state", "sealed")) == [("discarded", b""), ("done", b"")]
    assert undo_report(used) is False
    assert discard_report(waits) is False


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no rows"),
        (b"Colour,Size\nred,2\n", "no report that we know"),
        (b"PK\x03\x04...", "workbook"),
        (b"x" * 5_000_001, "larger than any report"),
    ],
)
def test_what_is_no_report_is_refused_and_not_kept(held: Meeting, olive: User, content: bytes, why: str) -> None:
    with pytest.raises(ReportRefused, match=why):
        take_report(held, content, by=olive, at=timezone.now())
    assert AttendanceReport.objects.count() == 0


def test_a_meeting_to_come_has_no_report(meeting: Meeting, olive: User) -> None:
    with pytest.raises(ReportRefused, match="has not begun"):
        take(meeting, olive)


def upload(client: Client, meeting: Meeting, text: str) -> str:
    file = SimpleUploadedFile("participants.csv", text.encode())
    answer = client.post("/admin/events/attendancereport/add/", {"meeting": meeting.pk, "report": file}, follow=True)
    return " ".join(answer.content.decode().split())


def test_the_pages_of_a_report(held: Meeting, olive: User) -> None:
    client = signed_in(olive)
    assert "This is no report that we know" in upload(client, held, "Colour\nred\n")
    assert "There is nothing in this file" in upload(client, held, "")
    page = upload(client, held, REPORT)
    assert "Mark 2 people as having been there" in page
    assert "dot@new.example" in page
    assert "3 who registered are not in the report" in page
    report = AttendanceReport.objects.get()
    act = f"/admin/events/attendancereport/{report.pk}/act/"
    said = client.post(f"{act}use/", {"seen": "old"}, follow=True)
    assert "Who registered has changed meanwhile" in said.content.decode()
    said = client.post(f"{act}use/", {"seen": proposal(report).seen, "add": ["3"]}, follow=True)
    assert "2 people were marked as having been there; 1 was added." in said.content.decode()
    assert "Undo this report" in said.content.decode()
    assert "Undone" not in client.post(f"{act}discard/", follow=True).content.decode()
    said = client.post(f"{act}undo/", follow=True)
    assert "as it was before the report" in said.content.decode()
    assert client.post(f"{act}burn/").status_code == 404


def test_reports_of_other_networks_are_nobodys(held: Meeting, olive: User, otto: User, noor: User) -> None:
    report = take(held, olive)
    for user in (otto, noor):
        client = signed_in(user)
        assert client.get(f"/admin/events/attendancereport/{report.pk}/change/").status_code == 404
        assert client.post(f"/admin/events/attendancereport/{report.pk}/act/discard/").status_code == 404
    upload(signed_in(otto), held, REPORT)
    assert AttendanceReport.objects.count() == 1
