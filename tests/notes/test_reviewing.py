"""The review: differences marked and told, and no more told of a choice than the line shows (R12, threats 23, 26)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import AgendaItem, Meeting, Registration, Speaker
from members.models import User
from notes.actions import reviewing
from notes.actions.asking import ask_contributors
from notes.actions.noting import add_note
from notes.models import ConsentRequest, LeakAnswer, Note, Notebook
from notes.rules.vocabulary import Attribution
from tests.conftest import signed_in
from tests.notes.conftest import NOW, key
from tests.notes.steps import choose

WORDS = "Juries need time to learn."


@pytest.fixture
def asked(notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User) -> ConsentRequest:
    add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))
    ask_contributors(notebook, by=olive, at=NOW)
    return ConsentRequest.objects.get()


def page(client: Client, meeting: Meeting) -> str:
    """The review as one line of words and tags, without the forms' tokens."""
    text = client.get(reverse("admin:notes_notebook_review", args=[meeting.pk])).content.decode()
    return " ".join(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text).split())


def post(client: Client, meeting: Meeting, **sent: str) -> None:
    client.post(reverse("admin:notes_notebook_answer", args=[meeting.pk]), sent)


def test_findings_are_best_settled_before_anybody_is_asked(
    notebook: Notebook, discussion: AgendaItem, ana: Registration, meeting: Meeting, olive: User
) -> None:
    """R2: a consent to words that change is none, so whoever was asked too early would have to choose again."""
    sentence = "Best settle the findings first"
    point = add_note(notebook, text="As Ana said, it takes time.", agenda_item=discussion, contributor=key(ana))
    assert sentence in page(signed_in(olive), meeting)
    Note.objects.filter(pk=point.pk).update(text=WORDS)
    assert sentence not in page(signed_in(olive), meeting)


def test_a_refused_and_a_small_sector_read_the_same(asked: ConsentRequest, meeting: Meeting, olive: User) -> None:
    """R12, threat 26: an organiser sees answered or not yet; that somebody asked for more than is shown is theirs."""
    client = signed_in(olive)
    pages = []
    for level in (Attribution.NONE, Attribution.SECTOR):
        choose(asked, level)
        pages.append(page(client, meeting))
    assert pages[0] == pages[1]
    assert "As “Public sector” it could not be shown in any case" in pages[0]
    assert "<strong>Public sector</strong>: never shown" in pages[0]
    assert '<del class="chip item-who">Ana Prieto</del>' in pages[0]


def test_the_review_says_why_an_attribution_is_what_it_is(
    asked: ConsentRequest, meeting: Meeting, olive: User, bola: Registration, cai: Registration
) -> None:
    client = signed_in(olive)
    assert "The contributor has not answered yet." in page(client, meeting)
    choose(asked, Attribution.NONE)
    text = page(client, meeting)
    assert "Nobody is named unless they agree to it, for these very words" in text
    assert "it could not be shown in any case" not in text
    assert "<strong>Public sector</strong>: can be shown" in text
    choose(asked, Attribution.SECTOR)
    text = page(client, meeting)
    assert '<p class="attribution"><ins>Public sector</ins></p>' in text
    assert "The contributor agreed to this, for these very words." in text


def test_a_contributor_who_was_not_asked_is_told_of(
    notebook: Notebook, discussion: AgendaItem, meeting: Meeting, ana: Registration, olive: User
) -> None:
    add_note(notebook, text=WORDS, agenda_item=discussion, contributor=key(ana))
    assert "The contributor has not been asked yet." in page(signed_in(olive), meeting)


def test_left_out_and_formatting_are_marked(
    notebook: Notebook, discussion: AgendaItem, meeting: Meeting, olive: User
) -> None:
    """Marked by elements and words, not by colour alone."""
    add_note(notebook, text="Keep **this** quiet.", agenda_item=discussion, confidential=True)
    add_note(notebook, text="Panels **cost** less.", agenda_item=discussion)
    text = page(signed_in(olive), meeting)
    assert "<del>Keep **this** quiet.</del>" in text
    assert "<strong>Left out.</strong>" in text
    assert "Panels <del>**</del>cost<del>**</del> less." in text
    assert "<strong>Formatted.</strong>" in text
    assert "<p>Panels <strong>cost</strong> less.</p>" in text


