"""Saying when speakers come together, and bringing the entries in their calendars up to date (B47)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.green_rooms import digest_of, speaking
from events.models import GreenRoom, Meeting, SpeakerEntry
from members.actions.mailing import Recipient, send_letter
from members.models import User

KEEP_ENTRIES = timedelta(days=7)


@dataclass(slots=True)
class Overdue:
    """Entries that are to be sent anew, with what they will say, and those to be taken out of a calendar."""

    wrong: list[tuple[SpeakerEntry, str]] = field(default_factory=list)
    gone: list[SpeakerEntry] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.wrong) + len(self.gone)


def keep_green_room(meeting: Meeting, *, minutes: int, host_link: str) -> GreenRoom:
    """Keep how long before the meeting its speakers come together, and how hosts get in. Nobody is written to."""
    said = {"minutes": minutes, "host_link": host_link}
    return GreenRoom.objects.update_or_create(meeting=meeting, defaults=said)[0]


def overdue_entries(meeting: Meeting) -> Overdue:
    """Which speakers have the meeting in their calendar otherwise than it is; nobody once it is over."""
    found = Overdue()
    if meeting.is_over(timezone.now()):
        return found
    kept = {entry.email.lower(): entry for entry in meeting.speaker_entries.all()}
    speakers = speaking(meeting)
    for email in speakers:
        entry = kept.get(email) or SpeakerEntry(meeting=meeting, email=email)
        entry.meeting = meeting
        now = digest_of(entry)
        if entry.said != now:
            found.wrong.append((entry, now))
    found.gone = [entry for email, entry in kept.items() if entry.said and email not in speakers]
    return found


@transaction.atomic
def bring_entries_up_to_date(meeting: Meeting, *, only: str = "", by: User | None = None) -> int:
    """Send each speaker their entry, if it says something else than theirs, or take it out; to how many.

    Call it on a press, never on saving (B74). With `only` an address: that speaker's first entry, and no other.
    """
    meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("network").get(pk=meeting.pk)
    overdue, speakers = overdue_entries(meeting), speaking(meeting)
    if only:
        overdue = Overdue([(one, now) for one, now in overdue.wrong if one.email == only and not one.said])
    for entry, now in overdue.wrong:
        entry.sequence, entry.said = entry.sequence + bool(entry.pk), now
        entry.save()
    for entry in overdue.gone:
        entry.sequence, entry.said = entry.sequence + 1, ""
        entry.save()
    people = [(speakers[entry.email.lower()], entry) for entry, _now in overdue.wrong]
    coming = [Recipient(entry.email, speaker.name, speaker.user, entry.pk) for speaker, entry in people]
    off = [Recipient(entry.email, "", None, entry.pk) for entry in overdue.gone]
    for letter, recipients in (("events/speaker_entry", coming), ("events/speaker_entry_gone", off)):
        if recipients:
            send_letter(letter, recipients, network=meeting.network, about_id=meeting.pk, created_by=by)
    return overdue.count


def forget_entries(now: datetime) -> int:
    """Delete which entries speakers of meetings that ended a week ago have; how many."""
    return SpeakerEntry.objects.filter(meeting__ends_at__lt=now - KEEP_ENTRIES).delete()[0]
