"""Feedback in 20 seconds, surveys and finding a time: once a person, nobody's, seen when closed (B68, B69)."""

import csv
import io
import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from cop.lib.signing import personal_token
from events.actions.answering import (
    AnsweringRefused,
    answer,
    box_of,
    close_survey,
    forget_answers,
    give_feedback,
    has_answered,
    open_survey,
)
from events.models import Meeting, Registration, Survey, SurveyQuestion
from events.rules.surveys import Sheet
from members.actions.circulars import recipients_of
from members.actions.subscribing import Wish, choose
from members.models import Circular, Kind, Network, User
from tests.conftest import signed_in
from tests.post import letters_sent

AFTER = datetime(2037, 1, 14, 16, tzinfo=UTC)
WORDS = "Quokka, more time to talk"
SHEET = Sheet(chosen={"1": ["4"]}, written={"2": WORDS})


@pytest.fixture
def place(meeting: Meeting, mira: User) -> Registration:
    return Registration.objects.create(meeting=meeting, user=mira, name=mira.name, state="attended", confirmed=True)


@pytest.fixture
def survey(network: Network) -> Survey:
    """Open, with a question of each kind."""
    made = Survey.objects.create(network=network, title="How shall we meet?", duration_minutes=60)
    for kind, text, choices in (
        ("one", "Where?", "Online\nIn a room"),
        ("many", "When?", "Mornings\nAfternoons"),
        ("scale", "How often?", "less\nmore"),
        ("text", "Anything else?", ""),
    ):
        made.questions.create(kind=kind, text=text, choices=choices)
    for day in (3, 4):
        made.questions.create(kind="time", starts_at=datetime(2037, 6, day, 13, tzinfo=UTC))
    open_survey(made)
    return Survey.objects.get()


def answered_by(survey: Survey, people: int) -> None:
    for number in range(people):
        sheet = Sheet(chosen={"1": ["0"], "3": ["4"], "5": ["no"], "6": ["yes"]}, written={"4": f"=1+{number}"})
        answer(survey, sheet, person=f"user -{number}", at=AFTER)


def page_of(survey: Survey) -> str:
    return reverse("events:survey", args=[survey.network.slug, survey.pk])


def panel(name: str, pk: int) -> str:
    return reverse(f"admin:events_survey_{name}", args=[pk])


# -- Once a person, and nobody's ---------------------------------------------------------------------------------------


def test_b68_one_answer_a_person_and_none_afterwards(meeting: Meeting) -> None:
    give_feedback(meeting, SHEET, person="user 1", at=AFTER)
    with pytest.raises(AnsweringRefused, match="You have answered"):
        give_feedback(meeting, SHEET, person="user 1", at=AFTER)
    survey = Survey.objects.get()
    assert (box_of(survey).count, has_answered(survey, "user 1"), has_answered(survey, "user 2")) == (1, True, False)
    close_survey(survey, at=AFTER)
    with pytest.raises(AnsweringRefused, match="closed"):
        give_feedback(meeting, SHEET, person="user 2", at=AFTER)
    survey.refresh_from_db()
    assert not has_answered(survey, "user 1")


@pytest.mark.parametrize(
    ("sheet", "at", "said"),
    [
        (Sheet(), AFTER, "no answer yet"),
        (SHEET, AFTER + timedelta(days=7), "closed"),
        (SHEET, AFTER - timedelta(hours=2), "closed"),
    ],
)
def test_feedback_is_refused_with_a_sentence(meeting: Meeting, sheet: Sheet, at: datetime, said: str) -> None:
    with pytest.raises(AnsweringRefused, match=said):
        give_feedback(meeting, sheet, person="user 1", at=at)


def test_cancelled_meeting_takes_no_feedback(meeting: Meeting) -> None:
    Meeting.objects.update(state="cancelled")
    with pytest.raises(AnsweringRefused, match="closed"):
        give_feedback(meeting, SHEET, person="user 1", at=AFTER)


