"""The pages of the notes: who sees them, and what they say (R12, R13, R14, R15)."""

import re
from copy import copy
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cop.lib.signing import personal_token
from events.models import AgendaItem, Meeting, Registration
from members.models import Delivery, Network, User
from members.writing import write
from notes.actions import circulating, reviewing
from notes.actions.asking import ask_contributors
from notes.actions.noting import add_note
from notes.models import Circulation, Consent, ConsentRequest, Edition, Note, Notebook
from tests.conftest import member_of, person, signed_in
from tests.notes.conftest import NOW, key
from tests.notes.steps import panel

WORDS = "Juries need time to learn."


@pytest.fixture
def asked(notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User) -> ConsentRequest:
    add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))
    ask_contributors(notebook, by=olive, at=NOW)
    return ConsentRequest.objects.get()


@pytest.fixture
def circulated(asked: ConsentRequest, olive: User) -> Edition:
    at = NOW + timedelta(days=8)
    made = circulating.make_edition(asked.notebook, seen=reviewing.review(asked.notebook, at=at).seen, at=at)
    circulating.circulate(asked.notebook, by=olive, at=at)
    return made


def consent_page(asked: ConsentRequest) -> str:
    return reverse("notes:consent", args=[personal_token("consent", asked.pk)])


# -- Reading -----------------------------------------------------------------------------------------------------------


def test_a_member_reads_the_newest_edition(circulated: Edition, mira: User) -> None:
    page = signed_in(mira).get(circulated.get_absolute_url())
    assert page.status_code == 200
    assert WORDS in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page.content.decode()


def test_to_everybody_else_notes_do_not_exist(
    circulated: Edition, network: Network, otto: User, stan: User, olive: User
) -> None:
    """R12: strangers, members of other networks, and those who left get the answer of a page that is not there."""
    left = person("lea@left.example", "Lea Left")
    member_of(network, left, state="left")
    paused = person("pia@pause.example", "Pia Paused")
    member_of(network, paused, state="paused")
    pending = person("pen@pending.example", "Pen Pending")
    member_of(network, pending, state="pending")
    address, nowhere = circulated.get_absolute_url(), reverse("notes:edition", args=[network.slug, "no-such-meeting"])
    for client in [Client(), *(signed_in(user) for user in (otto, stan, left, paused, pending))]:
        there, not_there = client.get(address), client.get(nowhere)
        assert (there.status_code, not_there.status_code) == (404, 404)
        assert neutral(there.content, address) == neutral(not_there.content, nowhere)
        assert headers(there) == headers(not_there)
        assert client.get(reverse("notes:editions", args=[network.slug])).status_code == 404


