"""Coming to every meeting of a series: asked for once, a place at each date as it is announced (B30, complaint 1).

Whoever changes who comes always holds the series' row, and then the meetings': so nobody is missed by a date that is
announced in the same moment.
"""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from events.actions.registering import LETTERS, as_guest, locked, tell
from events.models import Meeting, Registration, Series, StandingPlace
from events.models.standing_places import StandingPlaceQuerySet
from events.rules.seating import places_for
from members.models import Membership, User

State = Registration.State


class NotInTheirOwnWords(Exception):
    """What a form typed of somebody stands for one meeting at most."""


@transaction.atomic
def take_standing_place(series: Series, user: User) -> StandingPlace:
    """A place for `user` at every meeting of the series: those announced already, and each as it is announced.

    Asking again changes nothing. Dates they have been registered for before stay as they are, cancelled or not.
    """
    held = hold(series)
    place, _is_new = StandingPlace.objects.get_or_create(series=held, user=user)
    _seat_at_announced(place)
    return place


@transaction.atomic
def take_standing_place_by_link(registration: Registration) -> StandingPlace:
    """The same for whoever has a registration's link; raises `NotInTheirOwnWords` while nobody has said it is right."""
    series = registration.meeting.series
    if series is None or not registration.confirmed:
        raise NotInTheirOwnWords
    if registration.user:
        return take_standing_place(series, registration.user)
    held = hold(series)
    place = StandingPlace.objects.of(registration).first()
    if place is None:
        place = StandingPlace.objects.create(
            series=held,
            guest_email=registration.guest_email,
            name=registration.name,
            organisation=registration.organisation,
            job_title=registration.job_title,
            sector=registration.sector,
        )
    _seat_at_announced(place)
    return place


def end_standing_place(registration: Registration) -> bool:
    """Come to no further meeting by itself; places at what is announced stay. Returns whether there was one."""
    return bool(StandingPlace.objects.of(registration).delete()[0])


def end_standing_place_in(series_id: int, user: User) -> bool:
    """The same for somebody signed in."""
    return bool(StandingPlace.objects.filter(series=series_id, user=user).delete()[0])


def end_standing_places(membership: Membership) -> None:
    """The same in every series of a network that somebody has left."""
    StandingPlace.objects.filter(user=membership.user_id, series__network=membership.network_id).delete()


@transaction.atomic
def adopt_standing_places(membership: Membership) -> None:
    """Give a new member what they asked for in this network as a guest."""
    user = membership.user
    as_a_guest = StandingPlace.objects.filter(
        series__network=membership.network_id, guest_email__iexact=user.email
    ).order_by("pk")
    mine = StandingPlace.objects.filter(user=user).values("series")
    as_a_guest.exclude(series__in=list(mine.values_list("series", flat=True))).update(user=user, guest_email="")
    as_a_guest.delete()


def hold(series: Series) -> Series:
    """The series' row, held until the transaction ends."""
    return Series.objects.select_for_update(of=("self",)).get(pk=series.pk)


def seat_those_who_always_come(meeting: Meeting) -> int:
    """Register at a meeting that has just been announced whoever comes always, in the order they asked; the letter
    brings each their calendar entry. The caller holds its series and then the meeting. Returns how many.

    Safe to call again: whoever has been on the meeting's list, if only to cancel, stays as they are.
    """
    return _seat(meeting, StandingPlace.objects.filter(series=meeting.series_id).able())


def _seat_at_announced(place: StandingPlace) -> None:
    now = timezone.now()
    for meeting in Meeting.objects.published().upcoming(now).filter(series=place.series_id):
        _seat(locked(meeting), StandingPlace.objects.filter(pk=place.pk))


def _seat(meeting: Meeting, places: StandingPlaceQuerySet) -> int:
    if meeting.series_id is None or meeting.why_closed(timezone.now()):
        return 0
    rows = [_registration(meeting, place) for place in _new_to(meeting, places)]
    taken, waiting = meeting.registrations.with_place().count(), meeting.registrations.waiting().count()
    seated = places_for(len(rows), meeting.capacity, taken=taken, waiting=waiting)
    for row in rows[seated:]:
        row.state = State.WAITING
    Registration.objects.bulk_create(rows, batch_size=500)
    tell(LETTERS[State.REGISTERED], meeting, rows[:seated])
    tell(LETTERS[State.WAITING], meeting, rows[seated:])
    return len(rows)


def _new_to(meeting: Meeting, places: StandingPlaceQuerySet) -> Iterator[StandingPlace]:
    """Those whose address is not on the list yet, by account or as a guest; each address once."""
    known = {row.email.lower() for row in meeting.registrations.select_related("user")}
    for place in places.select_related("user"):
        if place.email.lower() not in known:
            known.add(place.email.lower())
            yield place


def _registration(meeting: Meeting, place: StandingPlace) -> Registration:
    said = as_guest(place.user) if place.user else place
    return Registration(
        meeting=meeting,
        user=place.user,
        guest_email=place.guest_email,
        name=said.name,
        organisation=said.organisation,
        job_title=said.job_title,
        sector=said.sector,
        confirmed=True,
    )
