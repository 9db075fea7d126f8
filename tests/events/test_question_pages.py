"""The pages of questions without a name: for whom they are, and that none of them says who asked (R12, R15)."""

import logging
import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from cop.lib.signing import personal_token
from events.models import AgendaItem, Meeting, Question, Registration
from members.models import Delivery, User
from notes.actions.noting import open_notebook
from notes.models import Note
from tests.conftest import signed_in
from tests.events.test_questions import TEXTS, ask

KEY_OF_FORM = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
QUESTION = "Quokka, who pays for juries?"


def address(meeting: Meeting) -> str:
    return reverse("events:questions", args=[meeting.network.slug, meeting.slug])


def by_link(registration: Registration) -> str:
    return reverse("events:questions_by_link", args=[personal_token("registration", registration.pk)])


def queue(meeting: Meeting) -> str:
    return reverse("admin:events_meeting_questions", args=[meeting.pk])


@pytest.fixture
def miras_place(meeting: Meeting, mira: User) -> Registration:
    return Registration.objects.create(meeting=meeting, user=mira, name=mira.name, confirmed=True)


@pytest.fixture
def gitas_place(meeting: Meeting) -> Registration:
    return Registration.objects.create(
        meeting=meeting, guest_email="gita@guest.example", name="Gita Rao", confirmed=True
    )


@pytest.fixture
def discussion(meeting: Meeting) -> AgendaItem:
    return meeting.agenda.get(kind="discussion")


# -- The page people ask on --------------------------------------------------------------------------------------------


def test_registered_member_asks_and_the_page_is_everybodys(
    meeting: Meeting, miras_place: Registration, gitas_place: Registration
) -> None:
    """After the message has been read, the asker's page is, byte for byte, that of another who asked nothing."""
    assert miras_place.user is not None
    client, other = signed_in(miras_place.user), Client()
    for text in TEXTS:
        ask(meeting, text, "user 0")
    answer = client.post(address(meeting), {"text": QUESTION})
    assert (answer.status_code, answer["Location"]) == (302, address(meeting))
    assert "Your question is in the list, without your name." in client.get(address(meeting)).content.decode()
    mine, theirs = client.get(address(meeting)).content, other.get(by_link(gitas_place)).content
    lists = [re.findall(r"(?s)data-fresh>.*?</main>", page.decode()) for page in (mine, theirs)]
    assert QUESTION in lists[0][0]
    assert lists[0] == lists[1]


def test_guest_asks_supports_and_takes_back_by_their_link(meeting: Meeting, gitas_place: Registration) -> None:
    client, here = Client(), by_link(gitas_place)
    asked = ask(meeting, TEXTS[0], "user 0")
    assert client.post(here, {"text": QUESTION})["Location"] == here
    assert client.post(here, {"support": asked.pk})["Location"] == here
    page = client.get(here).content.decode()
    assert "1 supports this" in page
    assert "Take my support back" in page
    client.post(here, {"take_back": asked.pk})
    assert [one.supports for one in Question.objects.all()] == [0, 0]
    assert "Take my support back" not in client.get(here).content.decode()


def test_one_person_is_one_signed_in_or_by_link(meeting: Meeting, miras_place: Registration) -> None:
    assert miras_place.user is not None
    asked = ask(meeting, TEXTS[0], "user 0")
    signed_in(miras_place.user).post(address(meeting), {"support": asked.pk})
    Client().post(by_link(miras_place), {"support": asked.pk})
    assert Question.objects.get().supports == 1