def test_r13_nothing_kept_says_whose_an_answer_is(
    meeting: Meeting, place: Registration, olive: User, caplog: pytest.LogCaptureFixture
) -> None:
    """No row, log, session or history holds the words or a way to a person; after closing, no digest either."""
    caplog.set_level(logging.DEBUG)
    here = reverse("events:feedback_by_link", args=[personal_token("registration", place.pk)])
    client = Client()
    with time_machine.travel(AFTER):
        answered = client.post(here, {"q1": "5", "q2": WORDS})
        assert (answered.status_code, answered["Location"]) == (302, here)
        assert "Thank you." in client.get(here).text
    assert "Quokka" not in f"{[row.get_decoded() for row in Session.objects.all()]} {caplog.text}"
    assert LogEntry.objects.count() == 0
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert "Quokka" not in str(cursor.fetchall()), table
    links = {field.related_model for model in (Survey, SurveyQuestion) for field in model._meta.concrete_fields}
    assert links == {None, Network, Meeting, Survey}
    assert box_of(Survey.objects.get()).texts == {"2": (WORDS,)}


def test_due_surveys_close_and_words_go_after_a_year(survey: Survey) -> None:
    answered_by(survey, 5)
    Survey.objects.update(closes_at=AFTER)
    assert forget_answers(AFTER - timedelta(seconds=1)) == 0
    assert [forget_answers(AFTER) for _twice in range(2)] == [1, 0]
    survey.refresh_from_db()
    assert (survey.state, box_of(survey).people, len(box_of(survey).texts["4"])) == ("closed", frozenset(), 5)
    later = AFTER + timedelta(days=365)
    assert [forget_answers(later) for _twice in range(2)] == [1, 0]
    survey.refresh_from_db()
    assert (box_of(survey).texts, box_of(survey).tallies["1"]) == ({}, {"0": 5})


# -- Feedback on its page ----------------------------------------------------------------------------------------------


def test_feedback_by_link_without_signing_in_and_on_the_meetings_page(
    meeting: Meeting, place: Registration, mira: User
) -> None:
    token = personal_token("registration", place.pk)
    by_link = reverse("events:feedback_by_link", args=[token])
    stays = reverse("events:feedback", args=[meeting.network.slug, meeting.slug])
    with time_machine.travel(meeting.starts_at):
        signed = signed_in(mira)
        assert "Come back when the meeting is about to end" in signed.get(stays).text
        assert stays not in signed.get(meeting.get_absolute_url()).text
    with time_machine.travel(AFTER):
        assert "Nobody can tell who answers what" in Client().get(by_link).text
        assert by_link in Client().get(reverse("events:my_registration", args=[token])).text
        assert stays in signed.get(meeting.get_absolute_url()).text
        assert signed.post(stays, {"q1": "4"}).status_code == 302
        assert "they cannot be changed" in Client().get(by_link).text
    with time_machine.travel(AFTER + timedelta(days=8)):
        forget_answers(AFTER + timedelta(days=8))
        assert "Feedback on this meeting is closed." in Client().get(by_link).text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"q2": ""}, "There is no answer yet."),
        ({"q1": "9", "q2": "kept"}, "Select a valid choice"),
        ({"q2": "kept \u202e"}, "marks that cannot be seen"),
    ],
)
def test_bad_feedback_says_why_and_keeps_what_was_typed(place: Registration, values: dict[str, str], said: str) -> None:
    with time_machine.travel(AFTER):
        here = reverse("events:feedback_by_link", args=[personal_token("registration", place.pk)])
        answered = Client().post(here, values)
    assert (answered.status_code, said in answered.text, values["q2"] in answered.text) == (422, True, True)
    assert not Survey.objects.exists()


