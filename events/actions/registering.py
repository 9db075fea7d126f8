"""Registering for a meeting, moving up from the waiting list, and giving a place back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import AccessNeed, Meeting, Registration, Speaker, StandingPlace
from events.rules.seating import Closed, has_place, may_move_up
from events.signals import changing_wishes, wishes_changed
from members.actions.mailing import Recipient, send_letter
from members.models import Mailing, Membership, User
from members.models.people import known_forms

State = Registration.State

SENTENCES: dict[Closed, Promise] = {
    Closed.DRAFT: _("This meeting has not been announced yet."),
    Closed.CANCELLED: _("This meeting has been cancelled, so nobody can register for it."),
    Closed.OVER: _("This meeting is over, so nobody can register for it any more."),
    Closed.RESTING: _("This network is at rest, so nobody can register any more."),
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

    Name and affiliation are kept as the account has them today; what somebody typed for this address gives way to
    them. Raises `RegistrationIsClosed`.
    """
    return _register(meeting, as_guest(user), user=user, own_word=True)


def register_guest(meeting: Meeting, guest: Guest) -> Registration:
    """A place for somebody known by an address only, in the words typed: anybody can have typed them.

    Nobody may learn from the form who has an account or who is coming, so all it says is "we have written to you",
    and whoever asks again gets the letter again. A member of this network finds the place in their account; of any
    other account nothing is looked up, or an organiser could ask whose address it is. Raises `RegistrationIsClosed`.
    """
    members = Membership.objects.active().filter(network=meeting.network_id, user__email__iexact=guest.email)
    member = members.select_related("user").first()
    return _register(meeting, guest, user=member.user if member else None, own_word=False)


def speak_for_oneself(
    registration: Registration, said: Guest, *, do_not_note: bool, also_known_as: str
) -> Registration:
    """Take somebody's own word about themselves, and their wishes; the address stays (B22)."""
    with transaction.atomic():
        changing_wishes.send(sender=Registration, meeting=registration.meeting)
        rows = Registration.objects.select_for_update(of=("self",)).select_related("meeting")
        registration = rows.get(pk=registration.pk)
        registration.organisation_is_new = registration.organisation_is_new or _is_from_elsewhere_now(
            registration, said
        )
        _write_down(registration, said, own_word=True)
        registration.save()
        return change_wishes(registration, do_not_note=do_not_note, also_known_as=also_known_as)


def speak_as_account(registration: Registration, user: User) -> Registration:
    """Where a form was filled in with the address of somebody who is signed in: what their account says instead."""
    if registration.confirmed:
        return registration
    return speak_for_oneself(
        registration,
        as_guest(user),
        do_not_note=registration.do_not_note,
        also_known_as=registration.also_known_as,
    )


def confirm_words(registration_id: int) -> None:
    """Let what a registration says stand as the person's own word: they saw it on their page, and acted on it."""
    Registration.objects.filter(pk=registration_id, confirmed=False).update(confirmed=True)


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
        AccessNeed.objects.filter(registration=registration).delete()
        tell(letter, meeting, [registration])
        _move_up(meeting)
    return registration


@transaction.atomic
def fill_free_places(meeting: Meeting) -> int:
    """Give free places to those who wait, first come first served, and tell them. Returns how many moved up."""
    return _move_up(locked(meeting))


def adopt_guest_registrations(membership: Membership) -> int:
    """Give a new member the rows made in this network with their address; returns how many.

    Rows in other networks stay a guest's: who has an account is nothing to their organisers. What the rows say stays
    as it was typed; it is the person's own word once they say so.
    """
    user = membership.user
    mine = Registration.objects.filter(user=user).values("meeting")
    as_a_guest = Registration.objects.filter(meeting__network=membership.network_id, guest_email__iexact=user.email)
    return as_a_guest.exclude(meeting__in=mine).update(user=user, guest_email="")


@transaction.atomic
def forget_guest(email: str, *, at: datetime) -> None:
    """Delete what is known by this address alone, and give places that came free to those who wait (B25)."""
    Registration.objects.filter(guest_email__iexact=email).delete()
    StandingPlace.objects.filter(guest_email__iexact=email).delete()
    Speaker.objects.filter(email__iexact=email).update(email="")
    # Always in the same order, so that two who are erased at once do not wait for one another.
    for meeting in Meeting.objects.filter(starts_at__gt=at, capacity__isnull=False).order_by("starts_at", "pk"):
        fill_free_places(meeting)


def change_wishes(registration: Registration, *, do_not_note: bool, also_known_as: str) -> Registration:
    """Keep whether somebody's comments may be noted, and what else they are known as."""
    registration.do_not_note, registration.also_known_as = do_not_note, also_known_as
    registration.save(update_fields=["do_not_note", "also_known_as"])
    wishes_changed.send(sender=Registration, meeting=registration.meeting)
    return registration


