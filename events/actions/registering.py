"""Registering for a meeting, moving up from the waiting list, and giving a place back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Meeting, Registration
from events.rules.seating import Closed, has_place, may_move_up, why_closed
from events.signals import wishes_changed
from members.actions.mailing import Recipient, send_letter
from members.models import User

State = Registration.State

SENTENCES: dict[Closed, Promise] = {
    Closed.DRAFT: _("This meeting has not been announced yet."),
    Closed.CANCELLED: _("This meeting has been cancelled, so nobody can register for it."),
    Closed.OVER: _("This meeting is over, so nobody can register for it any more."),
}


class RegistrationIsClosed(Exception):
    """Nobody can register for this meeting now; its text says why, to people."""

    def __init__(self, why: Closed) -> None:
        self.why = why
        super().__init__(str(SENTENCES[why]))


class MeetingHasBegun(Exception):
    """A place can be given back until the meeting starts (B36)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """What somebody tells us about themselves for one meeting."""

    email: str
    name: str
    organisation: str = ""
    sector: str = ""
    job_title: str = ""


def register_member(meeting: Meeting, user: User) -> Registration:
    """A place for `user`, or one on the waiting list (B29); asking again changes nothing.

    Name and affiliation are kept as they are today. Raises `RegistrationIsClosed`.
    """
    return _register(meeting, as_guest(user), user=user, tell_again=False)


def register_guest(meeting: Meeting, guest: Guest) -> Registration:
    """A place for somebody known by an address only; where an account has that address, the account registers.

    Nobody may learn from the form who has an account or who is coming, so all it says is "we have written to you",
    and whoever asks again gets the letter again. Raises `RegistrationIsClosed`.
    """
    user = User.objects.filter(email__iexact=guest.email).first()
    return _register(meeting, as_guest(user) if user else guest, user=user, tell_again=True)


def cancel_registration(registration: Registration) -> Registration:
    """Give a place back, or leave the waiting list; the next in line is told at once (B36, B37).

    Raises `MeetingHasBegun`. Cancelling again changes nothing.
    """
    now = timezone.now()
    with transaction.atomic():
        meeting = locked(registration.meeting)
        registration = meeting.registrations.select_related("user").get(pk=registration.pk)
        if registration.state not in {State.REGISTERED, State.WAITING}:
            return registration
        if meeting.starts_at <= now:
            raise MeetingHasBegun
        letter = "events/cancelled" if registration.state == State.REGISTERED else "events/left_waiting_list"
        registration.state, registration.calendar_sequence = State.CANCELLED, registration.calendar_sequence + 1
        registration.save(update_fields=["state", "calendar_sequence"])
        tell(letter, meeting, [registration])
        _move_up(meeting)
    return registration


@transaction.atomic
def fill_free_places(meeting: Meeting) -> int:
    """Give free places to those who wait, first come first served, and tell them. Returns how many moved up."""
    return _move_up(locked(meeting))


def adopt_guest_registrations(user: User) -> int:
    """Give somebody the rows they made as a guest with this address; returns how many. Their address is confirmed."""
    mine = Registration.objects.filter(user=user).values("meeting")
    as_a_guest = Registration.objects.filter(guest_email__iexact=user.email).exclude(meeting__in=mine)
    return as_a_guest.update(user=user, guest_email="")


def change_wishes(registration: Registration, *, do_not_note: bool, also_known_as: str) -> Registration:
    """Keep whether somebody's comments may be noted, and what else they are known as."""
    registration.do_not_note, registration.also_known_as = do_not_note, also_known_as
    registration.save(update_fields=["do_not_note", "also_known_as"])
    wishes_changed.send(sender=Registration, meeting=registration.meeting)
    return registration


def locked(meeting: Meeting) -> Meeting:
    """The meeting's row, held until the transaction ends: seats are counted by one at a time."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def tell(letter: str, meeting: Meeting, registrations: Iterable[Registration], by: User | None = None) -> None:
    """Send each of these people a letter about their own registration."""
    recipients = [Recipient(one.email, one.name, one.user, one.pk) for one in registrations]
    if recipients:
        send_letter(letter, recipients, network=meeting.network, about_id=meeting.pk, created_by=by)


def as_guest(user: User) -> Guest:
    """What `user`'s account says about them today."""
    return Guest(
        email=user.email,
        name=user.name or user.email,
        organisation=user.organisation,
        sector=user.sector,
        job_title=user.job_title,
    )


@transaction.atomic
def _register(meeting: Meeting, guest: Guest, *, user: User | None, tell_again: bool) -> Registration:
    now = timezone.now()
    meeting = locked(meeting)
    why = why_closed(state=meeting.state, ends_at=meeting.ends_at, at=now)
    if why is not None:
        raise RegistrationIsClosed(why)
    found = _find(meeting, guest.email, user)
    if found is None:
        registration = Registration(meeting=meeting, user=user, guest_email="" if user else guest.email)
    elif found.state == State.CANCELLED:
        registration = found
        registration.queued_at, registration.calendar_sequence = now, found.calendar_sequence + 1
    else:
        return _again(meeting, found, tell_again=tell_again)
    registration.state = _seat(meeting)
    _write_down(registration, guest)
    tell(LETTERS[registration.state], meeting, [registration])
    return registration


LETTERS: dict[str, str] = {
    State.REGISTERED: "events/registered",
    State.WAITING: "events/waiting",
    State.ATTENDED: "events/registered",
}


def _find(meeting: Meeting, email: str, user: User | None) -> Registration | None:
    """This person's row. One they made as a guest, before they had an account, becomes the account's."""
    whose = Q(user=user) if user else Q(guest_email__iexact=email)
    found = meeting.registrations.select_related("user").filter(whose).first()
    if found or not user:
        return found
    as_a_guest = meeting.registrations.filter(guest_email__iexact=email).first()
    if as_a_guest:
        as_a_guest.user, as_a_guest.guest_email = user, ""
        as_a_guest.save(update_fields=["user", "guest_email"])
    return as_a_guest


def _again(meeting: Meeting, registration: Registration, *, tell_again: bool) -> Registration:
    if tell_again:
        tell(LETTERS[registration.state], meeting, [registration])
    return registration


def _seat(meeting: Meeting) -> str:
    taken, waiting = _count(meeting)
    return State.REGISTERED if has_place(meeting.capacity, taken=taken, waiting=waiting) else State.WAITING


def _count(meeting: Meeting) -> tuple[int, int]:
    """How many have a place, and how many wait for one."""
    return meeting.registrations.with_place().count(), meeting.registrations.waiting().count()


def _write_down(registration: Registration, guest: Guest) -> None:
    registration.name, registration.organisation = guest.name, guest.organisation
    registration.sector, registration.job_title = guest.sector, guest.job_title
    registration.save()


def _move_up(meeting: Meeting) -> int:
    if why_closed(state=meeting.state, ends_at=meeting.ends_at, at=timezone.now()) is not None:
        return 0
    taken, waiting = _count(meeting)
    free = may_move_up(meeting.capacity, taken=taken, waiting=waiting)
    promoted = list(meeting.registrations.waiting().select_related("user")[:free])
    for registration in promoted:
        registration.state = State.REGISTERED
        registration.save(update_fields=["state"])
    tell("events/promoted", meeting, promoted)
    return len(promoted)
