"""Many at once: exactly as many places as there are, whatever the engine and however close together they press."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from events.actions.answering import answer, box_of, open_survey
from events.actions.publishing import publish_meeting
from events.actions.registering import cancel_registration, register_guest, register_member
from events.actions.scheduling import schedule_meeting
from events.actions.standing_places import take_standing_place
from events.actions.suggesting import suggest_topic, want
from events.models import Meeting, Registration, Series, Survey
from events.rules.surveys import Sheet
from members.models import Delivery, Network, User
from tests.conftest import member_of, person
from tests.events.test_registering import guest, set_capacity

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: list[Callable[[], object]], threads: int = 10) -> None:
    """Do all of these in threads with a connection each, which begin together. What one raises is raised."""
    together = Barrier(threads)

    def work(mine: list[Callable[[], object]]) -> None:
        together.wait()
        try:
            for act in mine:
                act()
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work, acts[place::threads]) for place in range(threads)]:
            done.result()


def states() -> Counter[str]:
    return Counter(Registration.objects.values_list("state", flat=True))


def letters() -> Counter[str]:
    return Counter(Delivery.objects.values_list("mailing__letter", flat=True))


def test_two_hundred_people_for_fifty_places(meeting: Meeting) -> None:
    """B29, B37: fifty in, the others waiting in the order they asked; nobody lost, nobody twice."""
    set_capacity(meeting, 50)
    at_once([lambda number=number: register_guest(meeting, guest(number)) for number in range(200)], threads=20)  # type: ignore[misc]  # a default binds the number
    assert states() == {"registered": 50, "waiting": 150}
    assert letters() == {"events/registered": 50, "events/waiting": 150}
    assert set(Registration.objects.values_list("guest_email", flat=True)) == {guest(one).email for one in range(200)}
    in_order = Registration.objects.order_by("queued_at", "pk").values_list("state", flat=True)
    assert list(in_order) == ["registered"] * 50 + ["waiting"] * 150
    assert set(Delivery.objects.values_list("email", flat=True)) == {guest(one).email for one in range(200)}


def test_nobody_is_missed_who_asks_for_every_meeting_while_one_is_announced(
    series: Series, meeting: Meeting, network: Network
) -> None:
    """B30: announced before or after they asked, it brings a place, and one."""
    draft = schedule_meeting(series, on=date(2037, 2, 11))
    people = [person(f"p{number}@crowd.example", f"Person {number}") for number in range(12)]
    acts: list[Callable[[], object]] = [lambda user=user: take_standing_place(series, user) for user in people]  # type: ignore[misc]  # a default binds the user
    at_once([*acts[:6], lambda: publish_meeting(draft), *acts[6:]], threads=6)
    assert draft.registrations.count() == meeting.registrations.count() == 12
    assert letters() == {"events/registered": 24}


def test_twenty_give_back_what_thirty_wait_for(meeting: Meeting) -> None:
    set_capacity(meeting, 20)
    rows = [register_guest(meeting, guest(number)) for number in range(50)]
    at_once([lambda row=row: cancel_registration(row) for row in rows[:20]])  # type: ignore[misc]  # a default binds the row
    assert states() == {"registered": 20, "waiting": 10, "cancelled": 20}
    assert {row.name for row in Registration.objects.with_place()} == {f"Guest {number}" for number in range(20, 40)}
    assert letters()["events/promoted"] == 20


def test_coming_and_going_at_once_never_overfills(meeting: Meeting) -> None:
    set_capacity(meeting, 20)
    rows = [register_guest(meeting, guest(number)) for number in range(25)]
    going: list[Callable[[], object]] = [lambda row=row: cancel_registration(row) for row in rows[:10]]  # type: ignore[misc]  # a default binds the row
    coming: list[Callable[[], object]] = [
        lambda number=number: register_guest(meeting, guest(number))  # type: ignore[misc]  # a default binds the number
        for number in range(25, 45)
    ]
    at_once([act for pair in zip(coming, going * 2, strict=True) for act in pair])
    assert states() == {"registered": 20, "waiting": 15, "cancelled": 10}


def test_one_impatient_person_has_one_place(meeting: Meeting, mira: User) -> None:
    at_once([lambda: register_member(meeting, mira)] * 20)
    assert states() == {"registered": 1}
    assert letters() == {"events/registered": 1}


def test_the_same_new_guest_from_ten_windows_has_one_place(meeting: Meeting) -> None:
    at_once([lambda: register_guest(meeting, guest(1))] * 10)
    assert states() == {"registered": 1}


def test_answers_and_votes_of_many_at_once_are_all_counted(meeting: Meeting) -> None:
    """B66, B69: all answers lie in one row, and none is lost when thirty people send theirs together."""
    survey = Survey.objects.create(network=meeting.network, title="How shall we meet?")
    survey.questions.create(kind="one", text="Where?", choices="Here\nThere")
    open_survey(survey)
    survey.refresh_from_db()
    people = [person(f"p{number}@lake.example", f"P {number}") for number in range(10)]
    for one in people:
        member_of(meeting.network, one)
    topic = suggest_topic(meeting.network, people[0], title="Juries")
    sheet, at = Sheet(chosen={"1": ["0"]}), meeting.starts_at
    acts = [partial(answer, survey, sheet, person=f"user {number}", at=at) for number in range(30)]
    votes = [partial(want, meeting.network, one, topic.pk) for one in people for _twice in range(2)]
    at_once([*acts, *votes])
    survey.refresh_from_db()
    assert (box_of(survey).count, box_of(survey).tallies) == (30, {"1": {"0": 30}})
    assert topic.backings.count() == 10
