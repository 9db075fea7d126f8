"""Which meetings and registrations a person may see. Strangers get the answer of a page that does not exist."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from cop.lib.signing import read_personal_token
from events.formats.jekyll.page import body_for_page
from events.formats.unnamed import without_names
from events.models import Material, Meeting, OwnCalendar, Registration, Speaker, StandingPlace
from events.models.registrations import HAVE_A_PLACE
from events.rules.seating import Closed, has_place
from events.rules.timetable import DOORS_OPEN_BEFORE
from members.access import Visitor, is_member, may, network_or_404, takes_notes
from members.audiences import occasion_in
from members.models import Circular, Delivery, Network, User
from members.rules.roles import Duty

# Personal pages answer for a while after the meeting: until its notes are surely being written.
KEPT_FOR = timedelta(days=30)
LIVE_BEFORE = timedelta(minutes=10)
State = Registration.State
Hidden = Material | Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a visitor is to a meeting, and what they may press."""

    registration: Registration | None
    closed: Closed | None
    is_full: bool
    may_cancel: bool
    may_join: bool
    doors_open_at: datetime
    place_in_queue: int
    comes_always: bool
    is_live: bool

    @property
    def has_place(self) -> bool:
        return self.registration is not None and self.registration.state in HAVE_A_PLACE

    @property
    def is_waiting(self) -> bool:
        return self.registration is not None and self.registration.state == State.WAITING


def announced_meeting_or_404(network: str, meeting: str) -> Meeting:
    """The meeting at this address, once it is published; drafts are nobody's to register for."""
    announced = Meeting.objects.public().select_related("network", "series")
    return get_object_or_404(announced, network__slug=network, slug=meeting)


def member_of_network_or_404(user: Visitor, slug: str) -> tuple[Network, User]:
    """The network at this address and the person, for its active members."""
    network = network_or_404(slug)
    if not isinstance(user, User) or not is_member(user, network):
        raise Http404
    return network, user


def registration_by_token(token: str, purpose: str) -> Registration:
    """The registration a personal link is about, while it answers; `Http404` otherwise."""
    known = Registration.objects.select_related("user", "meeting__network", "meeting__series")
    found = get_object_or_404(known, pk=read_personal_token(token, purpose, None))
    if found.meeting.state == Meeting.State.DRAFT or found.meeting.ends_at < timezone.now() - KEPT_FOR:
        raise Http404
    return found


def invited_by_token(token: str) -> tuple[Meeting, User]:
    """The meeting an invitation is about, and whom it went to at the address they still have; `Http404` otherwise."""
    letters = Delivery.objects.select_related("mailing", "user")
    found = get_object_or_404(letters, pk=read_personal_token(token, "invited", None), user__is_active=True)
    circular = Circular.objects.filter(mailing=found.mailing_id).select_related("network").first()
    if circular is None or found.user is None or found.user.email.lower() != found.email.lower():
        raise Http404
    known = Meeting.objects.public().select_related("network", "series")
    return get_object_or_404(known, pk=occasion_in(circular.audience), network=circular.network), found.user


def registration_of(user: Visitor, meeting: Meeting) -> Registration | None:
    """The signed-in person's own registration, by whatever form it was made, unless they cancelled it."""
    if not isinstance(user, User):
        return None
    return meeting.registrations.standing().of(user).select_related("user").first()


def asker_of(user: Visitor, meeting: Meeting) -> str | None:
    """Whom to count for questions of a meeting: whoever has a place, or sees to the questions; nobody else may ask."""
    own = registration_of(user, meeting)
    if own is not None and own.state in HAVE_A_PLACE:
        return counted_as(own)
    return f"user {user.pk}" if takes_notes(user, meeting.network) else None


def asker_by_link(registration: Registration) -> str:
    """The same for whoever has a personal link; `Http404` without a place."""
    if registration.state not in HAVE_A_PLACE:
        raise Http404
    return counted_as(registration)


def giver_of(user: Visitor, meeting: Meeting) -> str | None:
    """Whom to count for feedback on a meeting: whoever has a place."""
    own = registration_of(user, meeting)
    return counted_as(own) if own is not None and own.state in HAVE_A_PLACE else None


def counted_as(registration: Registration) -> str:
    """One person is one, signed in or by their link."""
    return f"user {registration.user_id}" if registration.user_id else f"registration {registration.pk}"


def own_calendar_or_404(token: str) -> OwnCalendar:
    """The calendar at a private address; `Http404` once that was reset, and for those who may not sign in."""
    known = OwnCalendar.objects.select_related("user").filter(user__is_active=True)
    return get_object_or_404(known, digest=digest_of(token))


def digest_of(token: str) -> str:
    """What is kept of a private address. The token is 256 random bits: nobody finds it from this by trying."""
    return sha256(token.encode()).hexdigest()


