"""Bringing in a list: nobody twice, nobody who left, nothing lost when a worker is killed, and a way back (B78)."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from hypothesis import given, settings as hypothesis_settings, strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import Settings

from members.actions.erasing import erase
from members.actions.importing import (
    ImportRefused,
    begin,
    carry_on,
    choose_columns,
    discard,
    forget_lists,
    go_ahead,
    preview,
    tell,
    undo,
)
from members.actions.joining import Person, agree, ask_to_join, confirm
from members.actions.leaving import leave
from members.formats.people import Field, Standing
from members.importing.bringing import bring_in, bring_slice
from members.importing.reading import read
from members.importing.turns import NotMine, take_turn
from members.models import (
    AddressKey,
    Agreement,
    Batch,
    Brought,
    KeptOff,
    Membership,
    Network,
    Piece,
    Refusal,
    Slice,
    User,
)
from tests.conftest import member_of, person
from tests.members.lists import bring_list, export, mailchimps, read_list, table
from tests.post import letters_sent, run_waiting_tasks

pytestmark = pytest.mark.django_db

NOW = datetime(2037, 1, 1, tzinfo=UTC)
ANN, BOB, CLEO = ("ann@lake.example", "Ann", "Lake"), ("bob@hill.example", "Bob"), ("cleo@fjord.example", "Cleo")


def states(network: Network) -> dict[str, str]:
    """Everybody's state, by address, but the organiser's."""
    rows = network.memberships.exclude(role="owner").values_list("user__email", "state")
    return dict(rows)


# -- What is read ----------------------------------------------------------------------------------------------------


def test_dry_run_says_what_would_become_of_whom_and_does_nothing(network: Network, olive: User, mira: User) -> None:
    gone = person("gone@lake.example", "Gone")
    leave(member_of(network, gone))
    batch = read_list(
        network,
        olive,
        subscribed=[ANN, BOB, ("ann@LAKE.example",), ("MIRA@river.example",), ("gone@lake.example",), ("no address",)],
        unsubscribed=[CLEO],
        cleaned=[("dead@lake.example",)],
        nonsubscribed=[("never@lake.example",)],
    )
    assert (batch.state, batch.counts) == (
        Batch.State.READ,
        {"new": 2, "repeated": 1, "member": 1, "left": 1, "unsubscribed": 1, "cleaned": 1, "never": 1},
    )
    assert (batch.bad, batch.bad_count, batch.total) == ([[0, 7, "bad-address"]], 1, 9)
    assert set(states(network)) == {"mira@river.example", "gone@lake.example"}
    assert not KeptOff.objects.exists()


def test_whoever_is_unsubscribed_in_one_file_is_not_subscribed_by_another(network: Network, olive: User) -> None:
    """Whatever the order of the files, and within one file by a row's own time."""
    batch = bring_list(network, olive, subscribed=[ANN, BOB], unsubscribed=[("Ann@Lake.example",)])
    assert batch.counts["kept-off"] == 1
    assert states(network) == {"bob@hill.example": "brought"}


def test_row_that_says_so_is_unsubscribed_further_down_in_the_same_file(network: Network, olive: User) -> None:
    rows = [["E-mail", "Status"], ["ann@lake.example", "subscribed"], ["ann@lake.example", "unsubscribed"]]
    batch = begin(network, by=olive, files=[("list.csv", io.BytesIO(table(rows)))])
    choose_columns(batch, preview(batch).guesses, Standing.SUBSCRIBED)
    run_waiting_tasks()
    assert go_ahead(batch)
    run_waiting_tasks()
    assert (states(network), KeptOff.objects.count()) == ({}, 1)


