"""Since when feeds tell what they tell."""

from collections.abc import Mapping
from datetime import datetime

from events.formats.feeds import Dated, Story
from events.models import Meeting, Told


def date_stories(stories: Mapping[Meeting, Story], *, at: datetime) -> list[Dated]:
    """Each story with its times, in the given order; one that has changed since it was last told is new `at`.

    Rows are written where somebody sees a change first, so no way of changing a meeting can be forgotten. What is over
    already, such as an archive that was imported, was first told when it took place.
    """
    known = {told.meeting_id: told for told in Told.objects.filter(meeting__in=[one.pk for one in stories])}
    return [_date(meeting, story, known.get(meeting.pk), at) for meeting, story in stories.items()]


def _date(meeting: Meeting, story: Story, told: Told | None, at: datetime) -> Dated:
    if told is None or told.digest != story.digest:
        first_at = min(at, meeting.starts_at)
        told, _new = Told.objects.update_or_create(
            meeting=meeting,
            defaults={"digest": story.digest, "changed_at": at},
            create_defaults={"digest": story.digest, "first_at": first_at, "changed_at": first_at},
        )
    return Dated(story=story, first_at=told.first_at, changed_at=told.changed_at)