def run_meeting_or_404(user: Visitor, meeting_id: int) -> Meeting:
    """The meeting, for those who take its notes; drafts are nobody else's (R12)."""
    return meeting_of_duty_or_404(user, meeting_id, Duty.NOTES)[0]


def organised_meeting_or_404(user: Visitor, meeting_id: int) -> tuple[Meeting, User]:
    """The meeting and the person, for organisers of its network."""
    return meeting_of_duty_or_404(user, meeting_id, Duty.ORGANISE)


def meeting_of_duty_or_404(user: Visitor, meeting_id: int, duty: Duty) -> tuple[Meeting, User]:
    """The meeting and the person, for those who have this duty in its network."""
    meeting = get_object_or_404(Meeting.objects.select_related("network", "series"), pk=meeting_id)
    if not isinstance(user, User) or not may(user, meeting.network, duty):
        raise Http404
    return meeting, user


def out_of_sight(*, is_member: bool) -> QuerySet[Material]:
    """Materials this reader may not see, whose addresses no text may give away either (B45)."""
    return Material.objects.exclude(pk__in=Material.objects.visible_to(is_member=is_member))


def hidden_from(meetings: Iterable[Meeting], *, is_member: bool) -> defaultdict[int, list[Hidden]]:
    """What no text about each meeting may give away to this reader: addresses of materials, names of speakers (B45)."""
    known, gathered = list(meetings), defaultdict[int, list[Hidden]](list)
    for material in out_of_sight(is_member=is_member).filter(meeting__in=known):
        gathered[material.meeting_id].append(material)
    unnamed = Speaker.objects.unnamed_to(is_member=is_member).filter(agenda_item__meeting__in=known)
    for speaker in unnamed.select_related("agenda_item"):
        gathered[speaker.agenda_item.meeting_id].append(speaker)
    return gathered


def readable(text: str, meeting: Meeting, hidden: Iterable[Hidden]) -> str:
    """Markdown about a meeting without the way to its call (B34), and without what is `hidden` from its reader."""
    known = list(hidden)
    addresses = {meeting.video_link, *(one.url for one in known if isinstance(one, Material))} - {""}
    shown = body_for_page(text, hidden=addresses)
    return without_names(shown, {one.name for one in known if isinstance(one, Speaker)}, instead=_("a speaker"))


def of_each(materials: QuerySet[Material], meetings: Iterable[Meeting]) -> dict[int, list[Material]]:
    """Materials by the id of their meeting, in one query; a meeting without any has an empty list."""
    gathered: defaultdict[int, list[Material]] = defaultdict(list)
    for material in materials.filter(meeting__in=list(meetings)):
        gathered[material.meeting_id].append(material)
    return gathered


def standing(meeting: Meeting, registration: Registration | None, *, at: datetime) -> Standing:
    """How a registration (or nobody's) stands at an instant, in at most three queries."""
    closed = meeting.why_closed(at)
    state = registration.state if registration else State.CANCELLED
    return Standing(
        registration=registration,
        closed=closed,
        is_full=closed is None and is_full(meeting),
        may_cancel=state in {State.REGISTERED, State.WAITING} and closed is None and at < meeting.starts_at,
        may_join=state in HAVE_A_PLACE and closed is None and meeting.doors_open(at),
        doors_open_at=meeting.local_start - DOORS_OPEN_BEFORE,
        place_in_queue=place_in_queue(registration) if registration and state == State.WAITING else 0,
        comes_always=registration is not None and comes_always(registration),
        is_live=closed is None and live_from(meeting) <= at,
    )


def live_from(meeting: Meeting) -> datetime:
    """When a meeting's own page begins to lead to its live page, on the meeting's clock (B43)."""
    return meeting.local_start - LIVE_BEFORE


def comes_always(registration: Registration) -> bool:
    """Whether whoever this is of has a place at every meeting of the series."""
    return registration.meeting.series_id is not None and StandingPlace.objects.of(registration).exists()


def is_full(meeting: Meeting) -> bool:
    """Whether whoever registers now would surely wait: the places are taken by people who have said so themselves.

    What a form typed does not count here, though it holds a place: otherwise whoever types an address would see by the
    next page whether that person was on the list already (R13). The letter says what came of it.
    """
    if meeting.capacity is None:
        return False
    sure = meeting.registrations.confirmed()
    taken, waiting = sure.with_place().count(), sure.waiting().count()
    return not has_place(meeting.capacity, taken=taken, waiting=waiting)


def place_in_queue(registration: Registration) -> int:
    """1 for whoever is next."""
    waiting = list(registration.meeting.registrations.waiting().values_list("pk", flat=True))
    return waiting.index(registration.pk) + 1 if registration.pk in waiting else 0