def test_the_meetings_cap_is_told(asked: ConsentRequest, meeting: Meeting, olive: User) -> None:
    """R3."""
    client = signed_in(olive)
    assert "The most this meeting attributes" not in page(client, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(attribution_cap=1)
    assert "The most this meeting attributes: " in page(client, meeting)


@pytest.mark.parametrize(
    ("text", "ready", "reason"),
    [
        ("As Ann Lee said.", "published", "This cites published work."),
        ("Lee is sceptical of dashboards.", "nobody", "This is nobody who was there."),
    ],
)
def test_a_finding_is_answered_by_one_press(  # noqa: PLR0917  # pytest's, each by its name
    notebook: Notebook, discussion: AgendaItem, ana: Registration, olive: User, text: str, ready: str, reason: str
) -> None:
    """R8, B53: the reason is recorded, and shown to whoever looks next."""
    Registration.objects.filter(pk=ana.pk).update(name="Ann Lee")
    add_note(notebook, text=text, agenda_item=discussion)
    client, before = signed_in(olive), reviewing.review(notebook, at=NOW).open_findings
    shown = page(client, notebook.meeting)
    finding = re.search(r'name="finding" value="(\w+)"', shown)
    assert finding
    assert f'name="ready" value="{ready}"' in shown
    post(client, notebook.meeting, finding=finding[1], ready=ready)
    assert LeakAnswer.objects.get().reason == reason
    assert reviewing.review(notebook, at=NOW).open_findings == before - 1
    assert f"It stands, because: {reason}" in page(client, notebook.meeting)


def test_a_note_taker_is_not_offered_to_let_a_name_stand(
    notebook: Notebook, discussion: AgendaItem, ana: Registration, noor: User
) -> None:
    """R8: an organiser answers what blocks."""
    add_note(notebook, text="As Ana Prieto said.", agenda_item=discussion)
    text = page(signed_in(noor), notebook.meeting)
    assert 'name="neutral"' in text
    assert 'name="ready"' not in text
    assert 'name="reason"' not in text


@pytest.mark.parametrize(("kind", "title"), [("action", "Actions agreed"), ("takeaway", "Take-aways")])
def test_a_talk_called_like_an_opening_credits_its_presenter_with_its_own_points_only(
    notebook: Notebook, meeting: Meeting, kind: str, title: str
) -> None:
    """Threat 23: presenters on the record are credited by part of the agenda, not by its title."""
    talk = meeting.agenda.get(kind="talk")
    AgendaItem.objects.filter(pk=talk.pk).update(title=title)
    assert Speaker.objects.get().name == "Tove Berg"
    add_note(notebook, text="Tove Berg sends the figures.", kind=kind)
    add_note(notebook, text="Tove Berg writes it up.", agenda_item=talk, kind=kind)
    add_note(notebook, text="Tove Berg showed the figures.", agenda_item=talk)
    found = {row.note.text: [one.words for one in row.found] for row in reviewing.review(notebook, at=NOW).rows}
    assert found == {
        "Tove Berg sends the figures.": ["Tove Berg"],
        "Tove Berg writes it up.": ["Tove Berg"],
        "Tove Berg showed the figures.": [],
    }


def test_the_review_takes_the_same_queries_for_one_item_and_for_three(
    asked: ConsentRequest, meeting: Meeting, discussion: AgendaItem
) -> None:
    reviewing.review(asked.notebook, at=NOW)
    with CaptureQueriesContext(connection) as one:
        reviewing.review(asked.notebook, at=NOW + timedelta(days=8))
    for number in (2, 3):
        add_note(asked.notebook, text=f"Point {number}.", agenda_item=discussion)
    with CaptureQueriesContext(connection) as three:
        assert len(reviewing.review(asked.notebook, at=NOW + timedelta(days=8)).rows) == 3
    assert len(three) == len(one)
    assert Note.objects.count() == 3


def test_hints_are_gentle_and_stop_nothing(notebook: Notebook, meeting: Meeting, olive: User) -> None:
    """Threats 14, 16, 17, 18: what no machine can decide is said, and left to people."""
    add_note(notebook, text="She told us about it.")
    text = page(signed_in(olive), meeting)
    assert "1 thing to look at again" in text
    assert "A pronoun narrows down who spoke" in text
    assert reviewing.review(notebook, at=NOW).is_ready


def test_the_review_leads_to_asking_and_back(notebook: Notebook, ana: Registration, olive: User, noor: User) -> None:
    add_note(notebook, text="Juries need time.", contributor=key(ana))
    page, ask = (
        reverse("admin:notes_notebook_review", args=[notebook.meeting_id]),
        reverse("admin:notes_notebook_ask", args=[notebook.meeting_id]),
    )
    client = signed_in(olive)
    assert f'action="{ask}"' in client.get(page).content.decode()
    assert f'action="{ask}"' not in signed_in(noor).get(page).content.decode()
    assert client.post(ask, {"from": "review"})["Location"] == page
    assert f'action="{ask}"' not in client.get(page).content.decode()
    assert "1 contributor may still choose, until " in client.get(page).content.decode()


def test_a_speaker_who_says_who_they_are_is_not_reworded_by_a_press(notebook: Notebook, olive: User) -> None:
    """What could be put there instead depends on the sentence: "One participant were away" says something else."""
    add_note(notebook, text="In my own council the tenants wrote the questions.")
    page = signed_in(olive).get(reverse("admin:notes_notebook_review", args=[notebook.meeting_id])).content.decode()
    assert "The speaker says who they are." in page
    assert 'name="neutral"' not in page


def test_suggested_words_that_wait_are_told_of(notebook: Notebook, ana: Registration, olive: User) -> None:
    note = add_note(notebook, text="Juries need time.", contributor=key(ana))
    note.suggested_text = "Juries need days."
    note.save()
    page = signed_in(olive).get(reverse("admin:notes_notebook_review", args=[notebook.meeting_id])).content.decode()
    assert "Other words are suggested for 1 point." in page
