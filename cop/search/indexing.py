"""Keeping passages as the pages are.

Whoever changes what a page says takes its passages away, in the same transaction: what is out of date is never found.
They are made anew when somebody searches the network, or within a minute. So a meeting that is saved with its agenda,
row by row, is read once and not twelve times.
"""

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from cop.search.models import Passage
from cop.search.passages import notes, passages_of
from events.models import Meeting
from members.models import Network
from notes.models.editions import Edition

# What one search makes anew at most; after an import of many meetings the worker does the rest.
AT_ONCE = 50


@transaction.atomic
def outdate(meeting_id: int) -> None:
    """Take away what a meeting's page said before. Whoever wants to read it anew waits until we are done."""
    list(Meeting.objects.select_for_update(no_key=True).filter(pk=meeting_id).values_list("pk"))
    Passage.objects.filter(meeting=meeting_id, edition=None).delete()


@transaction.atomic
def index_meeting(meeting_id: int) -> None:
    """Make what a meeting's page says anew; of a draft there is nothing. Two who do it at once wait for one another."""
    meeting = Meeting.objects.select_for_update(no_key=True).filter(pk=meeting_id).first()
    Passage.objects.filter(meeting=meeting_id, edition=None).delete()
    if meeting is not None and meeting.state != Meeting.State.DRAFT:
        prefetch_related_objects([meeting], "topics")
        Passage.objects.bulk_create(passages_of(meeting))


def index_edition(edition: Edition) -> None:
    """Have members find what was circulated. It never changes, and goes with its edition."""
    Passage.objects.bulk_create([notes(edition)], ignore_conflicts=True)


def bring_up_to_date(network: Network) -> None:
    """Have a search of this network find what was written last."""
    for meeting_id in missing_meetings().filter(network=network).values_list("pk", flat=True)[:AT_ONCE]:
        index_meeting(meeting_id)


def index_missing() -> None:
    """Make the passages that are not there, as after a change or an upgrade. Safe to call at any time."""
    for meeting_id in missing_meetings().values_list("pk", flat=True):
        index_meeting(meeting_id)
    for edition in missing_editions():
        index_edition(edition)


@transaction.atomic
def rebuild() -> int:
    """Make all passages anew; answers how many there are."""
    Passage.objects.all().delete()
    index_missing()
    return Passage.objects.count()


def missing_meetings() -> QuerySet[Meeting]:
    indexed = Passage.objects.filter(kind=Passage.Kind.MEETING).values("meeting")
    return Meeting.objects.public().exclude(pk__in=indexed).order_by("-pk")


def missing_editions() -> QuerySet[Edition]:
    indexed = Passage.objects.exclude(edition=None).values("edition")
    circulated = Edition.objects.newest().circulated().filter(audience=0)
    return circulated.exclude(pk__in=indexed).select_related("meeting").order_by("pk")
