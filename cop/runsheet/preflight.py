"""What is open the day before a meeting, as it stands (B83)."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.actions.preparing import trial_of
from events.actions.reminding import planned
from events.entries import public_entries
from events.formats.reading_back import reads_back
from events.models import Meeting
from events.rules.preflight import Check, Seen, preflight
from events.rules.preparing import Missing
from events.talks import missing_of, speakers_of

NAMES: dict[Check, Promise] = {
    Check.LINK: _("Link well formed"),
    Check.TRIED: _("Link tried by a person"),
    Check.HOSTS: _("Two hosts named"),
    Check.SPEAKERS: _("Speakers confirmed"),
    Check.SLIDES: _("Slides in"),
    Check.REMINDER: _("Reminder planned"),
    Check.ENTRY: _("Calendar entry reads back"),
}


def seen_of(meeting: Meeting, at: datetime) -> Seen:
    """How a meeting stands for what is looked at the day before."""
    missing = [missing_of(speaker) for speaker in speakers_of(meeting)]
    without = meeting.agenda.filter(kind="talk", speakers=None).exists()
    return Seen(
        is_online=meeting.place != Meeting.Place.ROOM,
        link=meeting.video_link,
        was_tried=trial_of(meeting) is not None,
        hosts=meeting.hosts.count(),
        speakers_confirmed=not without and not any(Missing.NAME_CHOICE in one for one in missing),
        slides_in=not without and not any(Missing.SLIDES in one for one in missing),
        # What came too late for nobody is not missing.
        reminds=any(
            one.at < meeting.starts_at and (one.had or not one.is_over or not one.would) for one in planned(meeting, at)
        ),
        reads_back=all(reads_back(entry) for entry in public_entries([meeting])),
    )


def preflight_of(meeting: Meeting, at: datetime) -> dict[Check, bool]:
    """Each check that applies to a meeting, and whether it is passed."""
    return preflight(seen_of(meeting, at))
