"""Telling those who registered how a meeting stands, and what has changed since they were last told (B74)."""

from django.db import transaction
from django.utils.translation import gettext as _, ngettext

from events.actions.green_rooms import bring_entries_up_to_date, overdue_entries
from events.actions.registering import locked, tell
from events.models import Meeting, Notice, Registration
from events.rendering import standing_of
from events.rules.differences import Difference, differences
from members.models import User


class CannotTell(Exception):
    """Nobody is written to as things stand; the words say why, and what to do."""


def remember_told(meeting: Meeting) -> None:
    """Keep how a published meeting stands, where nothing was kept yet: it is what its page told people until now."""
    if meeting.state != Meeting.State.DRAFT and not meeting.notices.exists():
        Notice.objects.create(meeting=meeting, said=standing_of(meeting))


def changes_since_told(meeting: Meeting) -> list[Difference] | None:
    """What is different from what people were last told; None where that is not known."""
    last = meeting.notices.newest()
    return differences(last.said, standing_of(meeting)) if last else None


def people_to_tell(meeting: Meeting) -> list[Registration]:
    """Everybody who has a place or waits for one."""
    return list(meeting.registrations.standing().select_related("user"))


@transaction.atomic
def tell_registered(meeting: Meeting, *, seen: int | None = None, by: User | None = None) -> int:
    """Write to all who registered or wait: that the meeting is off, or how it stands and what has changed; and to
    speakers whose entry says something else (B47). How many.

    The letter's calendar entry updates the one they have, or takes it out (B32). Where somebody `seen` another number
    before they pressed, nobody is written to: `CannotTell`.
    """
    meeting = locked(meeting)
    people = people_to_tell(meeting)
    count = len(people) + overdue_entries(meeting).count
    if seen is not None and seen != count:
        now = ngettext("%d person would get it by now.", "%d people would get it by now.", count)
        raise CannotTell(f"{now % count} {_('Please look again, and press once more.')}")
    bring_entries_up_to_date(meeting, by=by)
    if people:
        letter = "events/meeting_cancelled" if meeting.state == Meeting.State.CANCELLED else "events/meeting_changed"
        Notice.objects.create(meeting=meeting, said=standing_of(meeting), mailing=tell(letter, meeting, people, by))
    return count
