"""Letters about somebody's own registration.

Each is written when it is sent, and only while it is still true: whoever cancelled a minute after registering is not
told that they have a place. Then the look-up finds nothing, and there is no letter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cop.lib.mail import Letter, render_letter
from events.access import comes_always, place_in_queue
from events.entries import join_link, meeting_link, own_entry, page_link
from events.formats import ical
from events.letters.about import about
from events.models import Meeting, Notice, Registration
from events.models.registrations import HAVE_A_PLACE
from events.rendering import standing_of
from events.rules.differences import Difference, differences
from members.models import Delivery, Mailing
from members.writing import letter

State = Registration.State
# Letters with the entry of one registration: a calendar must not get an older one after a newer one.
CALENDAR = "calendar entry"
STANDING = (*HAVE_A_PLACE, State.WAITING)


@letter("events/registered", line=CALENDAR)
def registered(delivery: Delivery) -> Letter:
    """You have a place: how to come, and how to cancel; with the calendar entry (B31)."""
    return _invitation("events/registered", _find(delivery, *HAVE_A_PLACE))


@letter("events/promoted", line=CALENDAR)
def promoted(delivery: Delivery) -> Letter:
    """A place has become free, and it is yours (B37)."""
    return _invitation("events/promoted", _find(delivery, *HAVE_A_PLACE))


@letter("events/waiting")
def waiting(delivery: Delivery) -> Letter:
    """The meeting is full; you are on the waiting list. No calendar entry: there is no place yet."""
    return _words("events/waiting", _find(delivery, State.WAITING))


@letter("events/cancelled", line=CALENDAR, at_rest=True)
def cancelled(delivery: Delivery) -> Letter:
    """Your place is given back; takes the entry out of the calendar (B32, B36)."""
    either = [Meeting.State.PUBLISHED, Meeting.State.CANCELLED]
    return _withdrawal("events/cancelled", _find(delivery, State.CANCELLED, meeting=either))


@letter("events/left_waiting_list", at_rest=True)
def left_waiting_list(delivery: Delivery) -> Letter:
    """You no longer wait; there never was an entry to take out."""
    return _words("events/left_waiting_list", _find(delivery, State.CANCELLED))


@letter("events/meeting_changed", line=CALENDAR)
def meeting_changed(delivery: Delivery) -> Letter:
    """How the meeting stands now; updates the entry of those who have a place (B32)."""
    registration = _find(delivery, *STANDING)
    changes = {"changes": _changes(delivery.mailing, registration.meeting)}
    write = _words if registration.state == State.WAITING else _invitation
    return write("events/meeting_changed", registration, changes)


def _changes(mailing: Mailing, meeting: Meeting) -> list[Difference]:
    """What is different from what was told before this letter (complaint 4); nothing where that is not known."""
    before = Notice.objects.before(mailing)
    return differences(before.said, standing_of(meeting)) if before else []


@letter("events/meeting_cancelled", line=CALENDAR)
def meeting_cancelled(delivery: Delivery) -> Letter:
    """The meeting will not take place; takes the entry out of the calendar."""
    registration = _find(delivery, *STANDING, meeting=[Meeting.State.CANCELLED])
    write = _words if registration.state == State.WAITING else _withdrawal
    return write("events/meeting_cancelled", registration)


def _find(
    delivery: Delivery, *states: Registration.State, meeting: Sequence[Meeting.State] = (Meeting.State.PUBLISHED,)
) -> Registration:
    known = Registration.objects.select_related("user", "meeting__network", "meeting__series")
    return known.get(pk=delivery.about_id or 0, state__in=states, meeting__state__in=meeting)


def _words(name: str, registration: Registration, also: Mapping[str, object] | None = None) -> Letter:
    meeting = registration.meeting
    context = {
        **(also or {}),
        "meeting": meeting,
        "network": meeting.network,
        "registration": registration,
        "meeting_link": meeting_link(meeting),
        "page_link": page_link(registration),
        "join_link": join_link(registration),
        "has_place": registration.state in HAVE_A_PLACE,
        "place_in_queue": place_in_queue(registration),
        "comes_always": comes_always(registration),
    }
    return about(meeting, render_letter(name, context))


def _invitation(name: str, registration: Registration, also: Mapping[str, object] | None = None) -> Letter:
    entry = ical.request(own_entry(registration))
    return replace(_words(name, registration, also), calendar=entry, calendar_method="REQUEST")


def _withdrawal(name: str, registration: Registration) -> Letter:
    entry = ical.cancel(own_entry(registration))
    return replace(_words(name, registration), calendar=entry, calendar_method="CANCEL")