def test_any_table_is_read_once_its_columns_are_named(network: Network, olive: User) -> None:
    rows = [["Wer", "Wohin", "Woher"], ["Zoë Ångström", "zoe@fjord.example", "Fjord"]]
    batch = begin(network, by=olive, files=[("liste.csv", io.BytesIO(table(rows).replace(b",", b";")))])
    assert (batch.state, preview(batch).headings, preview(batch).guesses) == (
        "columns",
        ("Wer", "Wohin", "Woher"),
        {Field.ADDRESS: 1},
    )
    choose_columns(batch, {Field.NAME: 0, Field.ADDRESS: 1, Field.ORGANISATION: 2}, Standing.SUBSCRIBED)
    run_waiting_tasks()
    assert go_ahead(batch)
    run_waiting_tasks()
    zoe = User.objects.get(email="zoe@fjord.example")
    assert (zoe.name, zoe.organisation, zoe.has_usable_password()) == ("Zoë Ångström", "Fjord", False)


def test_list_of_people_to_leave_alone_is_brought_in_as_such(network: Network, olive: User) -> None:
    batch = begin(network, by=olive, files=[("no.csv", io.BytesIO(table([["Email"], ["ann@lake.example"]])))])
    choose_columns(batch, {Field.ADDRESS: 0}, Standing.UNSUBSCRIBED)
    run_waiting_tasks()
    assert go_ahead(batch)
    run_waiting_tasks()
    assert bring_list(network, olive, subscribed=[ANN, BOB]).counts["kept-off"] == 1
    assert states(network) == {"bob@hill.example": "brought"}


def workbook() -> io.BytesIO:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
    return whole


def empty_zip() -> io.BytesIO:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        packed.writestr("readme.txt", "Hello")
        packed.writestr("__MACOSX/._list.csv", "junk")
    return whole


def damaged_zip() -> io.BytesIO:
    whole = bytearray(export(subscribed=[ANN] * 50).getvalue())
    whole[60:90] = b"\xff" * 30
    return io.BytesIO(bytes(whole))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("book.xlsx", workbook())], "This is a workbook"),
        ([("book.xls", io.BytesIO(b"\xd0\xcf\x11\xe0" + b"\0" * 600))], "This is a workbook"),
        ([("list.zip", empty_zip())], "There is no CSV file in this zip"),
        ([("list.zip", damaged_zip())], "This zip is damaged"),
        ([("list.csv", io.BytesIO(b"\n\n"))], "There are no rows in this file"),
        ([("a.csv", io.BytesIO(b"Email\na@b.example")), ("b.csv", io.BytesIO(b"Email\nc@d.example"))], "one file at a"),
        (
            [("a.csv", io.BytesIO(b"Email\na@b.example")), ("s.csv", io.BytesIO(mailchimps("subscribed", [ANN])))],
            "Some of these files are Mailchimp's",
        ),
        (
            [("s.csv", io.BytesIO(mailchimps("subscribed", [ANN]).replace(b"Email Address", b"Postal")))],
            "no column “Email Address”",
        ),
        ([("s.zip", export(subscribed=[ANN]))] * 9, "more files than an export has"),
    ],
)
def test_file_that_is_no_list_is_refused_with_what_to_do(
    files: list[tuple[str, io.BytesIO]], sentence: str, network: Network, olive: User
) -> None:
    with pytest.raises(ImportRefused, match=sentence):
        begin(network, by=olive, files=files)
    assert (Batch.objects.count(), Piece.objects.count()) == (0, 0)