def test_feedback_is_for_people_of_the_meeting(
    meeting: Meeting, place: Registration, noor: User, otto: User, mira: User
) -> None:
    here = reverse("events:feedback", args=[meeting.network.slug, meeting.slug])
    for stranger in (noor, otto):
        assert signed_in(stranger).get(here).status_code == 404
    assert Client().get(here)["Location"].startswith("/accounts/login/")
    assert signed_in(mira).put(here).status_code == 405
    Registration.objects.update(state="cancelled")
    assert signed_in(mira).get(here).status_code == 404
    by_link = reverse("events:feedback_by_link", args=[personal_token("registration", place.pk)])
    assert (Client().get(by_link).status_code, Client().put(by_link).status_code) == (404, 405)


# -- Surveys on their page ---------------------------------------------------------------------------------------------


def test_b69_member_answers_once_and_sees_figures_but_no_words_when_it_is_closed(survey: Survey, mira: User) -> None:
    client = signed_in(mira)
    assert page_of(survey) in client.get("/voices/suggestions/").text
    page = client.get(page_of(survey)).text
    for words in ("Where?", "In a room", "5: more", "Anything else?", "Wednesday 3 June 2037, 14:00", "If need be"):
        assert words in page
    values = {"q1": "1", "q2": ["0", "1"], "q3": "5", "q4": WORDS, "q5": "yes", "q6": "maybe"}
    assert client.post(page_of(survey), values)["Location"] == page_of(survey)
    assert client.post(page_of(survey), values).status_code == 422
    answered_by(survey, 4)
    assert "Of 100" not in client.get(page_of(survey)).text
    close_survey(survey, at=AFTER)
    page = client.get(page_of(survey)).text
    assert "5 people answered." in page
    assert "Of 100" in page
    assert "Quokka" not in page
    [where] = re.findall(r"<caption>\s*Where\?.*?</table>", page, re.DOTALL)
    numbers = [(int(count), int(percent)) for count, percent in re.findall(r"<td>(\d+)</td>\s*<td>\s*(\d+)", where)]
    drawn = [int(width) for width in re.findall(r'class="bar-part" width="(\d+)"', where)]
    assert (numbers, drawn) == ([(4, 80), (1, 20)], [80, 20])
    Survey.objects.update(shares_figures=False)
    assert "Of 100" not in client.get(page_of(survey)).text


def test_survey_is_for_members_once_it_is_open(survey: Survey, mira: User, otto: User) -> None:
    client = signed_in(mira)
    assert signed_in(otto).get(page_of(survey)).status_code == 404
    assert Client().get(page_of(survey))["Location"].startswith("/accounts/login/")
    assert client.put(page_of(survey)).status_code == 405
    Survey.objects.update(state="draft")
    assert client.get(page_of(survey)).status_code == 404


# -- The panel ---------------------------------------------------------------------------------------------------------


def test_organiser_makes_opens_closes_and_takes_it_along(network: Network, olive: User) -> None:
    client = signed_in(olive)
    values = {
        "network": network.pk, "title": "Where to meet", "intro": "", "duration_minutes": "60", "closes_at_0": "",
        "closes_at_1": "", "questions-TOTAL_FORMS": "1", "questions-INITIAL_FORMS": "0", "questions-0-position": "0",
        "questions-0-kind": "one", "questions-0-text": "Where?", "questions-0-choices": "Here",
        "questions-0-starts_at": "",
    }  # fmt: skip
    add = reverse("admin:events_survey_add")
    assert "Write two or more answers" in client.post(add, values).text
    assert client.post(add, {**values, "questions-0-choices": "Here\nThere"}).status_code == 302
    survey = Survey.objects.get()
    results = panel("results", survey.pk)
    assert "Open the survey" in client.get(results).text
    client.post(results, {"open": "yes"})
    assert panel("results", survey.pk) in client.get(panel("change", survey.pk)).text
    assert client.post(panel("change", survey.pk), values).status_code == 403
    for number in range(5):
        answer(survey, Sheet(chosen={"1": ["1"]}), person=f"user -{number}", at=AFTER)
    page = client.get(results).text
    assert "5 people have answered." in page
    assert "Of 100" not in page
    client.post(results, {"close": "yes"})
    assert "There" in client.get(results).text
    body = b"".join(client.get(panel("csv", survey.pk)).streaming_content)  # type: ignore[attr-defined]  # it streams
    assert list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))[1:] == [
        ["People who answered", "", "5", ""],
        ["Where?", "Here", "0", "0"],
        ["Where?", "There", "5", "100"],
    ]


