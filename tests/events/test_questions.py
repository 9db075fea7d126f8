"""Questions without a name: counted right, and nothing in the database says whose they are (docs/decisions/0007)."""

import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.conf import settings as house
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings, strategies as st

from cop.lib.encryption import keyed_digest
from events.actions.asking import (
    AskingRefused,
    ask_question,
    support_question,
    supported_by,
    take_support_back,
)
from events.actions.hosting import QuestionIsGone, put_aside, put_back, show_question, take_away
from events.models import Allowance, Meeting, Question, Support
from events.rules.questions import Unfit, folded, why_unfit
from members.signals import ticked
from tests.engines import examples
from tests.events.test_contention import at_once

BEFORE = datetime(2037, 1, 14, 13, 55, tzinfo=UTC)
TEXTS = ("Who pays for juries?", "What went wrong?", "How long did it take?", "Who chose the panel?")
PEOPLE = ("user 1", "user 2", "registration 1", "registration 2")


def ask(meeting: Meeting, text: str, person: str = "user 1") -> Question:
    ask_question(meeting, person=person, text=text, at=BEFORE)
    return next(one for one in meeting.questions.all() if one.text == folded(text))


def support(meeting: Meeting, question: Question, person: str) -> None:
    support_question(meeting, person=person, question_id=question.pk, at=BEFORE)


def states(meeting: Meeting) -> dict[str, str]:
    return {one.text: one.state for one in meeting.questions.all()}


# -- What may be asked -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Unfit.EMPTY),
        ("?!", Unfit.EMPTY),
        ("a" * 501, Unfit.LONG),
        ("a" * 500, None),
        ("Who \u202epays?", Unfit.HIDDEN),
        ("Who\x00 pays?", Unfit.HIDDEN),
        ("Pwy sy’n talu, a faint? 👩‍👧", None),
    ],
)
def test_question_is_fit_or_why_not(text: str, why: Unfit | None) -> None:
    assert why_unfit(text) == why


def test_question_is_one_line_whoever_types_it(meeting: Meeting) -> None:
    assert ask(meeting, "  Who\r\npays\t for  juries? ").text == "Who pays for juries?"


@pytest.mark.parametrize(("text", "said"), [(" ", "There is no question yet."), ("a" * 501, "in 500 characters")])
def test_unfit_question_is_refused_with_what_to_do(meeting: Meeting, text: str, said: str) -> None:
    with pytest.raises(AskingRefused, match=said):
        ask(meeting, text)
    assert (Question.objects.count(), Allowance.objects.count()) == (0, 0)


def test_asking_ends_with_the_meeting(meeting: Meeting) -> None:
    question = ask(meeting, TEXTS[0])
    with pytest.raises(AskingRefused, match="This meeting is over"):
        ask_question(meeting, person="user 1", text=TEXTS[1], at=meeting.ends_at)
    with pytest.raises(AskingRefused, match="This meeting is over"):
        support_question(meeting, person="user 1", question_id=question.pk, at=meeting.ends_at)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"takes_questions": False}, "switched questions off"),
        ({"state": "cancelled"}, "has been cancelled"),
        ({"state": "draft"}, "not been announced"),
    ],
)
def test_asking_is_closed_with_a_sentence(meeting: Meeting, changed: dict[str, object], said: str) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(**changed)
    with pytest.raises(AskingRefused, match=said):
        ask(meeting, TEXTS[0])


def test_one_person_asks_five_and_others_go_on(meeting: Meeting) -> None:
    for number in range(5):
        ask(meeting, f"Question {number}?")
    with pytest.raises(AskingRefused, match="You have asked 5 questions"):
        ask(meeting, TEXTS[0])
    ask(meeting, TEXTS[0], "user 2")
    assert Question.objects.count() == 6
    assert Counter(Allowance.objects.values_list("used", flat=True)) == {5: 1, 1: 1}


def test_the_same_words_are_one_question_and_cost_nothing(meeting: Meeting) -> None:
    for who in ("user 1", "user 1", "user 2"):
        ask(meeting, TEXTS[0], who)
    assert Question.objects.count() == 1
    assert [one.used for one in Allowance.objects.all()] == [1]


# -- Supports ----------------------------------------------------------------------------------------------------------


def test_supports_count_once_a_person_and_the_asker_is_none(meeting: Meeting) -> None:
    question = ask(meeting, TEXTS[0])
    assert question.supports == 0
    for who in ("user 1", "user 2", "user 2"):
        support(meeting, question, who)
    assert Question.objects.get().supports == 2
    assert supported_by("user 2", [question]) == {question.pk}
    assert supported_by("user 3", [question]) == set()