@pytest.mark.parametrize("who", ["olive", "noor"])
def test_those_who_run_the_network_may_ask_unregistered(
    meeting: Meeting, who: str, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.post(address(meeting), {"text": QUESTION}).status_code == 302
    assert "Work through the questions as host" in client.get(address(meeting)).content.decode()


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_without_a_place_the_page_does_not_exist(meeting: Meeting, miras_place: Registration, state: str) -> None:
    assert miras_place.user is not None
    Registration.objects.update(state=state)
    for client, here in [(signed_in(miras_place.user), address(meeting)), (Client(), by_link(miras_place))]:
        assert (client.get(here).status_code, client.post(here, {"text": QUESTION}).status_code) == (404, 404)
    assert not Question.objects.exists()


def test_strangers_get_what_a_missing_page_answers(meeting: Meeting, mira: User, otto: User, stan: User) -> None:
    """R12: a member who has not registered is a stranger here too."""
    missing = address(meeting).replace(meeting.slug, "no-such-meeting")
    for client in (Client(), signed_in(mira), signed_in(otto), signed_in(stan)):
        there, nowhere = client.get(address(meeting)), client.get(missing)
        assert (there.status_code, nowhere.status_code) == (404, 404)
        words = [KEY_OF_FORM.sub("", one.text) for one in (there, nowhere)]
        assert words[0].replace(meeting.slug, "no-such-meeting") == words[1]
        assert client.post(address(meeting), {"text": QUESTION}).status_code == 404
    assert not Question.objects.exists()


def test_other_methods_and_made_up_buttons_are_refused(meeting: Meeting, miras_place: Registration) -> None:
    assert miras_place.user is not None
    client = signed_in(miras_place.user)
    assert client.put(address(meeting)).status_code == 405
    assert client.post(address(meeting), {"support": "7"}).status_code == 404
    answer = client.post(address(meeting), {"support": str(uuid.uuid4())}, follow=True)
    assert answer.redirect_chain == [(address(meeting), 302)]
    assert "answered or taken away" in answer.content.decode()


@pytest.mark.parametrize(("text", "said"), [("", "There is no question yet."), ("Why so? " * 80, "in 500 characters")])
def test_bad_question_says_why_and_keeps_what_was_typed(
    meeting: Meeting, miras_place: Registration, text: str, said: str
) -> None:
    assert miras_place.user is not None
    answer = signed_in(miras_place.user).post(address(meeting), {"text": text})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert text in answer.content.decode()


def test_half_written_question_stays_when_another_is_supported(meeting: Meeting, olive: User) -> None:
    asked = ask(meeting, TEXTS[0], "user 0")
    answer = signed_in(olive).post(address(meeting), {"support": asked.pk, "text": "What about"})
    assert (answer.status_code, Question.objects.get().supports) == (200, 1)
    assert "What about</textarea>" in answer.content.decode()


def test_question_is_shown_as_it_was_typed(meeting: Meeting, olive: User) -> None:
    """Plain text: neither Markdown nor HTML is made of it."""
    client = signed_in(olive)
    client.post(address(meeting), {"text": "**Is** <b>1</b> < 2?"})
    for page in (address(meeting), queue(meeting)):
        assert "**Is** &lt;b&gt;1&lt;/b&gt; &lt; 2?" in client.get(page).content.decode()


@pytest.mark.parametrize("at_end", [True, False])
def test_when_asking_is_closed_the_list_stays_and_a_sentence_says_why(
    meeting: Meeting, miras_place: Registration, at_end: bool
) -> None:
    assert miras_place.user is not None
    ask(meeting, QUESTION, "user 0")
    Meeting.objects.update(takes_questions=at_end)
    with time_machine.travel(meeting.ends_at if at_end else meeting.starts_at):
        client = signed_in(miras_place.user)
        page = client.get(address(meeting)).content.decode()
        assert QUESTION in page
        assert ("This meeting is over" if at_end else "switched questions off") in page
        assert 'name="text"' not in page
        assert 'name="support"' not in page
        late = client.post(address(meeting), {"text": "Too late?"})
        assert (late.status_code, "Too late?" in late.content.decode()) == (422, True)


def test_page_is_found_by_those_who_may_ask(meeting: Meeting, miras_place: Registration, otto: User) -> None:
    assert miras_place.user is not None
    token = personal_token("registration", miras_place.pk)
    own = Client().get(reverse("events:my_registration", args=[token])).content.decode()
    assert reverse("events:questions_by_link", args=[token]) in own
    pages = [signed_in(one).get(meeting.get_absolute_url()).content.decode() for one in (miras_place.user, otto)]
    assert [address(meeting) in page for page in pages] == [True, False]
    Meeting.objects.update(takes_questions=False)
    assert address(meeting) not in signed_in(miras_place.user).get(meeting.get_absolute_url()).content.decode()


def queries(client: Client, here: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(here).status_code == 200
    return len(found)


def test_pages_ask_the_database_as_often_for_three_questions_as_for_one(meeting: Meeting, olive: User) -> None:
    client = signed_in(olive)
    ask(meeting, TEXTS[0])
    once = [queries(client, here) for here in (address(meeting), queue(meeting))]
    for text in TEXTS[1:]:
        ask(meeting, text)
    assert [queries(client, here) for here in (address(meeting), queue(meeting))] == once


# -- The host's queue --------------------------------------------------------------------------------------------------


def test_host_works_through_the_queue(meeting: Meeting, noor: User) -> None:
    client = signed_in(noor)
    one, two, three = (ask(meeting, text, "user 0") for text in TEXTS[:3])
    for pressed in ({"show": one.pk}, {"aside": two.pk}, {"away": three.pk}):
        assert client.post(queue(meeting), pressed)["Location"] == queue(meeting)
    assert {row.pk: row.state for row in Question.objects.all()} == {one.pk: "shown", two.pk: "aside"}
    client.post(queue(meeting), {"back": two.pk})
    assert Question.objects.get(pk=two.pk).state == "waiting"
    page = client.get(queue(meeting)).content.decode()
    assert "all questions are deleted here on 13 February 2037" in page
    client.post(queue(meeting), {"show": three.pk})
    assert "somebody else took it away" in client.get(queue(meeting)).content.decode()


def test_answered_question_moves_to_the_notes_once(meeting: Meeting, noor: User, discussion: AgendaItem) -> None:
    """It is nobody's there too, stands under the part the host chose, and reads as it was typed."""
    client = signed_in(noor)
    asked = ask(meeting, "Is *this* [the] 1 < 2 question?", "user 0")
    for _twice in range(2):
        answer = client.post(queue(meeting), {"answered": asked.pk, "part": discussion.pk})
        assert answer["Location"] == f"{queue(meeting)}?part={discussion.pk}"
    note = Note.objects.get()
    assert (note.agenda_item, note.contributor, note.confidential) == (discussion, "", False)
    desk = client.get(reverse("admin:notes_notebook_desk", args=[meeting.pk])).content.decode()
    assert "<p>Question: Is *this* [the] 1 &lt; 2 question?</p>" in desk
    assert Question.objects.get().state == "answered"
    assert f'<option value="{discussion.pk}" selected>' in client.get(answer["Location"]).content.decode()


def test_question_stays_where_the_notes_are_closed_and_the_host_reads_why(meeting: Meeting, olive: User) -> None:
    client = signed_in(olive)
    asked = ask(meeting, QUESTION, "user 0")
    notebook = open_notebook(meeting)
    notebook.state = "circulated"
    notebook.save()
    client.post(queue(meeting), {"answered": asked.pk})
    assert "can no longer be changed here" in client.get(queue(meeting)).content.decode()
    assert (Question.objects.get().state, Note.objects.count()) == ("waiting", 0)


def test_confidential_part_is_not_on_offer(meeting: Meeting, olive: User, discussion: AgendaItem) -> None:
    AgendaItem.objects.filter(pk=discussion.pk).update(basis="confidential")
    page = signed_in(olive).get(queue(meeting)).content.decode()
    assert "A jury on data</option>" in page
    assert "Discussion</option>" not in page


def test_queue_is_for_those_who_run_the_network(meeting: Meeting, mira: User, otto: User, noor: User) -> None:
    answers = [signed_in(one).get(queue(meeting)).status_code for one in (mira, otto, noor)]
    assert answers == [302, 404, 200]
    assert signed_in(otto).post(queue(meeting), {"away": str(uuid.uuid4())}).status_code == 404
    assert signed_in(noor).put(queue(meeting)).status_code == 405
    assert Client().get(queue(meeting))["Location"].startswith(reverse("admin:login"))


def test_queue_of_another_meeting_cannot_be_worked_from_here(meeting: Meeting, olive: User) -> None:
    asked = ask(meeting, QUESTION, "user 0")
    other = Meeting.objects.create(
        network=meeting.network, title="Other", slug="other", starts_at=meeting.starts_at, ends_at=meeting.ends_at
    )
    client = signed_in(olive)
    for press in ("show", "answered", "aside", "back", "away"):
        client.post(queue(other), {press: asked.pk})
    assert Question.objects.get().state == "waiting"
    assert not Note.objects.exists()


# -- Nothing else holds it ---------------------------------------------------------------------------------------------


def test_r15_question_is_in_no_log_session_history_task_letter_nor_clear_row(
    meeting: Meeting, miras_place: Registration, olive: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert miras_place.user is not None
    client, host = signed_in(miras_place.user), signed_in(olive)
    answer = client.post(address(meeting), {"text": QUESTION})
    assert "quokka" not in str(answer.cookies).lower() + str(answer.headers).lower()
    client.post(address(meeting), {"text": f"{QUESTION}\u202e"})
    asked = Question.objects.get()
    client.post(address(meeting), {"support": asked.pk})
    host.post(queue(meeting), {"show": asked.pk})
    host.post(queue(meeting), {"answered": asked.pk})
    assert Note.objects.count() == 1
    kept = [row.get_decoded() for row in Session.objects.all()]
    assert len(kept) == 2
    everything = f"{kept} {caplog.text}"
    assert not [word for word in ("Quokka", str(asked.pk), asked.pk.hex) if word in everything]
    assert (LogEntry.objects.count(), DBTaskResult.objects.count(), Delivery.objects.count()) == (0, 0, 0)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert "Quokka" not in str(cursor.fetchall()), table


def test_closing_waits_for_the_end_to_the_second(meeting: Meeting, miras_place: Registration) -> None:
    """B84."""
    assert miras_place.user is not None
    with time_machine.travel(meeting.ends_at - timedelta(seconds=1), tick=False):
        client = signed_in(miras_place.user)
        assert client.post(address(meeting), {"text": QUESTION}).status_code == 302