def test_members_are_written_to_by_a_press_of_its_own_and_as_news(
    survey: Survey, network: Network, mira: User, olive: User
) -> None:
    """B69, B74, B24: opening writes to nobody; the letter is looked at first, and goes to who wants news."""
    choose(mira.memberships.get(), Wish(kinds=frozenset({Kind.NOTES})))
    letters_sent()
    client = signed_in(olive)
    look = client.post(panel("results", survey.pk), {"ask": "yes"})
    assert client.post(panel("results", survey.pk), {"ask": "yes"})["Location"] == look["Location"]
    draft = Circular.objects.get()
    assert draft.audience == "members/news"
    assert page_of(survey) in draft.text
    assert letters_sent() == []
    assert [one.email for one in recipients_of(draft)] == [olive.email]


def test_words_are_safe_in_a_spreadsheet_and_best_time_becomes_a_draft(survey: Survey, olive: User) -> None:
    answered_by(survey, 5)
    close_survey(survey, at=AFTER)
    client, results = signed_in(olive), panel("results", survey.pk)
    body = b"".join(client.get(panel("csv", survey.pk)).streaming_content)  # type: ignore[attr-defined]  # it streams
    assert body.decode().count("\"'=1+") == 5
    page = client.get(results).text
    assert page.index("Thursday 4 June") < page.index("Wednesday 3 June")
    best = survey.questions.get(position=6)
    for _twice in range(2):
        client.post(results, {"make": best.pk})
    made = Meeting.objects.get()
    assert (made.state, made.starts_at, made.ends_at - made.starts_at) == (
        "draft", datetime(2037, 6, 4, 13, tzinfo=UTC), timedelta(minutes=60),
    )  # fmt: skip
    assert client.post(results, {"make": "0"}).status_code == 404


def test_of_four_people_nothing_is_shown_nor_kept(survey: Survey, olive: User) -> None:
    answered_by(survey, 4)
    close_survey(survey, at=AFTER)
    client = signed_in(olive)
    page = client.get(panel("results", survey.pk)).text
    assert "4 people answered." in page
    assert "Of fewer than five" in page
    assert "Of 100" not in page
    survey.refresh_from_db()
    assert box_of(survey).tallies == {}


def test_survey_without_a_question_does_not_open(network: Network, olive: User) -> None:
    empty = Survey.objects.create(network=network, title="Nothing")
    client = signed_in(olive)
    page = client.post(panel("results", empty.pk), {"open": "yes"}, follow=True).text
    assert "There is no question yet." in page
    assert Survey.objects.get().state == "draft"


def test_feedback_stands_by_its_meeting_and_cannot_be_given_anew(meeting: Meeting, olive: User, otto: User) -> None:
    client, of_meeting = signed_in(olive), reverse("admin:events_survey_of_meeting", args=[meeting.pk])
    assert of_meeting in client.get(reverse("admin:events_meeting_screen", args=[meeting.pk])).text
    assert "Nobody has answered yet." in client.get(of_meeting).text
    assert signed_in(otto).get(of_meeting).status_code == 404
    give_feedback(meeting, SHEET, person="user 1", at=AFTER)
    survey = Survey.objects.get()
    assert client.get(of_meeting)["Location"] == panel("results", survey.pk)
    assert client.post(panel("delete", survey.pk), {"post": "yes"}).status_code == 403


def test_results_are_for_organisers(survey: Survey, noor: User, otto: User) -> None:
    for name in ("results", "csv"):
        answers = [signed_in(one).get(panel(name, survey.pk)).status_code for one in (noor, otto)]
        assert answers == [403, 404]
