"""Saying that one cannot come, so that organisers know without having to ask (B41)."""

from django.db import transaction
from django.utils import timezone

from events.actions.registering import (
    MeetingHasBegun,
    RegistrationIsClosed,
    as_guest,
    cancel_registration,
    locked,
)
from events.models import Meeting, Registration
from members.models import User

State = Registration.State


@transaction.atomic
def say_cannot_come(meeting: Meeting, user: User) -> Registration:
    """Put `user` on the meeting's list as not coming; a place they had goes to whoever waits, and they get the receipt.

    Whoever had none gets no letter: they have just seen the page say so. Saying it again changes nothing. Registering
    takes it back. Raises `RegistrationIsClosed`, `MeetingHasBegun`.
    """
    meeting, now = locked(meeting), timezone.now()
    closed = meeting.why_closed(now)
    if closed is not None:
        raise RegistrationIsClosed(closed)
    if meeting.starts_at <= now:
        raise MeetingHasBegun
    known = meeting.registrations.of(user).first()
    return cancel_registration(known) if known else _not_coming(meeting, user)


def _not_coming(meeting: Meeting, user: User) -> Registration:
    said = as_guest(user)
    return meeting.registrations.create(
        user=user,
        name=said.name,
        organisation=said.organisation,
        sector=said.sector,
        job_title=said.job_title,
        state=State.CANCELLED,
        confirmed=True,
    )
