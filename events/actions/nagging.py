"""Reminding organisers of a talk without a speaker, and of notes that have not gone round (B85). Once each."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction

from events.actions.registering import locked
from events.models import Meeting, Nagged
from events.rules.nagging import LATE, SPEAKERS_AHEAD, Nag, is_time_to_nag, nag_at
from events.signals import gathering_noted_meetings
from events.talks import wanting_of
from members.actions.mailing import write_to_organisers

LETTERS = {Nag.SPEAKERS: "events/speakers_wanted", Nag.NOTES: "events/notes_wanted"}
# Five working days are at most this many days, over Christmas.
LONGEST_WEEK = timedelta(days=14)


def nag_due(now: datetime) -> int:
    """Write to organisers about what is due and not done; how many times. Safe to call at any time, by any worker."""
    return sum(_nag(meeting, nag) for meeting, nag in list(_due(now)) if _is_wanting(meeting, nag))


def _due(now: datetime) -> Iterator[tuple[Meeting, Nag]]:
    near = Meeting.objects.published().filter(
        starts_at__lte=now + SPEAKERS_AHEAD, ends_at__gt=now - LONGEST_WEEK - LATE, has_times=True
    )
    done = set(Nagged.objects.filter(meeting__in=near).values_list("meeting", "nag"))
    for meeting in near.select_related("network", "series"):
        for nag in Nag:
            at = nag_at(
                nag,
                starts_at=meeting.starts_at,
                ends_at=meeting.ends_at,
                time_zone=meeting.time_zone,
                nation=meeting.holidays_of,
            )
            if is_time_to_nag(at, now=now) and (meeting.pk, nag.value) not in done:
                yield meeting, nag


def _is_wanting(meeting: Meeting, nag: Nag) -> bool:
    return bool(wanting_of(meeting)) if nag is Nag.SPEAKERS else notes_are_wanting(meeting)


def notes_are_wanting(meeting: Meeting) -> bool:
    """Whether a meeting's notes have not gone round, in a network whose notes otherwise do."""
    ids = set(Meeting.objects.of(meeting.network).filter(ends_at__lte=meeting.ends_at).values_list("pk", flat=True))
    answers = gathering_noted_meetings.send(sender=Meeting, meeting_ids=ids)
    noted = {pk for _receiver, found in cast("list[tuple[object, set[int]]]", answers) for pk in found}
    return bool(noted) and meeting.pk not in noted


@transaction.atomic
def _nag(meeting: Meeting, nag: Nag) -> int:
    """The meeting's row is held meanwhile, so that of several workers one writes."""
    meeting = locked(meeting)
    if not Nagged.objects.get_or_create(meeting=meeting, nag=nag)[1]:
        return 0
    write_to_organisers(LETTERS[nag], meeting.network, about_id=meeting.pk)
    return 1