def neutral(body: bytes, address: str) -> str:
    """A page without the address that was asked for and without the form's token, which is new each time."""
    text = body.decode().replace(address, "ADDRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def headers(response: object) -> dict[str, str]:
    return {name: value for name, value in response.items() if name != "Content-Length"}  # type: ignore[attr-defined]  # the test client adds it


def test_an_edition_that_was_not_circulated_is_read_by_nobody(asked: ConsentRequest, mira: User) -> None:
    at = NOW + timedelta(days=8)
    made = circulating.make_edition(asked.notebook, seen=reviewing.review(asked.notebook, at=at).seen, at=at)
    assert signed_in(mira).get(made.get_absolute_url()).status_code == 404


def test_the_list_of_notes_takes_the_same_queries_for_one_and_for_three(
    circulated: Edition, mira: User, meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = signed_in(mira), reverse("notes:editions", args=[meeting.network.slug])
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in (5, 6):
        other = copy(meeting)
        other.pk, other.number, other.slug, other.calendar_uid = None, number, f"m{number}", uuid4()
        other.save()
        edition = Edition.objects.create(meeting=other, number=1, title="Another", content=[], made_on=NOW.date())
        Circulation.objects.create(edition=edition, circulated_at=NOW)
    with django_assert_num_queries(len(one)):
        assert client.get(address).content.decode().count('class="meeting-row"') == 3


# -- The contributor's page --------------------------------------------------------------------------------------------


def test_opening_the_consent_page_changes_nothing(asked: ConsentRequest) -> None:
    """R14: mail scanners open links."""
    page = Client().get(consent_page(asked))
    assert page.status_code == 200
    assert WORDS in page.content.decode()
    assert not Consent.objects.exists()
    asked.refresh_from_db()
    assert not asked.answered


def test_the_consent_page_shows_a_contributors_own_points_only(
    asked: ConsentRequest, discussion: AgendaItem, bola: Registration
) -> None:
    """R12 and R13: nobody else's words, nobody else's name."""
    add_note(asked.notebook, text="They cost money.", agenda_item=discussion, contributor=key(bola))
    add_note(asked.notebook, text="Somebody said this.", agenda_item=discussion)
    text = Client().get(consent_page(asked)).content.decode()
    assert "Ana Prieto" in text
    for hidden in ("They cost money", "Somebody said this", "Bola", "Marsh Council"):
        assert hidden not in text


def test_a_contributor_chooses_without_an_account(asked: ConsentRequest) -> None:
    client, address, note = Client(), consent_page(asked), Note.objects.get()
    hidden = dict(re.findall(r'name="((?:seen|look)-\d+)"\s+value="(\w+)"', client.get(address).content.decode()))
    answer = client.post(address, {**hidden, f"level-{note.pk}": "3", f"words-{note.pk}": ""})
    assert answer.status_code == 302
    assert Consent.objects.get().level == 3
    again = client.get(address).content.decode()
    assert re.search(r'value="3"\s+checked', again)


def test_a_point_that_became_a_heading_since_is_shown_again(asked: ConsentRequest) -> None:
    """R2: the words are the same, what readers see is not."""
    client, address, note = Client(), consent_page(asked), Note.objects.get()
    Note.objects.update(text="Ask early. # Or not")
    hidden = dict(re.findall(r'name="((?:seen|look)-\d+)"\s+value="(\w+)"', client.get(address).content.decode()))
    Note.objects.update(text="Ask early.\n\n# Or not")
    client.post(address, {**hidden, f"level-{note.pk}": "3"})
    assert not Consent.objects.exists()


def test_the_unattributed_choice_is_preselected(asked: ConsentRequest) -> None:
    """R1: silence is no consent, and no default says more than the person did."""
    text = Client().get(consent_page(asked)).content.decode()
    assert re.findall(r'value="(\w+)"\s+checked', text) == ["0"]


def test_levels_above_the_meetings_cap_are_not_offered(asked: ConsentRequest, meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(attribution_cap=1)
    text = Client().get(consent_page(asked)).content.decode()
    assert re.findall(r'type="radio"[^>]*value="(\w+)"', text) == ["0", "1", "out"]


def test_a_forged_or_foreign_link_leads_nowhere(asked: ConsentRequest, notebook: Notebook) -> None:
    good = personal_token("consent", asked.pk)
    for token in [good + "x", "1", personal_token("registration", asked.pk), personal_token("consent", 99999)]:
        assert Client().get(reverse("notes:consent", args=[token])).status_code == 404
    assert Client().put(reverse("notes:consent", args=[good])).status_code == 405


# -- Desk and review ---------------------------------------------------------------------------------------------------

GET_PAGES = ["desk", "review", "circulate"]
POST_PAGES = ["ask", "answer", "make"]


def test_drafts_are_for_those_who_run_the_network(
    asked: ConsentRequest, meeting: Meeting, otto: User, mira: User, stan: User
) -> None:
    """R12: members, organisers of other networks and strangers see neither desk nor review, and change nothing."""
    note = Note.objects.get()
    for user in (otto, mira, stan):
        client = signed_in(user)
        for name in GET_PAGES:
            assert WORDS not in client.get(panel(name, meeting), follow=True).content.decode()
        for name in ("strike", "move", "item"):
            client.post(panel(name, meeting, note.pk), {"to": "up"})
        for name in POST_PAGES:
            client.post(panel(name, meeting))
    assert signed_in(otto).get(panel("desk", meeting)).status_code == 404
    assert Note.objects.get().revision == 1
    assert Client().get(panel("desk", meeting)).status_code == 302


def test_a_note_taker_writes_but_neither_asks_nor_circulates(
    asked: ConsentRequest, meeting: Meeting, noor: User
) -> None:
    client = signed_in(noor)
    assert client.get(panel("desk", meeting)).status_code == 200
    assert client.get(panel("review", meeting)).status_code == 200
    assert client.get(panel("circulate", meeting)).status_code == 200
    assert client.post(panel("circulate", meeting)).status_code == 404
    assert client.post(panel("ask", meeting)).status_code == 404
    assert client.post(panel("make", meeting)).status_code == 404


def test_a_note_is_written_at_the_desk(meeting: Meeting, noor: User, ana: Registration, discussion: AgendaItem) -> None:
    client = signed_in(noor)
    sent = {"text": WORDS, "agenda_item": discussion.pk, "contributor": key(ana), "kind": "point"}
    answer = client.post(panel("desk", meeting), sent)
    note = Note.objects.get()
    assert answer["Location"] == f"{panel('desk', meeting)}?part={discussion.pk}#item-{note.pk}"
    assert (note.text, note.contributor, note.agenda_item, note.confidential) == (WORDS, key(ana), discussion, False)
    text = client.get(panel("desk", meeting)).content.decode()
    assert WORDS in text
    assert "Ana Prieto" in text


def test_what_was_typed_survives_a_refusal(meeting: Meeting, noor: User, ana: Registration) -> None:
    Registration.objects.update(do_not_note=True)
    answer = signed_in(noor).post(panel("desk", meeting), {"text": WORDS, "contributor": key(ana), "kind": "point"})
    assert answer.status_code == 200
    assert "asked that their comments are not noted" in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert not Note.objects.exists()


def test_two_who_edit_the_same_item_both_see_both_texts(asked: ConsentRequest, meeting: Meeting, noor: User) -> None:
    """B51: without losing a word."""
    client, note = signed_in(noor), Note.objects.get()
    first = {"text": "First words.", "kind": "point", "revision": 1, "contributor": note.contributor}
    assert client.post(panel("item", meeting, note.pk), first).status_code == 302
    second = client.post(panel("item", meeting, note.pk), {**first, "text": "Second words."})
    text = second.content.decode()
    assert "First words." in text
    assert "Second words." in text
    assert Note.objects.get().text == "First words."
    revision = re.search(r'name="revision" value="(\d+)"', text)
    assert revision
    client.post(panel("item", meeting, note.pk), {**first, "text": "Both words.", "revision": revision[1]})
    assert Note.objects.get().text == "Both words."


def test_the_review_shows_both_sides_and_what_is_open(
    asked: ConsentRequest, meeting: Meeting, olive: User, discussion: AgendaItem
) -> None:
    add_note(asked.notebook, text="As Ana Prieto said.", agenda_item=discussion)
    add_note(asked.notebook, text="Keep this quiet.", agenda_item=discussion, confidential=True)
    text = signed_in(olive).get(panel("review", meeting)).content.decode()
    assert '<mark class="finding finding-block">Ana Prieto</mark>' in text
    assert "Nothing: it is left out." in text
    assert "1 finding is open." in text
    assert re.search(r"<button[^>]*disabled[^>]*>Make the edition", text)


def test_an_organiser_answers_makes_and_circulates(
    asked: ConsentRequest, meeting: Meeting, olive: User, mira: User, discussion: AgendaItem
) -> None:
    """B54, B55: from the review to exactly so many members, and so many were written to."""
    add_note(asked.notebook, text="As Ana Prieto said.", agenda_item=discussion)
    Notebook.objects.update(consent_due_at=timezone.now() - timedelta(days=1))
    client = signed_in(olive)
    page = client.get(panel("review", meeting)).content.decode()
    finding = re.search(r'name="finding" value="(\w+)"', page)
    assert finding
    client.post(panel("answer", meeting), {"finding": finding[1], "neutral": "1"})
    assert "Ana" not in Note.objects.order_by("pk").last().text  # type: ignore[union-attr]  # there is one
    assert "The order of 1 part is not chosen." in client.get(panel("review", meeting)).content.decode()
    client.post(panel("arrange", meeting), {"section": "Discussion", "to": "keep", "from": "review"})
    page = client.get(panel("review", meeting)).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    made = client.post(panel("make", meeting), {"seen": seen[1]})
    assert made["Location"] == panel("circulate", meeting)
    assert "Circulate to 2 members" in client.get(panel("circulate", meeting)).content.decode()
    client.post(panel("circulate", meeting))
    assert "Circulated to 2 members." in client.get(panel("circulate", meeting)).content.decode()


def test_the_panels_history_knows_nothing_of_notes(circulated: Edition, olive: User) -> None:
    """R15: no item is in the admin, so none of its words can be in its history."""
    assert signed_in(olive).get(reverse("admin:index")).status_code == 200
    assert not LogEntry.objects.exists()


# -- Letters -----------------------------------------------------------------------------------------------------------


def test_letters_carry_a_link_and_not_a_word_of_the_notes(circulated: Edition) -> None:
    """R14: neither subject nor text nor HTML."""
    letters = [write(delivery) for delivery in Delivery.objects.select_related("mailing").order_by("pk")]
    assert [letter.subject for letter in letters] == [
        "Public voices: how may your points appear?",
        "Public voices: new notes to read",
    ]
    for letter in letters:
        whole = letter.subject + letter.text + letter.html
        for secret in (WORDS, "Juries", "Discussion", "Prieto" if "new notes" in letter.subject else WORDS):
            assert secret not in whole
        assert "http://127.0.0.1:8000/" in letter.text
    assert "/p/" in letters[0].text
    assert "/voices/notes/" in letters[1].text


def test_a_link_whose_contributor_is_known_no_more_leads_nowhere(asked: ConsentRequest, ana: Registration) -> None:
    asked.notebook.contributors.all().delete()
    ana.delete()
    assert Client().get(consent_page(asked)).status_code == 404
    assert Client().post(consent_page(asked), {}).status_code == 404
