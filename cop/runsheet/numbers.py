"""Who comes to a meeting, in numbers, each with the way to those people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Meeting, Registration

State = Registration.State


@dataclass(frozen=True, slots=True)
class Number:
    """How many are something to a meeting; `url` leads to them."""

    words: Promise
    count: int
    url: str


def numbers_of(meeting: Meeting, at: datetime) -> list[Number]:
    """Those with a place first; nought of something else is not said."""
    return list(_numbers(meeting, at))


def _numbers(meeting: Meeting, at: datetime) -> Iterator[Number]:
    grouped = meeting.registrations.order_by().values_list("state").annotate(Count("pk"))
    counts: dict[str, int] = dict(grouped)
    coming, came = counts.get(State.REGISTERED, 0), counts.get(State.ATTENDED, 0)
    if came:
        yield Number(_("came"), came, people_page(meeting, State.ATTENDED))
        coming += came
    yield Number(_("registered"), coming, people_page(meeting, "" if came else State.REGISTERED))
    if waiting := counts.get(State.WAITING, 0):
        yield Number(_("waiting"), waiting, people_page(meeting, State.WAITING))
    if away := counts.get(State.CANCELLED, 0):
        yield Number(_("cannot come"), away, people_page(meeting, State.CANCELLED))


def people_page(meeting: Meeting, state: str = "") -> str:
    """The list of a meeting's people, or of those in one state."""
    page = f"{reverse('admin:events_registration_changelist')}?meeting__id__exact={meeting.pk}"
    return f"{page}&state__exact={state}" if state else page
