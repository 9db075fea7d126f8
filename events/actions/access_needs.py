"""What people need to take part: said, changed and taken back by them, and forgotten after the meeting (B40)."""

from datetime import datetime, timedelta

from cop.lib.space import overwrite_space
from events.models import AccessNeed, Meeting, Registration

FORGOTTEN_AFTER = timedelta(days=30)
LONGEST = 2000


def say_access_need(registration: Registration, text: str) -> None:
    """Keep what this person needs, in place of what they said before; nothing of it, where `text` is empty."""
    if text.strip():
        AccessNeed.objects.update_or_create(registration=registration, defaults={"text": text.strip()})
    else:
        AccessNeed.objects.filter(registration=registration).delete()


def note_access_need(registration: Registration, text: str) -> None:
    """Keep what a form said that anybody can have filled in: it replaces nobody's own word, and nothing said before."""
    if text.strip() and not registration.confirmed:
        AccessNeed.objects.get_or_create(registration=registration, defaults={"text": text.strip()})


def access_need_of(registration: Registration) -> str:
    """What somebody has said, for their own page."""
    need = AccessNeed.objects.filter(registration=registration).first()
    return need.text if need else ""


def access_needs(meeting: Meeting) -> list[AccessNeed]:
    """What the people who come need, or those who wait, by their names; for the meeting's organisers."""
    standing = meeting.registrations.standing().values("pk")
    found = AccessNeed.objects.filter(registration__in=standing).select_related("registration__user")
    return list(found.order_by("registration__name", "pk"))


def forget_access_needs(at: datetime) -> int:
    """Delete what was said for meetings that ended 30 days before `at`, and by those who do not come; how many."""
    past = AccessNeed.objects.filter(registration__meeting__ends_at__lte=at - FORGOTTEN_AFTER)
    off = AccessNeed.objects.filter(registration__state=Registration.State.CANCELLED)
    gone = past.delete()[0] + off.delete()[0]
    if gone:
        overwrite_space()
    return gone