def locked(meeting: Meeting) -> Meeting:
    """The meeting's row, held until the transaction ends: seats are counted by one at a time."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def tell(
    letter: str, meeting: Meeting, registrations: Iterable[Registration], by: User | None = None
) -> Mailing | None:
    """Send each of these people a letter about their own registration. It calls nobody what a stranger typed."""
    recipients = [Recipient(one.email, one.name if one.confirmed else "", one.user, one.pk) for one in registrations]
    if not recipients:
        return None
    return send_letter(letter, recipients, network=meeting.network, about_id=meeting.pk, created_by=by)


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
def _register(meeting: Meeting, guest: Guest, *, user: User | None, own_word: bool) -> Registration:
    now = timezone.now()
    meeting = locked(meeting)
    why = meeting.why_closed(now)
    if why is not None:
        raise RegistrationIsClosed(why)
    registration = _find(meeting, guest.email, user)
    if registration is None:
        registration = Registration(meeting=meeting, user=user, guest_email="" if user else guest.email)
    elif registration.state == State.CANCELLED:
        # Whoever cancelled has said that they do not come: that they do is said anew, by them or by anybody.
        registration.confirmed = False
        registration.queued_at, registration.calendar_sequence = now, registration.calendar_sequence + 1
    else:
        return _again(meeting, registration, guest, own_word=own_word)
    registration.state = _seat(meeting)
    _write_down(registration, guest, own_word=own_word)
    registration.save()
    tell(LETTERS[registration.state], meeting, [registration])
    return registration


LETTERS: dict[str, str] = {
    State.REGISTERED: "events/registered",
    State.WAITING: "events/waiting",
    State.ATTENDED: "events/registered",
}


def _find(meeting: Meeting, email: str, user: User | None) -> Registration | None:
    """This person's row. One made by the form, before they had an account, becomes the account's."""
    whose = Q(user=user) if user else Q(user__email__iexact=email)
    rows = meeting.registrations.select_related("user").filter(whose | Q(guest_email__iexact=email))
    found = rows.order_by(F("user").desc(nulls_last=True)).first()
    if found and user and found.user is None:
        found.user, found.guest_email = user, ""
    return found


def _again(meeting: Meeting, registration: Registration, guest: Guest, *, own_word: bool) -> Registration:
    """Somebody who is on the list already. Their own word stands; what was only typed gives way to what is newer."""
    if not registration.confirmed:
        _write_down(registration, guest, own_word=own_word)
    registration.save()
    if not own_word:
        tell(LETTERS[registration.state], meeting, [registration])
    return registration


def _seat(meeting: Meeting) -> str:
    taken, waiting = _count(meeting)
    return State.REGISTERED if has_place(meeting.capacity, taken=taken, waiting=waiting) else State.WAITING


def _count(meeting: Meeting) -> tuple[int, int]:
    """How many have a place, and how many wait for one."""
    return meeting.registrations.with_place().count(), meeting.registrations.waiting().count()


def _write_down(registration: Registration, said: Guest, *, own_word: bool) -> None:
    """Put down what was said of somebody. What anybody typed replaces no word of their own, and earlier forms of name
    are kept to look for: a stranger must not make the leak check forget a name by typing another."""
    if registration.confirmed and not own_word:
        return
    earlier = (*registration.earlier_forms, registration.name, registration.organisation)
    registration.name, registration.organisation = said.name, said.organisation
    registration.sector, registration.job_title = said.sector, said.job_title
    registration.typed_before = "" if own_word else "\n".join(known_forms(earlier))
    registration.confirmed = own_word


def _is_from_elsewhere_now(registration: Registration, said: Guest) -> bool:
    """Whether somebody says, once the meeting has begun, that they come from somewhere else than they had said."""
    begun = registration.state == Registration.State.ATTENDED or registration.meeting.starts_at <= timezone.now()
    before, now = registration.organisation, said.organisation
    return begun and " ".join(before.casefold().split()) != " ".join(now.casefold().split())


def _move_up(meeting: Meeting) -> int:
    if meeting.why_closed(timezone.now()) is not None:
        return 0
    taken, waiting = _count(meeting)
    free = may_move_up(meeting.capacity, taken=taken, waiting=waiting)
    promoted = list(meeting.registrations.waiting().select_related("user")[:free])
    for registration in promoted:
        registration.state = State.REGISTERED
        registration.save(update_fields=["state"])
    tell("events/promoted", meeting, promoted)
    return len(promoted)