def test_support_is_taken_back_once(meeting: Meeting) -> None:
    question = ask(meeting, TEXTS[0])
    support(meeting, question, "user 2")
    for who in ("user 3", "user 2", "user 2"):
        take_support_back(meeting, person=who, question_id=question.pk, at=BEFORE)
    assert (Question.objects.get().supports, Support.objects.count()) == (0, 0)


def test_most_supported_comes_first_and_then_the_dice(meeting: Meeting) -> None:
    asked = [ask(meeting, text) for text in TEXTS]
    support(meeting, asked[2], "user 2")
    rest = sorted((one for one in asked if one != asked[2]), key=lambda one: one.pk)
    assert list(meeting.questions.all()) == [asked[2], *rest]


def test_counts_hold_when_keys_are_changed(meeting: Meeting) -> None:
    question = ask(meeting, TEXTS[0])
    support(meeting, question, "user 2")
    with override_settings(NOTES_KEYS=[Fernet.generate_key().decode(), *house.NOTES_KEYS]):
        support(meeting, question, "user 2")
        ask(meeting, TEXTS[1])
        assert Question.objects.get(pk=question.pk).supports == 1
        assert [one.used for one in Allowance.objects.all()] == [2]
        assert supported_by("user 2", [question]) == {question.pk}


def test_answered_or_unknown_question_cannot_be_supported(meeting: Meeting) -> None:
    question = ask(meeting, TEXTS[0])
    Question.objects.update(state="answered")
    for key in (question.pk, uuid.uuid4()):
        with pytest.raises(AskingRefused, match="answered or taken away"):
            support_question(meeting, person="user 2", question_id=key, at=BEFORE)


@pytest.mark.django_db(transaction=True)
def test_supports_of_one_person_at_once_count_once(meeting: Meeting) -> None:
    question = ask(meeting, TEXTS[0])
    people = [f"user {number % 4}" for number in range(20)]
    acts: list[Callable[[], object]] = [lambda who=who: support(meeting, question, who) for who in people]  # type: ignore[misc]  # a default binds the person
    at_once(acts)
    assert (Question.objects.get().supports, Support.objects.count()) == (4, 4)


@pytest.mark.django_db(transaction=True)
def test_asking_at_once_loses_nothing_and_stops_at_five(meeting: Meeting) -> None:
    def try_to_ask(number: int) -> None:
        try:
            ask_question(meeting, person=f"user {number % 2}", text=f"Question {number}?", at=BEFORE)
        except AskingRefused:
            refused.append(number)

    refused: list[int] = []
    at_once([lambda number=number: try_to_ask(number) for number in range(20)])  # type: ignore[misc]  # a default binds the number
    assert (Question.objects.count(), len(refused)) == (10, 10)
    assert [one.used for one in Allowance.objects.all()] == [5, 5]


# -- The host ----------------------------------------------------------------------------------------------------------


def test_host_shows_one_at_a_time_puts_aside_and_back_and_takes_away(meeting: Meeting) -> None:
    one, two, three = (ask(meeting, text) for text in TEXTS[:3])
    show_question(meeting, one.pk)
    show_question(meeting, two.pk)
    put_aside(meeting, three.pk)
    assert states(meeting) == {TEXTS[0]: "waiting", TEXTS[1]: "shown", TEXTS[2]: "aside"}
    put_back(meeting, three.pk)
    for _twice in range(2):
        take_away(meeting, one.pk)
    assert states(meeting) == {TEXTS[1]: "shown", TEXTS[2]: "waiting"}
    with pytest.raises(QuestionIsGone, match="no longer there"):
        show_question(meeting, one.pk)


# -- Nothing says whose it is ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Act:
    """Somebody asks a text, or supports the question with it."""

    what: str
    text: str
    who: int


def acts() -> st.SearchStrategy[list[Act]]:
    one = st.builds(Act, st.sampled_from(["ask", "support", "back"]), st.sampled_from(TEXTS), st.integers(0, 3))
    return st.lists(one, max_size=10)


def do(meeting: Meeting, acts: list[Act], who: list[int]) -> None:
    """All of these acts, by the person that `who` puts in the place of each."""
    for act in acts:
        person = PEOPLE[who[act.who]]
        if act.what == "ask":
            ask(meeting, act.text, person)
        elif known := next((one for one in meeting.questions.all() if one.text == act.text), None):
            press = support_question if act.what == "support" else take_support_back
            press(meeting, person=person, question_id=known.pk, at=BEFORE)


