"""What is being typed is kept on the server, for its writer alone, until it is noted or forgotten (T37, T39)."""

import json
import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cop.lib.encryption import decrypt
from events.models import AgendaItem, Meeting, Registration
from members.models import User
from notes.actions import refusals
from notes.actions.forgetting import forget
from notes.actions.jotting import jot
from notes.actions.noting import add_note, delete_note, edit_note
from notes.models import Note, Notebook
from notes.models.drafts import Jotting
from tests.conftest import signed_in
from tests.notes.conftest import NOW, key
from tests.notes.steps import panel

WORDS = "Juries need"
TOKEN = UUID("11111111-2222-4333-8444-555555555555")


def kept() -> list[tuple[str, int | None]]:
    return [(json.loads(one.words)["text"], one.changes) for one in Jotting.objects.order_by("pk")]


def keep(client: Client, meeting: Meeting, text: str, **more: object) -> int:
    fields = {"token": str(TOKEN), "text": text, "kind": "point", **more}
    return client.post(panel("keep", meeting), fields).status_code


def test_what_is_typed_is_kept_overwritten_and_gone_when_noted(meeting: Meeting, noor: User) -> None:
    client = signed_in(noor)
    assert keep(client, meeting, WORDS) == 204
    assert keep(client, meeting, WORDS + " time.") == 204
    assert kept() == [(WORDS + " time.", None)]
    client.post(panel("desk", meeting), {"text": WORDS + " time.", "kind": "point", "token": str(TOKEN)})
    assert (kept(), Note.objects.get().text) == ([], WORDS + " time.")


def test_what_is_kept_is_unreadable_in_the_database(meeting: Meeting, noor: User) -> None:
    keep(signed_in(noor), meeting, WORDS, contributor="r7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM notes_jotting")
        (stored,) = cursor.fetchone()
    assert json.loads(decrypt(stored))["contributor"] == "r7"
    # Nothing but the token: two characters may stand in its own letters by chance.
    assert re.fullmatch(r"gAAAAA[\w=-]+", stored)


def test_an_autosave_that_comes_late_does_not_bring_back_what_is_noted(notebook: Notebook, noor: User) -> None:
    add_note(notebook, text=WORDS, token=TOKEN)
    jot(notebook, writer=noor, token=TOKEN, words={"text": WORDS})
    assert kept() == []
    jot(notebook, writer=noor, token=TOKEN, words={"text": "Other words on the other screen."})
    assert kept() == [("Other words on the other screen.", None)]


def test_an_emptied_form_keeps_nothing(meeting: Meeting, noor: User) -> None:
    client = signed_in(noor)
    keep(client, meeting, WORDS)
    keep(client, meeting, "  ")
    assert kept() == []


def test_a_closed_tab_loses_nothing(meeting: Meeting, noor: User, ana: Registration) -> None:
    client = signed_in(noor)
    keep(client, meeting, WORDS, contributor=key(ana), confidential="on")
    page = client.get(panel("desk", meeting)).content.decode()
    assert "You wrote this and have not noted it yet" in page
    assert page.count(WORDS) == 1
    again = client.get(panel("desk", meeting) + f"?go-on={TOKEN}").content.decode()
    assert f">\n{WORDS}</textarea>" in again
    assert f'value="{TOKEN}"' in again
    assert f'value="{key(ana)}" selected' in again
    assert re.search(r'name="confidential"[^>]*checked', again)
    assert "You wrote this" not in again


def test_nobody_else_sees_that_somebody_writes(meeting: Meeting, noor: User, olive: User) -> None:
    """T39: no presence, no cursor, no "last edited by"."""
    signed_in(noor).get(panel("desk", meeting))
    seen = [signed_in(olive).get(panel(name, meeting)) for name in ("desk", "items", "review")]
    keep(signed_in(noor), meeting, WORDS)
    again = [signed_in(olive).get(panel(name, meeting)) for name in ("desk", "items", "review")]
    for before, after in zip(seen, again, strict=True):
        assert WORDS not in after.content.decode()
        assert len(before.content) == len(after.content)
    assert seen[1]["ETag"] == again[1]["ETag"]


def test_words_are_thrown_away_by_their_writer_only(meeting: Meeting, noor: User, olive: User) -> None:
    keep(signed_in(noor), meeting, WORDS)
    for act in ({"leave": "1"}, {"text": ""}):
        signed_in(olive).post(panel("keep", meeting), {"token": str(TOKEN), **act})
    assert kept() == [(WORDS, None)]
    answer = signed_in(noor).post(panel("keep", meeting), {"token": str(TOKEN), "leave": "1"})
    assert answer["Location"] == panel("desk", meeting)
    assert kept() == []


def test_a_change_goes_on_where_it_was_left(meeting: Meeting, notebook: Notebook, noor: User) -> None:
    note, client = add_note(notebook, text="Before."), signed_in(noor)
    keep(client, meeting, "Half of", changes=note.pk, revision=1)
    page = client.get(panel("desk", meeting)).content.decode()
    address = f"{panel('item', meeting, note.pk)}?go-on={TOKEN}"
    assert address in page
    assert ">\nHalf of</textarea>" in client.get(address).content.decode()
    client.post(
        panel("item", meeting, note.pk), {"text": "Half of it.", "kind": "point", "revision": 1, "token": str(TOKEN)}
    )
    assert (Note.objects.get().text, kept()) == ("Half of it.", [])


