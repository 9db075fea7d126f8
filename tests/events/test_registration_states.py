"""A registration's states: every press in every state, and long random lives checked against a model on paper."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from events.actions.attending import mark_absent, mark_attended, mark_joined
from events.actions.registering import cancel_registration, fill_free_places, register_guest, register_member
from events.models import Meeting, Registration
from members.models import Delivery, User
from tests.engines import examples
from tests.events.test_registering import guest, set_capacity

PRESSES: dict[str, Callable[[Registration], object]] = {
    "register": lambda row: register_member(row.meeting, row.user) if row.user else None,
    "cancel": cancel_registration,
    "move up": lambda row: fill_free_places(row.meeting),
    "came": lambda row: mark_attended(row.meeting, [row]),
    "did not come": lambda row: mark_absent(row.meeting, [row]),
    "join too early": mark_joined,
}
# From each state, by each press: there are places.
WITH_PLACES = {
    "register": {"registered": "registered", "waiting": "waiting", "cancelled": "registered", "attended": "attended"},
    "cancel": {"registered": "cancelled", "waiting": "cancelled", "cancelled": "cancelled", "attended": "attended"},
    "move up": {"registered": "registered", "waiting": "registered", "cancelled": "cancelled", "attended": "attended"},
    "came": {"registered": "attended", "waiting": "attended", "cancelled": "attended", "attended": "attended"},
    "did not come": {
        "registered": "registered",
        "waiting": "waiting",
        "cancelled": "cancelled",
        "attended": "registered",
    },
    "join too early": {
        "registered": "registered",
        "waiting": "waiting",
        "cancelled": "cancelled",
        "attended": "attended",
    },
}


@pytest.mark.parametrize("press", PRESSES)
@pytest.mark.parametrize("state", Registration.State.values)
def test_every_press_in_every_state(meeting: Meeting, mira: User, press: str, state: str) -> None:
    registration = register_member(meeting, mira)
    Registration.objects.update(state=state)
    registration.refresh_from_db()
    PRESSES[press](registration)
    registration.refresh_from_db()
    assert registration.state == WITH_PLACES[press][state]


@dataclass
class OnPaper:
    """What should be so: who has a place, and who waits in which order."""

    capacity: int
    seated: set[int] = field(default_factory=set)
    queue: list[int] = field(default_factory=list)

    def register(self, who: int) -> None:
        if who in self.seated or who in self.queue:
            return
        if len(self.seated) + len(self.queue) < self.capacity:
            self.seated.add(who)
        else:
            self.queue.append(who)

    def cancel(self, who: int) -> None:
        if who in self.seated or who in self.queue:
            self.seated.discard(who)
            self.queue = [one for one in self.queue if one != who]
            self.fill()

    def fill(self) -> None:
        while self.queue and len(self.seated) < self.capacity:
            self.seated.add(self.queue.pop(0))


steps = st.lists(
    st.tuples(st.sampled_from(["register", "cancel", "fill", "capacity"]), st.integers(min_value=0, max_value=6)),
    max_size=25,
)


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(capacity=st.integers(min_value=0, max_value=4), steps=steps)
def test_long_lives_go_as_on_paper(meeting: Meeting, capacity: int, steps: list[tuple[str, int]]) -> None:
    paper = OnPaper(capacity)
    with transaction.atomic():
        Registration.objects.all().delete()
        Delivery.objects.all().delete()
        set_capacity(meeting, capacity)
        for step, number in steps:
            take(step, number, meeting, paper)
            assert {row.name for row in Registration.objects.with_place()} == {f"Guest {one}" for one in paper.seated}
            assert [row.name for row in Registration.objects.waiting()] == [f"Guest {one}" for one in paper.queue]


def take(step: str, number: int, meeting: Meeting, paper: OnPaper) -> None:
    """One step, in the database and on paper."""
    row = meeting.registrations.filter(name=f"Guest {number}").first()
    if step == "register":
        register_guest(meeting, guest(number))
        paper.register(number)
    elif step == "cancel" and row is not None:
        cancel_registration(row)
        paper.cancel(number)
    elif step == "fill":
        fill_free_places(meeting)
        paper.fill()
    elif step == "capacity":
        set_capacity(meeting, number)
        paper.capacity = number
