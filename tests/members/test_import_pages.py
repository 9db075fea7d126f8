"""The panel's pages of an import: from the file to people, one press each, and no name in history or messages (B78)."""

import io
import re

import pytest
from django.conf import LazySettings
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.admin import uploading
from members.models import Batch, Membership, Network, User
from tests.conftest import signed_in
from tests.members.lists import bring_list, export, read_list, table
from tests.post import letters_sent, run_waiting_tasks

pytestmark = pytest.mark.django_db

LIST = "/admin/members/batch/"
ANN, BOB, CLEO = ("ann@lake.example", "Ann", "Lake"), ("bob@hill.example", "Bob"), ("cleo@fjord.example", "Cleo")


def page(batch: Batch) -> str:
    return f"{LIST}{batch.pk}/change/"


def press(browser: Client, batch: Batch, name: str, /, **said: str) -> str:
    return browser.post(f"{LIST}{batch.pk}/act/{name}/", said, follow=True).text


def words(html: str) -> str:
    """What one reads on a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<body")[2]).split())


def test_from_mailchimps_zip_to_people_who_have_been_told(network: Network, olive: User) -> None:
    browser = signed_in(olive)
    assert 'href="/admin/members/batch/add/"' in browser.get(LIST).text
    whole = export(subscribed=[ANN, BOB, ("not an address",)], unsubscribed=[CLEO])
    whole.name = "audience.zip"
    response = browser.post(f"{LIST}add/", {"network": network.pk, "lists": whole}, follow=True)
    batch = Batch.objects.get()
    assert "The list is being read: 0 rows so far." in words(response.text)

    run_waiting_tasks()
    report = words(browser.get(page(batch)).text)
    assert "2 new to the network can be brought in" in report
    assert "1 have unsubscribed get no letter" in report
    assert "Bring in 2 people without the bad row" in report
    assert "Subscribed 4 What stands for the e-mail address is none." in report

    assert "People are being brought in: 0 of 3 done." in words(press(browser, batch, "go"))
    run_waiting_tasks()
    done = words(browser.get(page(batch)).text)
    assert "2 people were brought in" in done
    assert "Write to 2 people" in done
    assert letters_sent() == []

    assert "A letter is on its way to 2 people." in words(press(browser, batch, "tell"))
    assert {letter.to[0] for letter in letters_sent()} == {"ann@lake.example", "bob@hill.example"}
    assert "Write to" not in words(browser.get(page(batch)).text)

    assert "The import is being undone" in words(press(browser, batch, "undo"))
    run_waiting_tasks()
    assert "2 were taken out again" in words(browser.get(page(batch)).text)
    assert network.memberships.count() == 1


def test_any_table_with_its_columns_picked(network: Network, olive: User) -> None:
    browser = signed_in(olive)
    whole = io.BytesIO(table([["Wer", "Wohin"], ["Zoë", "zoe@fjord.example"]]))
    whole.name = "liste.csv"
    shown = browser.post(f"{LIST}add/", {"network": network.pk, "lists": whole}, follow=True).text
    batch = Batch.objects.get()
    assert "zoe@fjord.example" in words(shown)
    assert '<option value="1" selected>Wohin</option>' in shown

    refused = browser.post(f"{LIST}{batch.pk}/act/columns/", {"standing": "subscribed", "name": "0"})
    assert (refused.status_code, "Say which column holds the addresses." in refused.text) == (422, True)
    assert '<option value="0" selected>Wer</option>' in refused.text

    assert "is being read" in press(browser, batch, "columns", standing="subscribed", name="0", address="1")
    run_waiting_tasks()
    assert "Bring in 1 person" in words(browser.get(page(batch)).text)
    assert "There is nothing to do any more." in press(browser, batch, "columns", standing="subscribed", address="1")


def test_list_is_thrown_away_at_a_press(network: Network, olive: User) -> None:
    batch, browser = read_list(network, olive, subscribed=[ANN]), signed_in(olive)
    assert "Nobody was brought in, and the list is deleted." in press(browser, batch, "discard")
    assert "There is nothing to do any more." in press(browser, batch, "go")
    assert not Membership.objects.filter(state="brought").exists()


def test_list_of_nobody_says_so(network: Network, olive: User) -> None:
    batch = read_list(network, olive, subscribed=[])
    assert "There is nobody on this list" in signed_in(olive).get(page(batch)).text


def test_upload_without_a_file_says_what_to_do(network: Network, olive: User) -> None:
    response = signed_in(olive).post(f"{LIST}add/", {"network": network.pk})
    assert (response.status_code, "Choose the file to bring people in from." in response.text) == (422, True)


def test_file_that_is_no_list_is_refused_on_the_page(network: Network, olive: User) -> None:
    whole = io.BytesIO(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    whole.name = "book.xls"
    response = signed_in(olive).post(f"{LIST}add/", {"network": network.pk, "lists": whole})
    assert (response.status_code, "Save it as “CSV UTF-8”" in response.text) == (422, True)


def test_file_too_large_is_refused_before_it_is_read(
    network: Network, olive: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading, "LARGEST_REQUEST", 1_000)
    whole = io.BytesIO(b"Email\n" + b"a@b.example\n" * 500)
    whole.name = "list.csv"
    response = signed_in(olive).post(f"{LIST}add/", {"network": network.pk, "lists": whole})
    assert (response.status_code, "in parts of at most 40 MB" in response.text) == (422, True)
    assert not Batch.objects.exists()


def test_large_upload_stays_in_memory(network: Network, olive: User, settings: LazySettings) -> None:
    """Django would write it to a temporary file, in clear; no such folder here."""
    settings.FILE_UPLOAD_TEMP_DIR = "/nowhere/at/all"
    whole = io.BytesIO(table([["Email"], *[[f"p{one}@lake.example"] for one in range(150_000)]]))
    assert whole.getbuffer().nbytes > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    whole.name = "list.csv"
    assert signed_in(olive).post(f"{LIST}add/", {"network": network.pk, "lists": whole}).status_code == 302


def test_upload_is_checked_for_forgery(network: Network, olive: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(olive)
    whole = export(subscribed=[ANN])
    whole.name = "audience.zip"
    assert browser.post(f"{LIST}add/", {"network": network.pk, "lists": whole}).status_code == 403
    assert not Batch.objects.exists()


def test_nobody_brings_people_into_a_network_that_is_not_theirs(
    other_network: Network, olive: User, network: Network
) -> None:
    whole = export(subscribed=[ANN])
    whole.name = "audience.zip"
    response = signed_in(olive).post(f"{LIST}add/", {"network": other_network.pk, "lists": whole})
    assert (response.status_code, Batch.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["go", "discard", "undo", "tell", "columns"])
def test_import_of_another_network_does_not_exist(name: str, network: Network, olive: User, otto: User) -> None:
    """R12, B94."""
    batch, theirs = read_list(network, olive, subscribed=[ANN]), signed_in(otto)
    assert theirs.get(page(batch)).status_code == 404
    assert theirs.post(f"{LIST}{batch.pk}/act/{name}/").status_code == 404
    assert "Import" not in words(theirs.get(LIST).text).partition("0 imports")[0].replace("Imports", "")


def test_unknown_presses_and_wrong_ways_of_pressing(network: Network, olive: User) -> None:
    batch, browser = read_list(network, olive, subscribed=[ANN]), signed_in(olive)
    assert browser.get(f"{LIST}{batch.pk}/act/go/").status_code == 405
    assert browser.post(f"{LIST}{batch.pk}/act/erase/").status_code == 404
    assert browser.get(f"{LIST}999/change/").status_code == 404
    assert browser.get(f"{LIST}x/change/").status_code == 404


def test_no_history_and_no_message_names_anybody(network: Network, olive: User) -> None:
    """R15: the import's own words and numbers only."""
    batch, browser = read_list(network, olive, subscribed=[ANN]), signed_in(olive)
    said = [press(browser, batch, "go")]
    run_waiting_tasks()
    said += [press(browser, batch, name) for name in ("tell", "undo")]
    history = str(list(LogEntry.objects.values()))
    assert LogEntry.objects.count() == 3
    assert not [word for word in ("ann", "lake") if word in (history + "".join(said)).lower().replace("planned", "")]


