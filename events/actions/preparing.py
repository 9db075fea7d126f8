"""Seeing to a meeting in the days before it: who hosts it, and that its link has been tried (B83)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from events.actions.registering import locked
from events.models import Host, LinkTrial, Meeting
from members.models import User


@transaction.atomic
def name_hosts(meeting: Meeting, hosts: Iterable[User]) -> None:
    """These people host a meeting, and nobody else. Nobody is written to."""
    meeting, wanted = locked(meeting), list(hosts)
    meeting.hosts.exclude(user__in=wanted).delete()
    for user in wanted:
        Host.objects.get_or_create(meeting=meeting, user=user)


@transaction.atomic
def mark_tried(meeting: Meeting, *, by: User, at: datetime) -> bool:
    """Keep that `by` opened the link a meeting has now, and it led into the call; False where there is none."""
    meeting = locked(meeting)
    if meeting.video_link:
        said = {"tried_by": by, "tried_at": at, "link": LinkTrial.digest_of(meeting.video_link)}
        LinkTrial.objects.update_or_create(meeting=meeting, defaults=said)
    return bool(meeting.video_link)


def trial_of(meeting: Meeting) -> LinkTrial | None:
    """The trial of the link a meeting has now; none where that was never tried."""
    trial = LinkTrial.objects.filter(meeting=meeting).select_related("tried_by").first()
    return trial if trial is not None and trial.is_of(meeting.video_link) else None
