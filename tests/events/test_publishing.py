"""Announcing, calling off, and telling people: three presses (B74)."""

import pytest
import time_machine

from events.actions.attending import mark_attended, mark_joined
from events.actions.notifying import tell_registered
from events.actions.publishing import (
    CannotCancel,
    CannotPublish,
    cancel_meeting,
    note_changes,
    publish_meeting,
)
from events.actions.registering import cancel_registration, register_guest, register_member
from events.models import Meeting, Registration
from members.models import Delivery, Network, User
from tests.events.test_registering import GITA, set_capacity


def test_draft_is_published_once(meeting: Meeting) -> None:
    Meeting.objects.update(state="draft")
    assert publish_meeting(meeting).state == "published"
    with pytest.raises(CannotPublish):
        publish_meeting(meeting)


def test_cancelled_meeting_is_not_published_again(meeting: Meeting) -> None:
    cancel_meeting(meeting)
    with pytest.raises(CannotPublish):
        publish_meeting(meeting)
    with pytest.raises(CannotCancel):
        cancel_meeting(meeting)


def test_draft_cannot_be_cancelled(meeting: Meeting) -> None:
    Meeting.objects.update(state="draft")
    with pytest.raises(CannotCancel):
        cancel_meeting(meeting)


def test_what_is_over_cannot_be_cancelled(meeting: Meeting) -> None:
    with time_machine.travel(meeting.ends_at), pytest.raises(CannotCancel):
        cancel_meeting(meeting)


def test_telling_reaches_everybody_who_stands_and_nobody_else(meeting: Meeting, mira: User, noor: User) -> None:
    set_capacity(meeting, 1)
    register_member(meeting, mira)
    register_guest(meeting, GITA)
    cancel_registration(register_member(meeting, noor))
    before = Delivery.objects.count()
    assert tell_registered(meeting) == 2
    told = Delivery.objects.order_by("pk")[before:]
    assert {(one.mailing.letter, one.email) for one in told} == {
        ("events/meeting_changed", mira.email),
        ("events/meeting_changed", GITA.email),
    }


def test_telling_nobody_makes_no_mailing(meeting: Meeting) -> None:
    assert tell_registered(meeting) == 0
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sequence", "is_old"),
    [(["starts_at"], 1, True), (["video_link", "capacity"], 0, False), ([], 0, False), (["room", "body"], 1, True)],
)
def test_only_what_is_in_calendars_makes_them_old(
    meeting: Meeting, mira: User, changed: list[str], sequence: int, is_old: bool
) -> None:
    register_member(meeting, mira)
    assert note_changes(meeting, changed) is is_old
    meeting.refresh_from_db()
    assert meeting.calendar_sequence == sequence


def test_nobodys_calendar_is_old_while_nobody_has_a_place(meeting: Meeting) -> None:
    assert note_changes(meeting, ["starts_at"]) is False


def test_joining_is_kept_only_where_the_network_wants_it(meeting: Meeting, mira: User) -> None:
    """A new network keeps nothing of it: who came is marked by hand (B82). The press still says that it was them."""
    assert Network(name="New", slug="new").records_joining is False
    Network.objects.update(records_joining=False)
    registration = register_guest(meeting, GITA)
    with time_machine.travel(meeting.starts_at):
        assert mark_joined(Registration.objects.get()) is False
    registration.refresh_from_db()
    assert (registration.state, registration.confirmed) == ("registered", True)
    assert mark_attended(meeting, [registration]) == 1


@pytest.mark.parametrize(
    ("state", "counts"), [("registered", True), ("attended", True), ("waiting", False), ("cancelled", False)]
)
def test_joining_counts_for_those_with_a_place(meeting: Meeting, mira: User, state: str, counts: bool) -> None:
    registration = register_member(meeting, mira)
    type(registration).objects.update(state=state)
    with time_machine.travel(meeting.starts_at):
        assert mark_joined(registration) is counts
    registration.refresh_from_db()
    assert registration.state == ("attended" if counts else state)
