"""Meetings as they stand in a list: each with what can be had of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Prefetch

from events.models import AgendaItem, Material, Meeting, Speaker
from events.models.meetings import MeetingQuerySet
from events.rules.timetable import Tense, tense
from events.signals import gathering_noted_meetings


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting in a list. `kinds` are those of the materials this reader may see; `has_notes` is no secret."""

    meeting: Meeting
    tense: Tense
    speakers: tuple[str, ...]
    kinds: frozenset[str]
    has_notes: bool


def rows(meetings: MeetingQuerySet, *, is_member: bool, now: datetime) -> list[Row]:
    """The meetings with all that a list shows of them, in a number of queries that does not grow with it."""
    found = list(meetings.select_related("network", "series").prefetch_related(*_parts(is_member)))
    noted = noted_meetings(found)
    return [
        Row(
            meeting=meeting,
            tense=meeting_tense(meeting, now),
            speakers=tuple(dict.fromkeys(name_with_organisation(speaker) for speaker in speakers_of(meeting))),
            kinds=frozenset(material.kind for material in meeting.materials.all()),
            has_notes=meeting.pk in noted,
        )
        for meeting in found
    ]


def noted_meetings(meetings: Iterable[Meeting]) -> set[int]:
    """Which of the meetings have circulated notes, by what the storey above answers."""
    ids = {meeting.pk for meeting in meetings}
    answers = gathering_noted_meetings.send(sender=Meeting, meeting_ids=ids)
    noted = cast("list[tuple[object, set[int]]]", answers)  # the stubs think that receivers answer with texts
    return {meeting_id for _receiver, answer in noted for meeting_id in answer}


def speakers_of(meeting: Meeting) -> list[Speaker]:
    return [speaker for item in meeting.agenda.all() for speaker in item.speakers.all()]


def name_with_organisation(speaker: Speaker) -> str:
    return f"{speaker.name} ({speaker.organisation})" if speaker.organisation else speaker.name


def meeting_tense(meeting: Meeting, now: datetime) -> Tense:
    is_cancelled = meeting.state == Meeting.State.CANCELLED
    return tense(meeting.starts_at, meeting.ends_at, now=now, is_cancelled=is_cancelled)


def _parts(is_member: bool) -> list[Prefetch[str] | str]:
    return [
        Prefetch("materials", queryset=Material.objects.visible_to(is_member=is_member)),
        Prefetch("agenda", queryset=AgendaItem.objects.prefetch_related("speakers")),
        "topics",
    ]