def everything(meeting: Meeting) -> tuple[object, ...]:
    """All that the tables hold, decrypted, without random keys and without digests."""
    questions = sorted((one.text, one.state, one.supports) for one in meeting.questions.all())
    counts = sorted(one.used for one in meeting.allowances.all())
    return questions, counts, meeting.supports.count()


def undone(meeting: Meeting, acts: list[Act], who: list[int]) -> tuple[object, ...]:
    """What the database would hold after these acts."""
    with transaction.atomic():
        do(meeting, acts, who)
        found = everything(meeting)
        transaction.set_rollback(True)
    return found


@given(acts=acts(), who=st.permutations(range(4)))
@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_r6_database_is_the_same_whoever_asks_and_supports(meeting: Meeting, acts: list[Act], who: list[int]) -> None:
    """The same acts with people changed round leave the same rows: only digests depend on who it was."""
    assert undone(meeting, acts, list(range(4))) == undone(meeting, acts, who)


def test_no_row_of_a_question_is_made_of_its_asker(meeting: Meeting) -> None:
    """R6: its columns are these, and none holds a digest of anybody, nor a time."""
    ask(meeting, TEXTS[0])
    assert {field.attname for field in Question._meta.fields} == {"id", "meeting_id", "text", "state", "supports"}
    assert {field.attname for field in Support._meta.fields} == {"id", "meeting_id", "digest"}
    assert {field.attname for field in Allowance._meta.fields} == {"id", "meeting_id", "digest", "used"}
    assert Allowance.objects.get().digest == keyed_digest("questions asked", str(meeting.pk), "user 1")


def rows_in_file(table: str) -> list[str]:
    """The keys of a table's rows in the order in which they lie in the file."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} ORDER BY {place}")
        return [str(key).replace("-", "") for (key,) in cursor.fetchall()]


def test_order_in_the_file_does_not_tell_the_order_of_asking(meeting: Meeting) -> None:
    """Twelve people ask one question each: the newest row would lie last, and pair with the newest count."""
    newest_last, pairs = 0, 0
    for number in range(12):
        question = ask(meeting, f"Question {number}?", f"user {number}")
        count = Allowance.objects.get(digest=keyed_digest("questions asked", str(meeting.pk), f"user {number}"))
        asked, counts = rows_in_file("events_question"), rows_in_file("events_allowance")
        newest_last += asked[-1] == question.pk.hex
        pairs += asked.index(question.pk.hex) == counts.index(count.pk.hex)
    # Both were 12 if rows were added; by the dice, more than 10 happens once in millions of runs.
    assert newest_last <= 10
    assert pairs <= 10


@pytest.mark.django_db(transaction=True)
def test_rows_of_one_meeting_are_all_of_one_transaction(meeting: Meeting) -> None:
    """What PostgreSQL notes beside each row pairs no question with a count. SQLite notes nothing of the kind."""
    for number in range(3):
        ask(meeting, f"Question {number}?", f"user {number}")
    column = "1" if connection.vendor == "sqlite" else "xmin::text"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM events_question UNION ALL SELECT {column} FROM events_allowance")
        assert len(Counter(cursor.fetchall())) == 1


def test_text_is_unreadable_without_the_keys_and_in_no_fixture(meeting: Meeting) -> None:
    ask(meeting, TEXTS[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM events_question UNION ALL SELECT used FROM events_allowance")
        stored = [token for (token,) in cursor.fetchall()]
    assert [token[:5] for token in stored] == ["gAAAA", "gAAAA"]
    out = StringIO()
    call_command("dumpdata", "events", stdout=out)
    assert "events.meeting" in out.getvalue()
    for word in ("juries?", "events.question", "events.support", "events.allowance"):
        assert word not in out.getvalue()


# -- Letting go --------------------------------------------------------------------------------------------------------


def rows() -> list[int]:
    return [model.objects.count() for model in (Question, Support, Allowance)]


def test_who_was_counted_goes_with_the_end_and_questions_later(meeting: Meeting) -> None:
    """R11: the network's days after the meeting's end nothing is left, whether there are notes or not."""
    support(meeting, ask(meeting, TEXTS[0]), "user 2")
    moments = [timedelta(minutes=-1), timedelta(0), timedelta(days=30, minutes=-1), timedelta(days=30)]
    found = []
    for moment in moments:
        with time_machine.travel(meeting.ends_at + moment):
            ticked.send(sender=None, now=meeting.ends_at + moment)
        found.append(rows())
    assert found == [[1, 1, 1], [1, 0, 0], [1, 0, 0], [0, 0, 0]]
