"""Lists of the panel as spreadsheets: one's own networks only, nothing that runs, no names in the history (B79)."""

import csv
import io

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Meeting, Registration
from members.models import Network, User
from tests.conftest import member_of, person, signed_in

pytestmark = pytest.mark.django_db

MEMBERS = "/admin/members/membership/"
REGISTRATIONS = "/admin/events/registration/"


def table(browser: Client, page: str, asked: str = "") -> list[list[str]]:
    whole = b"".join(browser.post(f"{page}export/{asked}"))  # streamed: it has no content of its own
    return list(csv.reader(io.StringIO(whole.decode("utf-8-sig"), newline="")))


def test_organiser_takes_the_members_along(olive: User, mira: User, otto: User, network: Network) -> None:
    User.objects.filter(pk=mira.pk).update(name='=HYPERLINK("https://bad.example")', job_title="Director")
    joined = f"{mira.memberships.get().joined_at:%Y-%m-%d}"
    assert table(signed_in(olive), MEMBERS) == [
        ["Name", "E-mail address", "Organisation", "Role at work", "Sector", "Role", "Status", "Joined", "Network"],
        [
            '\'=HYPERLINK("https://bad.example")',
            "mira@river.example",
            "River County Council",
            "Director",
            "Public sector",
            "member",
            "active",
            joined,
            "Public voices",
        ],
        [
            "Olive Okonjo",
            "olive@commons.example",
            "Commons Trust",
            "",
            "Civil society",
            "owner",
            "active",
            joined,
            "Public voices",
        ],
    ]


def test_what_the_list_shows_is_what_is_taken_along(olive: User, mira: User) -> None:
    """Filters and search hold, as the page has them."""
    browser = signed_in(olive)
    assert f'action="{MEMBERS}export/?role__exact=member"' in browser.get(f"{MEMBERS}?role__exact=member").text
    assert [row[0] for row in table(browser, MEMBERS, "?role__exact=member")[1:]] == ["Mira Novak"]
    assert [row[0] for row in table(browser, MEMBERS, "?q=Okonjo")[1:]] == ["Olive Okonjo"]


def test_filter_that_there_is_not_leads_back_to_the_list(olive: User) -> None:
    response = signed_in(olive).post(f"{MEMBERS}export/?nonsense__exact=1")
    assert (response.status_code, response.headers["Location"]) == (302, MEMBERS)


def test_organiser_takes_registrations_along(olive: User, meeting: Meeting) -> None:
    Registration.objects.create(meeting=meeting, name="Gus Guest", guest_email="gus@people.example", sector="private")
    assert table(signed_in(olive), REGISTRATIONS) == [
        ["Meeting", "Day", "Name", "E-mail address", "Organisation", "Role at work", "Sector", "State", "Guest"],
        [
            "Juries and panels",
            "2037-01-14",
            "Gus Guest",
            "gus@people.example",
            "",
            "",
            "Private sector",
            "registered",
            "guest",
        ],
    ]


def test_note_taker_looks_at_registrations_and_takes_none_along(noor: User, meeting: Meeting) -> None:
    browser = signed_in(noor)
    assert "Take this list along" not in browser.get(REGISTRATIONS).text
    assert browser.post(f"{REGISTRATIONS}export/").status_code == 403


def test_notes_of_another_network_take_no_registrations_from_it(noor: User, meeting: Meeting, otto: User) -> None:
    """Noor sees the list of a network whose notes she takes; she takes along only what she organises."""
    member_of(otto.memberships.get().network, noor, "organiser")
    Registration.objects.create(meeting=meeting, name="Gus Guest", guest_email="gus@people.example")
    browser = signed_in(noor)
    assert "Gus Guest" in browser.get(REGISTRATIONS).text
    assert table(browser, REGISTRATIONS)[1:] == []


@pytest.mark.parametrize("page", [MEMBERS, REGISTRATIONS])
def test_nobody_else_takes_anything_along(page: str, stan: User, mira: User) -> None:
    """R12."""
    for browser in (Client(), signed_in(stan), signed_in(mira)):
        assert browser.post(f"{page}export/").status_code in {302, 404}
    assert signed_in(stan).get("/admin/login/").status_code == 404


def test_link_takes_nothing_along(olive: User) -> None:
    """A scanner that opens every link leaves no trace of an export that nobody asked for."""
    assert signed_in(olive).get(f"{MEMBERS}export/").status_code == 405
    assert not LogEntry.objects.exists()


def test_history_says_how_many_were_taken_and_names_nobody(olive: User, mira: User, otto: User) -> None:
    """R15."""
    table(signed_in(olive), MEMBERS)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_repr) == (olive, f"network {olive.memberships.get().network_id}")
    assert entry.get_change_message() == "Took along as CSV: 2 memberships"


def test_same_number_of_queries_with_one_row_and_with_fifty(olive: User, network: Network) -> None:
    browser = signed_in(olive)
    with CaptureQueriesContext(connection) as few:
        assert len(table(browser, MEMBERS)) == 2
    for number in range(50):
        member_of(network, person(f"p{number}@people.example", f"Person {number}"))
    with CaptureQueriesContext(connection) as many:
        assert len(table(browser, MEMBERS)) == 52
    assert len(many) == len(few)