def test_words_for_an_item_that_was_struck_out_are_not_lost(meeting: Meeting, notebook: Notebook, noor: User) -> None:
    note, client = add_note(notebook, text="Before."), signed_in(noor)
    keep(client, meeting, "Long thoughts", changes=note.pk, revision=1)
    delete_note(note)
    answer = client.post(
        panel("item", meeting, note.pk), {"text": "Long thoughts.", "kind": "point", "revision": 1, "token": str(TOKEN)}
    )
    page = answer.content.decode()
    assert "Somebody struck this item out while you wrote." in page
    assert ">\nLong thoughts.</textarea>" in page
    assert f'action="{panel("desk", meeting)}"' in page
    assert "Long thoughts" in client.get(panel("desk", meeting)).content.decode()
    assert (
        ">\nLong thoughts</textarea>" in client.get(f"{panel('item', meeting, note.pk)}?go-on={TOKEN}").content.decode()
    )
    assert client.get(panel("item", meeting, note.pk)).status_code == 404


def test_forgetting_takes_them_too_and_none_comes_after(
    meeting: Meeting, notebook: Notebook, noor: User, ana: Registration
) -> None:
    """R11. Contributors go as well."""
    keep(signed_in(noor), meeting, WORDS)
    add_note(notebook, text="Said.", contributor=key(ana))
    assert notebook.contributors.count() == 1
    forget(notebook, at=NOW)
    assert (kept(), notebook.contributors.count()) == ([], 0)
    assert keep(signed_in(noor), meeting, WORDS) == 409
    assert kept() == []


def test_what_is_typed_when_notes_close_comes_back_with_the_reason(meeting: Meeting, noor: User) -> None:
    Notebook.objects.create(meeting=meeting, state="circulated")
    page = signed_in(noor).post(panel("desk", meeting), {"text": WORDS, "kind": "point"}).content.decode()
    assert "can no longer be changed here" in page
    assert WORDS in page


def test_a_form_without_its_name_keeps_nothing(meeting: Meeting, noor: User) -> None:
    assert keep(signed_in(noor), meeting, WORDS, token="no-uuid") == 400  # no password
    assert kept() == []


def test_strangers_neither_keep_nor_look(meeting: Meeting, mira: User, otto: User) -> None:
    """R12."""
    for user, status in [(otto, 404), (mira, 302)]:
        assert keep(signed_in(user), meeting, WORDS) == status
    assert signed_in(otto).get(panel("items", meeting)).status_code == 404
    assert Client().get(panel("items", meeting)).status_code == 302
    assert signed_in(mira).post(panel("items", meeting)).status_code == 302
    assert kept() == []


# -- What others have noted --------------------------------------------------------------------------------------------


def test_an_unchanged_desk_is_answered_without_a_body(meeting: Meeting, notebook: Notebook, noor: User) -> None:
    note = add_note(notebook, text="First.")
    client, address = signed_in(noor), panel("items", meeting)
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    seen = {etag}
    changes: list[Callable[[], object]] = [
        lambda: add_note(notebook, text="Second."),
        lambda: edit_note(
            note, revision=1, text="First!", agenda_item=None, contributor="", kind="point", confidential=False,
            may_lift=False,
        ),
        lambda: Note.objects.filter(pk=note.pk).update(suggested_text="Other."),
        lambda: Note.objects.filter(pk=note.pk).update(position=9),
        lambda: delete_note(note),
    ]  # fmt: skip
    for change in changes:
        change()
        answer = client.get(address, headers={"If-None-Match": etag})
        assert answer.status_code == 200
        etag = answer["ETag"]
        seen.add(etag)
    assert len(seen) == len(changes) + 1


def test_the_desk_takes_the_same_queries_for_one_item_and_for_thirty(
    meeting: Meeting, notebook: Notebook, noor: User, ana: Registration, discussion: AgendaItem
) -> None:
    client, pages = signed_in(noor), []
    for number in range(30):
        add_note(notebook, text=f"Said {number}.", agenda_item=discussion, contributor=key(ana))
        if number in {0, 29}:
            with CaptureQueriesContext(connection) as queries:
                text = client.get(panel("items", meeting)).content.decode()
            pages.append((text.count('class="item"'), len(queries)))
    assert pages == [(1, pages[0][1]), (30, pages[0][1])]


# -- Do not note my comments -------------------------------------------------------------------------------------------


def test_note_takers_see_who_is_not_to_be_noted(meeting: Meeting, noor: User, ana: Registration) -> None:
    Registration.objects.filter(pk=ana.pk).update(do_not_note=True)
    page = signed_in(noor).get(panel("desk", meeting)).content.decode()
    assert "Asked not to be noted" in page
    assert "<li>Ana Prieto</li>" in page
    assert f'<option value="{key(ana)}" disabled>Ana Prieto (asked not to be noted)</option>' in page


def test_what_they_said_is_given_to_nobody_else(
    notebook: Notebook, ana: Registration, bola: Registration, noor: User
) -> None:
    """R5: whoever asks late takes their points out; another name, or none, would bring them back."""
    note = add_note(notebook, text="Said.", contributor=key(ana))
    Registration.objects.filter(pk=ana.pk).update(do_not_note=True)
    for other in (key(ana), key(bola), ""):
        with pytest.raises(refusals.AskedNotToBeNoted):
            edit_note(
                note, revision=1, text="Said.", agenda_item=None, contributor=other, kind="point",
                confidential=False, may_lift=True,
            )  # fmt: skip
    assert Note.objects.get().contributor == key(ana)


def test_the_same_change_twice_is_no_quarrel(notebook: Notebook) -> None:
    """The answer to the first press was lost; the second finds its own words."""
    note = add_note(notebook, text="Before.")
    for _ in range(2):
        edit_note(
            note, revision=1, text="After.", agenda_item=None, contributor="", kind="point", confidential=False,
            may_lift=False, token=uuid4(),
        )  # fmt: skip
    assert Note.objects.get().text == "After."