def test_zip_that_unpacks_to_more_than_any_list_is_refused(
    network: Network, olive: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("members.actions.importing.MOST_BYTES", 100_000)
    with pytest.raises(ImportRefused, match="larger than any list"):
        begin(network, by=olive, files=[("bomb.zip", export(subscribed=[ANN] * 2_000))])


def test_list_of_nobody_is_refused(network: Network, olive: User) -> None:
    batch = read_list(network, olive, subscribed=[])
    assert (batch.state, batch.total) == (Batch.State.REFUSED, 0)


def test_list_of_too_many_is_refused_and_nothing_of_it_kept(
    network: Network, olive: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("members.importing.reading.MOST_ROWS", 3)
    batch = read_list(network, olive, subscribed=[ANN, BOB, CLEO, ("dan@lake.example",)])
    assert (batch.state, Piece.objects.count(), Slice.objects.count()) == (Batch.State.REFUSED, 0, 0)


# -- What is brought in ----------------------------------------------------------------------------------------------


def test_people_are_brought_in_and_told_nothing(network: Network, olive: User) -> None:
    batch = bring_list(network, olive, subscribed=[("Ann@Lake.example", "Ann", "Lake", "Lake Trust", "Civil society")])
    ann = User.objects.get(email="ann@lake.example")
    assert (batch.state, batch.counts["did-new"], states(network)) == ("done", 1, {"ann@lake.example": "brought"})
    assert (ann.name, ann.organisation, ann.sector) == ("Ann Lake", "Lake Trust", "civil-society")
    assert not Agreement.objects.exists()
    assert letters_sent() == []


def test_account_that_is_there_is_left_as_its_owner_has_it(network: Network, olive: User, otto: User) -> None:
    bring_list(network, olive, subscribed=[("OTTO@museum.example", "Otto", "Other", "Elsewhere")])
    otto.refresh_from_db()
    assert (otto.name, otto.organisation, otto.memberships.count()) == ("Otto Lindqvist", "Glass Museum", 2)


@pytest.mark.parametrize("state", ["pending", "active", "paused", "left"])
def test_nobody_who_is_or_was_here_is_changed(state: str, network: Network, olive: User) -> None:
    """Complaint 8: imports re-subscribe people who left."""
    member_of(network, person("ann@lake.example", "Ann"), state=state)
    bring_list(network, olive, subscribed=[ANN])
    assert states(network) == {"ann@lake.example": state}


def test_closed_account_is_not_brought_in(network: Network, olive: User) -> None:
    ann = person("ann@lake.example", "Ann")
    ann.is_active = False
    ann.save()
    bring_list(network, olive, subscribed=[ANN])
    assert states(network) == {}


def test_whom_an_earlier_list_had_unsubscribed_no_later_one_brings_in(network: Network, olive: User) -> None:
    bring_list(network, olive, unsubscribed=[ANN], cleaned=[BOB])
    batch = bring_list(network, olive, subscribed=[ANN, BOB, CLEO])
    assert (states(network), batch.counts["kept-off"]) == ({"cleo@fjord.example": "brought"}, 2)


def test_another_network_keeps_its_own_list(network: Network, other_network: Network, olive: User, otto: User) -> None:
    """B94."""
    bring_list(other_network, otto, unsubscribed=[ANN])
    bring_list(network, olive, subscribed=[ANN])
    assert states(network) == {"ann@lake.example": "brought"}


def test_whom_a_newer_export_has_unsubscribed_goes_out_again_unless_they_have_agreed(
    network: Network, olive: User
) -> None:
    bring_list(network, olive, subscribed=[ANN, BOB])
    agree(Membership.objects.get(user__email="bob@hill.example"), way="test")
    bring_list(network, olive, unsubscribed=[ANN, BOB])
    assert states(network) == {"ann@lake.example": "left", "bob@hill.example": "active"}


def test_whoever_was_erased_is_brought_back_by_no_list(network: Network, olive: User, mira: User) -> None:
    """Their membership is gone, so a digest stands for it; nothing else of the address stays."""
    erase("mira@river.example", at=NOW)
    batch = bring_list(network, olive, subscribed=[("mira@river.example", "Mira")])
    assert (states(network), batch.counts) == ({}, {"kept-off": 1})
    assert not User.objects.filter(email__icontains="mira").exists()


def test_whoever_joins_by_themselves_is_let_in_and_off_the_list(network: Network, olive: User) -> None:
    bring_list(network, olive, unsubscribed=[ANN])
    confirm(ask_to_join(network, email="ann@lake.example", person=Person(name="Ann", sector="public")))
    assert (states(network), KeptOff.objects.count()) == ({"ann@lake.example": "active"}, 0)


def test_whoever_was_brought_over_and_joins_by_the_form_agrees_by_it(network: Network, olive: User) -> None:
    """Nobody has to approve of somebody whom an organiser put on the list."""
    Network.objects.update(needs_approval=True)
    bring_list(network, olive, subscribed=[ANN])
    confirm(ask_to_join(network, email="ann@lake.example", person=Person(name="Ann", sector="public")))
    assert states(network) == {"ann@lake.example": "active"}
    assert Agreement.objects.get().way == "join form, confirmed by mail"


def test_refusal_of_a_guest_holds_when_they_are_brought_over(network: Network, olive: User) -> None:
    Refusal.objects.create(network=network, guest_email="ann@lake.example", kind="notes")
    bring_list(network, olive, subscribed=[ANN])
    agree(Membership.objects.get(user__email="ann@lake.example"), way="test")
    assert list(Refusal.objects.values_list("user__email", "kind")) == [("ann@lake.example", "notes")]


def test_only_a_list_that_waits_is_brought_in_and_only_once(network: Network, olive: User) -> None:
    batch = read_list(network, olive, subscribed=[ANN])
    assert [go_ahead(batch), go_ahead(batch), discard(batch), undo(batch)] == [True, False, False, False]


def test_as_many_queries_for_a_thousand_as_for_ten(network: Network, olive: User) -> None:
    counts = []
    for number in (10, 900):
        people = [(f"p{one}@n{number}.example",) for one in range(number)]
        batch = read_list(network, olive, subscribed=people)
        go_ahead(batch)
        batch.refresh_from_db()
        with CaptureQueriesContext(connection) as asked:
            assert bring_slice(take_turn(batch.pk, Batch.State.BRINGING))
        counts.append(len([query for query in asked if "INSERT" not in query["sql"]]))
    assert counts[0] == counts[1]


# -- Killed at any time ----------------------------------------------------------------------------------------------


def test_reader_that_was_killed_begins_again_and_counts_nobody_twice(network: Network, olive: User) -> None:
    batch = read_list(network, olive, subscribed=[ANN, BOB])
    begun = export(subscribed=[ANN, BOB, ("no address",)])
    again = begin(network, by=olive, files=[("audience.zip", begun)])
    # As a worker leaves it that was killed behind its first slice.
    Slice.of(again, 0, [[2, "x@y.example", "subscribed", "", "", "", ""]]).save()
    Batch.objects.filter(pk=again.pk).update(counts={"new": 1}, bad_count=4, total=5)
    run_waiting_tasks()
    again.refresh_from_db()
    assert (again.counts, again.bad_count, again.total) == (batch.counts, 1, 3)


def test_two_workers_bring_in_everybody_once(network: Network, olive: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that was thought dead finds that it is not its turn any more."""
    monkeypatch.setattr(Slice, "SIZE", 1)
    batch = read_list(network, olive, subscribed=[ANN, BOB, CLEO])
    go_ahead(batch)
    slow = take_turn(batch.pk, Batch.State.BRINGING)
    assert bring_slice(slow)
    bring_in.call(batch.pk)
    with pytest.raises(NotMine):
        bring_slice(slow)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.counts["did-new"], Brought.objects.count()) == ("done", 3, 3, 3)


def test_what_a_killed_worker_left_is_carried_on(network: Network, olive: User) -> None:
    batch = read_list(network, olive, subscribed=[ANN])
    go_ahead(batch)
    DBTaskResult.objects.all().delete()
    Batch.objects.update(moved_at=NOW)
    assert carry_on(NOW + timedelta(minutes=1)) == []
    assert carry_on(NOW + timedelta(minutes=3)) == [batch.pk]
    run_waiting_tasks()
    assert states(network) == {"ann@lake.example": "brought"}
    assert carry_on(NOW + timedelta(hours=1)) == []


def test_list_that_stops_its_reader_each_time_is_refused(network: Network, olive: User) -> None:
    batch = begin(network, by=olive, files=[("audience.zip", export(subscribed=[ANN]))])
    DBTaskResult.objects.all().delete()
    for again in range(5):
        assert carry_on(NOW + timedelta(minutes=again * 3)) == [batch.pk]
    assert carry_on(NOW + timedelta(hours=1)) == []
    batch.refresh_from_db()
    assert (batch.state, Piece.objects.count()) == (Batch.State.REFUSED, 0)


def test_turn_ends_after_some_seconds_and_the_rest_waits_behind_other_tasks(
    network: Network, olive: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks for a sign-in code meanwhile does not wait for a hundred thousand people."""
    monkeypatch.setattr(Slice, "SIZE", 1)
    monkeypatch.setattr("members.importing.bringing.SECONDS_A_TURN", 0)
    batch = read_list(network, olive, subscribed=[ANN, BOB, CLEO])
    go_ahead(batch)
    bring_in.call(batch.pk)
    batch.refresh_from_db()
    assert (batch.done, batch.state) == (1, "bringing")
    run_waiting_tasks()
    batch.refresh_from_db()
    assert (batch.done, batch.state) == (3, "done")


def test_task_for_a_list_that_is_gone_does_nothing(db: None) -> None:
    assert (read.call(1), bring_in.call(1)) == (None, None)


# -- What is kept ----------------------------------------------------------------------------------------------------


def test_list_is_unreadable_while_it_is_kept_and_gone_once_it_is_done(network: Network, olive: User) -> None:
    batch = begin(network, by=olive, files=[("audience.zip", export(subscribed=[ANN]))])
    assert not [piece for piece in Piece.objects.all() if b"ann@lake" in bytes(piece.sealed)]
    assert b"ann@lake" in b"".join(batch.chunks(0))
    run_waiting_tasks()
    assert (Piece.objects.count(), [b"ann@lake" in bytes(one.sealed) for one in Slice.objects.all()]) == (0, [False])
    go_ahead(batch)
    run_waiting_tasks()
    assert Slice.objects.count() == 0


def test_nothing_of_a_list_is_in_tasks_or_batches(network: Network, olive: User) -> None:
    """R15: ids and counts only."""
    batch = bring_list(network, olive, subscribed=[ANN, ("bad ann@lake",)], unsubscribed=[BOB])
    kept = str(list(DBTaskResult.objects.values())) + str(Batch.objects.filter(pk=batch.pk).values())
    assert not [word for word in ("lake", "hill", "Ann", "Bob") if word in kept]


def test_list_nobody_decides_about_is_deleted_after_a_week(network: Network, olive: User) -> None:
    batch = read_list(network, olive, subscribed=[ANN])
    assert forget_lists(batch.created_at + timedelta(days=6)) == 0
    assert forget_lists(batch.created_at + timedelta(days=8)) == 1
    batch.refresh_from_db()
    assert (batch.state, Slice.objects.count()) == (Batch.State.DISCARDED, 0)


def test_address_is_known_again_after_the_keys_were_changed(network: Network, olive: User, settings: Settings) -> None:
    """The list of those who asked to be left alone outlives every key it was made under."""
    bring_list(network, olive, unsubscribed=[ANN])
    assert not AddressKey.objects.renew_seal()
    old, new = settings.NOTES_KEYS[0], Fernet.generate_key().decode()
    settings.NOTES_KEYS = [new, old]
    assert [AddressKey.objects.renew_seal(), AddressKey.objects.renew_seal()] == [True, False]
    settings.NOTES_KEYS = [new]
    assert read_list(network, olive, subscribed=[ANN]).counts == {"kept-off": 1}


# -- Telling ---------------------------------------------------------------------------------------------------------


def test_whoever_was_brought_over_is_written_to_once_and_from_then_on_is_on_the_list(
    network: Network, olive: User
) -> None:
    batch = bring_list(network, olive, subscribed=[ANN, BOB])
    agree(Membership.objects.get(user__email="bob@hill.example"), way="test")
    letters_sent()
    listed = Membership.objects.on_list().filter(network=network).order_by("pk")
    assert [one.user.email for one in listed.all()] == ["olive@commons.example", "bob@hill.example"]
    assert [tell(batch, by=olive), tell(batch, by=olive)] == [1, 0]
    (letter,) = letters_sent()
    assert (letter.to, letter.subject) == (["ann@lake.example"], "Public voices has a new home")
    assert "ann@lake.example" in str(letter.body)
    assert listed.all().count() == 3


# -- Undoing ---------------------------------------------------------------------------------------------------------


def undone(batch: Batch) -> Batch:
    assert undo(batch)
    run_waiting_tasks()
    batch.refresh_from_db()
    assert batch.state == Batch.State.UNDONE
    return batch


def test_undoing_takes_out_whom_the_batch_made_and_nobody_touched(network: Network, olive: User, otto: User) -> None:
    before = set(User.objects.values_list("email", flat=True))
    batch = bring_list(network, olive, subscribed=[ANN, BOB, ("otto@museum.example",)], unsubscribed=[CLEO])
    batch = undone(batch)
    assert (states(network), set(User.objects.values_list("email", flat=True))) == ({}, before)
    assert (KeptOff.objects.count(), batch.counts["undone"], batch.counts["stayed"]) == (0, 3, 0)
    assert otto.memberships.count() == 1


def test_undoing_leaves_whoever_has_done_something_since(network: Network, other_network: Network, olive: User) -> None:
    """Agreed, left, signed in, joined elsewhere, refused a letter."""
    people = ["agreed", "left", "signed-in", "elsewhere", "refused", "untouched"]
    batch = bring_list(network, olive, subscribed=[(f"{name}@lake.example",) for name in people])
    users = {name: User.objects.get(email=f"{name}@lake.example") for name in people}
    agree(users["agreed"].memberships.get(), way="test")
    leave(users["left"].memberships.get())
    User.objects.filter(pk=users["signed-in"].pk).update(last_login=NOW)
    member_of(other_network, users["elsewhere"])
    Refusal.objects.create(network=network, user=users["refused"], kind="notes")
    batch = undone(batch)
    assert (batch.counts["undone"], batch.counts["stayed"]) == (1, 5)
    assert states(network) == {
        "agreed@lake.example": "active",
        "left@lake.example": "left",
        "signed-in@lake.example": "brought",
        "elsewhere@lake.example": "brought",
        "refused@lake.example": "brought",
    }


def test_undoing_one_list_lets_another_still_keep_people_off(network: Network, olive: User) -> None:
    first = bring_list(network, olive, unsubscribed=[ANN])
    bring_list(network, olive, unsubscribed=[ANN])
    undone(first)
    assert bring_list(network, olive, subscribed=[ANN]).counts["kept-off"] == 1


def test_letter_that_waits_is_not_sent_to_whoever_was_taken_out(network: Network, olive: User) -> None:
    batch = bring_list(network, olive, subscribed=[ANN])
    tell(batch, by=olive)
    assert undo(batch)
    DBTaskResult.objects.ready().filter(task_path__endswith="deliver").update(priority=-10)
    assert letters_sent() == []


# -- Whatever comes --------------------------------------------------------------------------------------------------


class AnyFile(TestCase):
    """A file of whatever bytes is a report or a sentence, never an error."""

    @hypothesis_settings(max_examples=60, deadline=None)
    @given(
        st.one_of(
            st.binary(max_size=3_000),
            st.text(st.sampled_from('ab@.,;\t"\n\r=<>é\0'), max_size=600).map(lambda rows: f"Email\n{rows}".encode()),
            st.binary(max_size=1_500).map(lambda rows: mailchimps("subscribed", [ANN]) + rows),
            st.binary(max_size=600).map(lambda rest: export(subscribed=[ANN, BOB]).getvalue()[:-40] + rest),
        ),
        st.sampled_from(list(Standing)[:2]),
    )
    def test_any_file_is_a_report_or_a_sentence(self, whole: bytes, standing: Standing) -> None:
        network = Network.objects.create(name="Fuzz", slug="fuzz")
        olive = User.objects.create_user("fuzz@commons.example")
        try:
            batch = begin(network, by=olive, files=[("any", io.BytesIO(whole))])
        except ImportRefused:
            return
        if batch.state == Batch.State.COLUMNS:
            choose_columns(batch, preview(batch).guesses or {Field.ADDRESS: 0}, standing)
        run_waiting_tasks()
        batch.refresh_from_db()
        assert batch.state in {Batch.State.READ, Batch.State.REFUSED}
        assert batch.total == batch.bad_count + sum(batch.counts.values())
        go_ahead(batch)
        run_waiting_tasks()
        assert network.memberships.count() == batch.counts.get("new", 0)
