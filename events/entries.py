"""Meetings as entries in somebody's calendar. The video link is in none of them: our own address leads there."""

from collections.abc import Iterable
from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cop.lib.signing import absolute_url, personal_token
from events.access import Hidden, hidden_from, readable
from events.formats.ical import Entry
from events.models import Meeting, Registration


def page_link(registration: Registration) -> str:
    """Where somebody sees, changes and cancels their registration, without an account."""
    return absolute_url(reverse("events:my_registration", args=[personal_token("registration", registration.pk)]))


def join_link(registration: Registration) -> str:
    """What brings somebody into the call, whatever the video link will be then (B34, B35)."""
    return absolute_url(reverse("events:join_by_link", args=[personal_token("join", registration.pk)]))


def cannot_come_token(meeting_id: int, user_id: int) -> str:
    """The key with which somebody with an account says in one press that they cannot come, without signing in (B41)."""
    return personal_token(cannot_come_purpose(meeting_id), user_id)


def cannot_come_link(meeting: Meeting, token: str) -> str:
    """Where that key fits."""
    return absolute_url(reverse("events:cannot_come_by_link", args=[token, meeting.pk]))


def cannot_come_purpose(meeting_id: int) -> str:
    """What the key is good for: this meeting, and no other."""
    return f"cannot come to {meeting_id}"


def meeting_link(meeting: Meeting) -> str:
    return absolute_url(meeting.get_absolute_url())


def own_entry(registration: Registration) -> Entry:
    """The entry of one person, who is its only attendee (R13, B33). Its sequence rises with either's changes."""
    hidden = hidden_from([registration.meeting], is_member=False)[registration.meeting_id]
    return _own(registration, hidden, join=join_link(registration), attendee=registration.email)


def calendar_entries(registrations: Iterable[Registration], *, token: str) -> list[Entry]:
    """What somebody's own calendar holds (B39). The ways into calls end with the calendar's address.

    A calendar that is published names no attendee (RFC 5546 §3.2.1).
    """
    rows = list(registrations)
    hidden = hidden_from([one.meeting for one in rows], is_member=False)
    return [_own(one, hidden[one.meeting_id], join=_join_from_calendar(token, one.meeting)) for one in rows]


def public_entries(meetings: Iterable[Meeting]) -> list[Entry]:
    """Entries of nobody in particular: no attendee, and nothing that leads into the call (B10)."""
    rows = list(meetings)
    hidden = hidden_from(rows, is_member=False)
    return [_public(meeting, hidden[meeting.pk]) for meeting in rows]


def _own(registration: Registration, hidden: Iterable[Hidden], *, join: str, attendee: str = "") -> Entry:
    meeting = registration.meeting
    link = join if meeting.place != Meeting.Place.ROOM else ""
    lines = [_summary(meeting, hidden), _("Join: %s") % link if link else "", _about(meeting)]
    sequence = meeting.calendar_sequence + registration.calendar_sequence
    return entry_of_one(
        meeting, key=registration.calendar_key, sequence=sequence, lines=lines, link=link, attendee=attendee
    )


def entry_of_one(
    meeting: Meeting, *, key: UUID, sequence: int, lines: Iterable[str], link: str, attendee: str = ""
) -> Entry:
    """One person's entry of a meeting, by its own key; `link` is their way into the call, "" where there is none."""
    return _entry(
        meeting,
        uid=f"{key}@{_host()}",
        sequence=sequence,
        description="\n".join(filter(None, lines)),
        location="; ".join(filter(None, [_room(meeting), link])),
        url=link or meeting_link(meeting),
        attendee=attendee,
    )


def _public(meeting: Meeting, hidden: Iterable[Hidden]) -> Entry:
    online = "" if meeting.place == Meeting.Place.ROOM else _("Online")
    return _entry(
        meeting,
        uid=f"{meeting.calendar_uid}@{_host()}",
        sequence=meeting.calendar_sequence,
        description="\n".join(filter(None, [_summary(meeting, hidden), _about(meeting)])),
        location="; ".join(filter(None, [_room(meeting), online])),
        url=meeting_link(meeting),
    )


def _entry(
    meeting: Meeting, *, uid: str, sequence: int, description: str, location: str, url: str, attendee: str = ""
) -> Entry:
    theme = f": {meeting.theme}" if meeting.theme and meeting.theme != meeting.title else ""
    return Entry(
        uid=uid,
        sequence=sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        time_zone=meeting.time_zone,
        summary=f"{meeting.title}{theme}",
        organiser=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        stamped_at=timezone.now(),
        description=description,
        location=location,
        url=url,
        attendee=attendee,
        is_cancelled=meeting.state == Meeting.State.CANCELLED,
        is_all_day=not meeting.has_times,
    )


def _summary(meeting: Meeting, hidden: Iterable[Hidden]) -> str:
    """As strangers read it, members too: entries are passed on."""
    return readable(meeting.summary, meeting, hidden)


def _about(meeting: Meeting) -> str:
    return _("About the meeting: %s") % meeting_link(meeting)


def _join_from_calendar(token: str, meeting: Meeting) -> str:
    return absolute_url(reverse("events:join_from_calendar", args=[token, meeting.pk]))


def _room(meeting: Meeting) -> str:
    return meeting.room if meeting.place != Meeting.Place.ONLINE else ""


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
