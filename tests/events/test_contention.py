"""Many at once: exactly as many places as there are, whatever the engine and however close together they press."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from events.actions.registering import cancel_registration, register_guest, register_member
from events.models import Meeting, Registration
from members.models import Delivery, User
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


def test_fifty_people_for_twenty_places(meeting: Meeting) -> None:
    set_capacity(meeting, 20)
    at_once([lambda number=number: register_guest(meeting, guest(number)) for number in range(50)])  # type: ignore[misc]  # a default binds the number
    assert states() == {"registered": 20, "waiting": 30}
    assert letters() == {"events/registered": 20, "events/waiting": 30}


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