def test_bad_rows_are_listed_without_what_they_hold(network: Network, olive: User) -> None:
    batch = read_list(network, olive, subscribed=[("secret at lake", "Secret")])
    shown = signed_in(olive).get(page(batch)).text
    assert ("What stands for the e-mail address is none." in shown, "ecret" in words(shown)) == (True, False)


def test_same_number_of_queries_with_one_import_and_with_three(network: Network, olive: User) -> None:
    browser = signed_in(olive)
    bring_list(network, olive, subscribed=[ANN])
    counts = []
    for people in ([], [BOB], [CLEO]):
        if people:
            bring_list(network, olive, subscribed=people)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(LIST).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[2]


def test_brought_over_member_is_made_active_by_nobody_else(network: Network, olive: User) -> None:
    bring_list(network, olive, subscribed=[ANN])
    ann = Membership.objects.get(user__email="ann@lake.example")
    address = reverse("admin:members_membership_change", args=[ann.pk])
    browser = signed_in(olive)
    assert 'name="state"' not in browser.get(address).text
    browser.post(address, {"state": "active", "role": "organiser"})
    ann.refresh_from_db()
    assert (ann.state, ann.role) == ("brought", "member")


def test_nobody_is_made_brought_over_by_hand(network: Network, olive: User, mira: User) -> None:
    mine = mira.memberships.get()
    address = reverse("admin:members_membership_change", args=[mine.pk])
    browser = signed_in(olive)
    assert browser.post(address, {"state": "brought", "role": "member"}).status_code == 200
    mine.refresh_from_db()
    assert mine.state == "active"
