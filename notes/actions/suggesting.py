"""What readers do about what is wrong in circulated notes. Knows nothing of drafts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from members.actions.mailing import write_to_organisers
from members.models import User
from notes.models.corrections import Correction
from notes.models.editions import Edition
from notes.rules.redaction import text_hash


class SuggestingIsClosed(Exception):
    """Nobody looks after the notes of a network at rest any more (B100)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of an edition: its place ("2.3" is the third of the second part), and what it says there."""

    place: str
    section: str
    text: str
    attribution: str

    @property
    def seen(self) -> str:
        """Its place with a digest of its words: a suggestion is about the point as it was read."""
        return f"{self.place}-{text_hash(self.text)[:16]}"


def points_of(edition: Edition) -> Iterator[Point]:
    for part, section in enumerate(edition.content, start=1):
        for number, line in enumerate(section["lines"], start=1):
            yield Point(
                place=f"{part}.{number}",
                section=section["title"],
                text=line["text"],
                attribution=line["attribution"],
            )


@transaction.atomic
def suggest(edition: Edition, point: Point, words: str, *, by: User, at: datetime) -> Correction:
    """Hand a suggestion to those who run the network; their letter holds a link and no word of it (R14).

    Raises `SuggestingIsClosed`.
    """
    meeting = edition.meeting
    if meeting.network.is_resting:
        raise SuggestingIsClosed
    write_to_organisers("notes/correction", meeting.network, about_id=meeting.pk)
    return Correction.objects.create(
        meeting=meeting,
        suggester=str(by.pk),
        about=point.text,
        words=words.strip(),
        moved_on=meeting.day_of(at),
    )


def own_suggestions(edition: Edition, by: User) -> list[Correction]:
    """What this reader has suggested about these notes. The rows are few, and only decrypting tells whose they are."""
    rows = Correction.objects.filter(meeting=edition.meeting)
    return [one for one in rows if one.suggester == str(by.pk)]
