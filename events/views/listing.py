"""Meetings as they stand in a list: each with what this reader can have of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import Prefetch
from django.dispatch import Signal

from events.access import hidden_from, of_each, readable
from events.models import AgendaItem, Material, Meeting, Speaker
from events.models.meetings import MeetingQuerySet
from events.rules.timetable import Tense, tense
from events.signals import gathering_noted_meetings, gathering_written_up_meetings


@dataclass(frozen=True, slots=True)
class Row:
    """One meeting in a list. `kinds` are those of the materials this reader may see; `has_notes` is no secret."""

    meeting: Meeting
    tense: Tense
    summary: str
    speakers: tuple[str, ...]
    kinds: frozenset[str]
    has_notes: bool


def rows(meetings: MeetingQuerySet, *, is_member: bool, now: datetime) -> list[Row]:
    """The meetings with all that a list shows of them, in a number of queries that does not grow with it."""
    named = Prefetch("speakers", Speaker.objects.named_to(is_member=is_member))
    agenda = Prefetch("agenda", AgendaItem.objects.prefetch_related(named))
    found = list(meetings.select_related("network", "series").prefetch_related(agenda, "topics"))
    if not found:
        return []
    noted = noted_meetings(found)
    visible = of_each(Material.objects.visible_to(is_member=is_member), found)
    hidden = hidden_from(found, is_member=is_member)
    return [
        Row(
            meeting=meeting,
            tense=meeting_tense(meeting, now),
            summary=readable(meeting.summary, meeting, hidden[meeting.pk]),
            speakers=tuple(dict.fromkeys(name_with_organisation(speaker) for speaker in speakers_of(meeting))),
            kinds=frozenset(material.kind for material in visible[meeting.pk]),
            has_notes=meeting.pk in noted,
        )
        for meeting in found
    ]


def noted_meetings(meetings: Iterable[Meeting]) -> set[int]:
    """Which of the meetings have circulated notes, by what the storey above answers."""
    return _answered(gathering_noted_meetings, meetings)


def written_up_meetings(meetings: Iterable[Meeting]) -> set[int]:
    """Which of them have a write-up that everybody may read."""
    return _answered(gathering_written_up_meetings, meetings)


def _answered(question: Signal, meetings: Iterable[Meeting]) -> set[int]:
    ids = {meeting.pk for meeting in meetings}
    answers = question.send(sender=Meeting, meeting_ids=ids)
    noted = cast("list[tuple[object, set[int]]]", answers)  # the stubs think that receivers answer with texts
    return {meeting_id for _receiver, answer in noted for meeting_id in answer}


def speakers_of(meeting: Meeting) -> list[Speaker]:
    """Those of a meeting whose agenda was fetched with the speakers whom its reader may see by name."""
    return [speaker for item in meeting.agenda.all() for speaker in item.speakers.all()]


def name_with_organisation(speaker: Speaker) -> str:
    return f"{speaker.name} ({speaker.organisation})" if speaker.organisation else speaker.name


def meeting_tense(meeting: Meeting, now: datetime) -> Tense:
    is_cancelled = meeting.state == Meeting.State.CANCELLED
    return tense(meeting.starts_at, meeting.ends_at, now=now, is_cancelled=is_cancelled)
