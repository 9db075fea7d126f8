"""Reminders, and the letter afterwards: form letters to those who registered, each by how they stand (B38)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.urls import reverse
from django.utils import timezone

from cop.lib.mail import Letter, render_letter
from cop.lib.signing import absolute_url, personal_token
from events.access import hidden_from, readable
from events.colleagues import willing_to_be_named, words_for
from events.entries import meeting_link
from events.letters.about import about
from events.models import Meeting, Registration
from events.models.registrations import HAVE_A_PLACE
from members.models import Delivery, Kind, Mailing
from members.writing import Blanks, form_letter

State = Registration.State


@form_letter("events/reminder", kind=Kind.REMINDERS)
def reminder(mailing: Mailing, blanks: Blanks) -> Letter:
    """You have a place soon: when, how to come, and how to give it back (B38). None to whoever has cancelled since."""
    meeting = _ahead(mailing)
    willing = willing_to_be_named(meeting)

    def colleagues(delivery: Delivery) -> str:
        """Each recipient's own: nobody is told of anybody else's colleagues (B42)."""
        return words_for(meeting, delivery.about_id or 0, willing)

    words = {"colleagues": blanks.leave(colleagues)}
    return _reminder("events/reminder", meeting, blanks, page=_token_with_a_place, words=words)


@form_letter("events/reminder_waiting", kind=Kind.REMINDERS)
def reminder_waiting(mailing: Mailing, blanks: Blanks) -> Letter:
    """You still wait for a place: you will be told if there is one, and can leave the list (B37)."""
    return _reminder("events/reminder_waiting", _ahead(mailing), blanks, page=_token_waiting)


@form_letter("events/afterwards", kind=Kind.REMINDERS)
def afterwards(mailing: Mailing, blanks: Blanks) -> Letter:
    """The meeting is over: what follows, and where."""
    meeting = _known(mailing)
    if not meeting.is_over(timezone.now()):
        raise Meeting.DoesNotExist
    return _reminder("events/afterwards", meeting, blanks, page=_token_with_a_place)


def _known(mailing: Mailing) -> Meeting:
    """The meeting a reminder is about, as long as it takes place."""
    return Meeting.objects.published().select_related("network", "series").get(pk=mailing.about_id or 0)


def _ahead(mailing: Mailing) -> Meeting:
    """The same while it is not over: a reminder that was held up until then is no use."""
    meeting = _known(mailing)
    if meeting.is_over(timezone.now()):
        raise Meeting.DoesNotExist
    return meeting


def _reminder(
    name: str,
    meeting: Meeting,
    blanks: Blanks,
    *,
    page: Callable[[Delivery], str],
    words: Mapping[str, str] = MappingProxyType({}),
) -> Letter:
    now = timezone.now()
    # Guests get it too, so it says no more than strangers may read.
    hidden = hidden_from([meeting], is_member=False)[meeting.pk]
    context = {
        **words,
        "meeting": meeting,
        "summary": readable(meeting.summary, meeting, hidden),
        "network": meeting.network,
        "days_to_go": (meeting.local_start.date() - meeting.day_of(now)).days,
        "is_live": meeting.is_live(now),
        "meeting_link": meeting_link(meeting),
        "page_link": absolute_url(reverse("events:my_registration", args=[blanks.leave(page)])),
        "join_link": absolute_url(reverse("events:join_by_link", args=[blanks.leave(_join_token)])),
        "feedback_link": absolute_url(reverse("events:feedback_by_link", args=[blanks.leave(page)])),
        "stop": blanks.stop_link(),
    }
    return about(meeting, render_letter(name, context))


def _token_with_a_place(delivery: Delivery) -> str:
    """The key to somebody's page, if they still have a place; there is no letter otherwise."""
    return _token(delivery, *HAVE_A_PLACE)


def _token_waiting(delivery: Delivery) -> str:
    return _token(delivery, State.WAITING)


def _token(delivery: Delivery, *states: Registration.State) -> str:
    found = Registration.objects.values_list("pk", flat=True).get(pk=delivery.about_id or 0, state__in=states)
    return personal_token("registration", found)


def _join_token(delivery: Delivery) -> str:
    return personal_token("join", delivery.about_id or 0)
