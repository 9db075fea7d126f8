"""Between a page and its press others press too: what counts is what was on the page (R2, R8, threats 51 and 56)."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cop.lib.signing import personal_token
from events.models import AgendaItem, Meeting, Registration
from members.actions.erasing import erase
from members.models import Network, User
from notes.actions import correcting, reviewing
from notes.actions.adding import add_own_point
from notes.actions.asking import ask_contributors
from notes.actions.freezing import circulated_edition
from notes.actions.noting import add_note, edit_note
from notes.actions.suggesting import points_of, suggest
from notes.models import ConsentRequest, Correction, Note, Notebook
from notes.rules.vocabulary import Attribution
from tests.conftest import signed_in
from tests.notes.conftest import key
from tests.notes.test_publishing import LATER, NOBODYS, out, read

__all__ = ["out"]

WORDS = "Juries need time to learn."


def hidden(client: Client, address: str, form: str = "") -> dict[str, str]:
    """The hidden fields of the page, or of the form on it that is posted to `form`."""
    page = client.get(address).content.decode()
    part = re.search(rf'<form[^>]*{re.escape(form)}".*?</form>', page, re.DOTALL) if form else None
    found = re.findall(r'<input type="hidden"\s+name="([\w-]+)"\s+value="([^"]*)"', part[0] if part else page)
    return dict(found)


def read_now(notebook: Notebook) -> list[tuple[str, str]]:
    now = reviewing.review(Notebook.objects.get(pk=notebook.pk), at=timezone.now())
    return [(part.title, line.attribution) for part in now.edition.sections for line in part.lines]


def move_to_actions(note: Note) -> None:
    fresh = Note.objects.get(pk=note.pk)
    words = {"text": fresh.text, "contributor": fresh.contributor, "confidential": False, "may_lift": False}
    edit_note(fresh, revision=fresh.revision, agenda_item=None, kind="action", **words)


@pytest.fixture
def asked(notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User) -> ConsentRequest:
    add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))
    ask_contributors(notebook, by=olive, at=timezone.now())
    return ConsentRequest.objects.get()


@pytest.mark.parametrize("change", ["place", "phrase", "nothing"])
def test_a_choice_is_about_the_place_and_the_phrase_that_were_shown(
    asked: ConsentRequest, ana: Registration, change: str
) -> None:
    """R2: a note-taker moves the point, or an organiser puts the organisation right, while its contributor reads."""
    page, client, note = (
        reverse("notes:consent", args=[personal_token("consent", asked.pk)]),
        Client(),
        Note.objects.get(),
    )
    fields = hidden(client, page)
    if change == "place":
        move_to_actions(note)
    if change == "phrase":
        Registration.objects.filter(pk=ana.pk).update(organisation="Reed Ministry")
    answer = client.post(page, {**fields, f"level-{note.pk}": "2"}, follow=True).content.decode()
    shown = [phrase for _title, phrase in read_now(asked.notebook)]
    assert shown == (["Tern Valley Council"] if change == "nothing" else [""])
    assert ("was changed while you chose" in answer) == (change != "nothing")


@pytest.mark.parametrize("change", ["place", "phrase", "nothing"])
def test_so_is_a_choice_about_a_point_of_ones_own(
    meeting: Meeting, discussion: AgendaItem, ana: Registration, change: str
) -> None:
    now = timezone.now()
    Meeting.objects.update(starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1))
    ana = Registration.objects.select_related("meeting__network").get()
    note = add_own_point(ana, text=WORDS, agenda_item=discussion, level=Attribution.NONE, at=now)
    page, client = reverse("notes:points_by_link", args=[personal_token("registration", ana.pk)]), Client()
    fields = {name: value for name, value in hidden(client, page).items() if name in {"point", "revision", "seen"}}
    if change == "place":
        move_to_actions(note)
    if change == "phrase":
        Registration.objects.filter(pk=ana.pk).update(organisation="Reed Ministry")
    response = client.post(page, {**fields, "text": WORDS, "level": "2", "save": "yes"})
    assert response.status_code == (302 if change == "nothing" else 422)
    assert [phrase for _title, phrase in read_now(note.notebook) if phrase] == (
        ["Tern Valley Council"] if change == "nothing" else []
    )


@pytest.mark.parametrize("is_changed", [True, False])
def test_a_second_person_puts_in_place_only_the_words_they_read(
    out: Notebook, olive: User, noor: User, mira: User, is_changed: bool
) -> None:
    """Whoever wrote them sets them aside and writes others while the second person reads."""
    Network.objects.update(needs_second_reviewer=True)
    edition = circulated_edition(out)
    assert edition is not None
    (point,) = [one for one in points_of(edition) if one.text == NOBODYS]
    correction = suggest(edition, point, "Twice is enough.", by=mira, at=LATER)
    correcting.word(correction, "Ask early and twice.", by=olive, at=LATER)
    client = signed_in(noor)
    press = reverse("admin:notes_notebook_confirm", args=[correction.meeting_id, correction.pk])
    fields = hidden(client, reverse("admin:notes_notebook_corrections", args=[correction.meeting_id]), press)
    if is_changed:
        correcting.set_aside(correction, at=LATER)
        correcting.word(correction, "Words that only one person has read.", by=olive, at=LATER)
    answer = client.post(press, fields, follow=True).content.decode()
    texts = [text for text, _attribution in read(circulated_edition(out))]
    assert (NOBODYS in texts, "Ask early and twice." in texts) == (is_changed, not is_changed)
    assert ("have changed since you looked" in answer) is is_changed


def test_what_an_erased_person_suggested_goes_with_them(out: Notebook, olive: User, mira: User) -> None:
    """R11: their words, and the number of their account, are in no row."""
    edition = circulated_edition(out)
    assert edition is not None
    point = next(points_of(edition))
    suggest(edition, point, "I said this, and otherwise.", by=mira, at=LATER)
    kept = suggest(edition, point, "It was a year.", by=olive, at=LATER)
    erase(mira.email, at=LATER)
    assert list(Correction.objects.all()) == [kept]
