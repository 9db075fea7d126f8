"""What speakers have in their calendars: when they are expected, and their own way into the call (B47)."""

from dataclasses import replace
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cop.lib.signing import absolute_url, claimed_subject, personal_token, read_personal_token
from events.entries import entry_of_one, meeting_link
from events.formats.ical import Entry
from events.models import GreenRoom, Meeting, Speaker, SpeakerEntry
from events.rules.green_rooms import comes_at, opens_at


def green_room_of(meeting: Meeting) -> GreenRoom:
    """What the organisers have said; nothing yet, where they have not."""
    return GreenRoom.objects.filter(meeting=meeting).first() or GreenRoom(meeting=meeting)


def expected_at(meeting: Meeting) -> datetime:
    """When the speakers are to be there, on the meeting's own clock."""
    return comes_at(meeting.starts_at, minutes=green_room_of(meeting).minutes).astimezone(meeting.zone)


def lets_in_from(meeting: Meeting) -> datetime:
    """From when the speakers' address leads into the call, on the meeting's own clock."""
    return opens_at(meeting.starts_at, minutes=green_room_of(meeting).minutes).astimezone(meeting.zone)


def way_in(meeting: Meeting) -> str:
    """The hosts' link, else that of the call; empty where there is none yet."""
    return green_room_of(meeting).host_link or meeting.video_link


def green_room_link(entry: SpeakerEntry) -> str:
    """Our own address of the way in, the same whatever the hosts' link is."""
    return absolute_url(reverse("events:green_room", args=[personal_token(_purpose(entry), entry.pk)]))


def speaking(meeting: Meeting) -> dict[str, Speaker]:
    """To whom an entry belongs, by address: nobody while the meeting is a draft, or where it does not take place."""
    return have_said(meeting) if meeting.state == Meeting.State.PUBLISHED else {}


def have_said(meeting: Meeting) -> dict[str, Speaker]:
    """Who has said what they want as a speaker, by their address in small letters; nobody while no time is known."""
    if not meeting.has_times:
        return {}
    said = Speaker.objects.filter(agenda_item__meeting=meeting, said_at__isnull=False).select_related("user")
    said = said.order_by("-agenda_item__position", "-pk")
    return {speaker.address.lower(): speaker for speaker in said if speaker.address}


def entry_for_speaker(entry: SpeakerEntry) -> Entry:
    """From when they are expected until the end; the speaker is its only attendee (R13, B33)."""
    return _made(entry, link=green_room_link(entry))


def digest_of(entry: SpeakerEntry) -> str:
    """By which it is known whether an entry would say something else than what was sent."""
    said = _made(entry, link=entry.link_key)  # the link itself says when it was made
    same = replace(said, sequence=0, stamped_at=said.starts_at)
    return salted_hmac("entry of a speaker", repr(same), algorithm="sha256").hexdigest()


def _made(entry: SpeakerEntry, *, link: str) -> Entry:
    meeting = entry.meeting
    first, link = expected_at(meeting), link if meeting.place != Meeting.Place.ROOM else ""
    times = {"comes": f"{first:%H:%M}", "begins": f"{meeting.local_start:%H:%M}"}
    early = _("Speakers meet at %(comes)s; the meeting begins at %(begins)s.") % times
    lines = [
        early if first < meeting.local_start else "",
        _("The way in for speakers: %s") % link if link else "",
        _("About the meeting: %s") % meeting_link(meeting),
    ]
    sequence = meeting.calendar_sequence + entry.sequence
    made = entry_of_one(meeting, key=entry.key, sequence=sequence, lines=lines, link=link, attendee=entry.email)
    return replace(made, starts_at=first, summary=_("You speak: %s") % made.summary)


def entry_by_token(token: str) -> SpeakerEntry:
    """The entry whose way in this is, as long as its address is a speaker's; `Http404` otherwise."""
    known = SpeakerEntry.objects.select_related("meeting__network", "meeting__series")
    entry = get_object_or_404(known.exclude(meeting__state=Meeting.State.DRAFT), pk=claimed_subject(token))
    read_personal_token(token, _purpose(entry), None)
    meeting = entry.meeting
    if meeting.state == Meeting.State.PUBLISHED and entry.email.lower() not in speaking(meeting):
        raise Http404
    return entry


def is_open(meeting: Meeting) -> bool:
    """Whether the speakers' address leads into the call now."""
    may = meeting.state == Meeting.State.PUBLISHED and meeting.place != Meeting.Place.ROOM
    return may and lets_in_from(meeting) <= timezone.now() < meeting.ends_at


def _purpose(entry: SpeakerEntry) -> str:
    return f"green room {entry.link_key}"
