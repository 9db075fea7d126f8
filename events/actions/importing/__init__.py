"""Bringing event files in: each in one transaction, as often as one likes, never over what a person changed here."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy as _

from events.actions.importing.merging import FOUND_IN_TEXT, Merge, merge
from events.actions.importing.numbering import find_disagreements, number_by_date
from events.actions.importing.shapes import Shape, comparable, find_gaps, of_file, of_rows
from events.actions.importing.writing import fields_of, write_agenda, write_materials, write_topics
from events.actions.scheduling import IN_CALENDARS, free_slug
from events.formats.jekyll import EventFile, Oddity, UnreadableEventFile, read_text, stem_of
from events.models import Meeting, Series
from members.models import Network

__all__ = ["Outcome", "What", "find_disagreements", "import_event", "number_by_date"]

FIELD_NAMES = {
    "title": _("title"),
    "theme": _("theme"),
    "category": _("category"),
    "body": _("text"),
    "when": _("time"),
    "topics": _("topics"),
    "agenda": _("agenda"),
    "materials": _("materials"),
}


class What(StrEnum):
    """What an import did to a meeting."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One file's import. `kept` names fields that a person had changed here and the file's value did not replace."""

    meeting: Meeting
    what: What
    kept: tuple[str, ...] = ()
    oddities: tuple[Oddity, ...] = ()


@transaction.atomic
def import_event(
    network: Network, event_file: EventFile, *, at: datetime, series: Series | None = None, site: str = ""
) -> Outcome:
    """Make or update the meeting of one file, known by the file's name.

    `series` is the one that meetings of the community of practice join; `site` the address of the old site, by which
    relative links are made whole. A meeting that is over at `at` is published, one to come is a draft. Raises
    UnreadableEventFile where the file's name is too long to be kept.
    """
    if len(event_file.name) > 200:
        raise UnreadableEventFile(event_file.name, 1, gettext("The file's name is longer than 200 characters."))
    series = series if event_file.is_community_of_practice else None
    meeting = Meeting.objects.select_for_update().of(network).filter(source_name=event_file.name).first()
    wanted = of_file(event_file, series=series, site=site)
    oddities = tuple(find_gaps(event_file, series=series, site=site))
    if meeting is None:
        return _created(network, event_file, wanted, at=at, series=series, oddities=oddities)
    return _updated(meeting, event_file, wanted, series=series, site=site, oddities=oddities)


def _created(
    network: Network,
    event_file: EventFile,
    wanted: Shape,
    *,
    at: datetime,
    series: Series | None,
    oddities: tuple[Oddity, ...],
) -> Outcome:
    slug = free_slug(network, stem_of(event_file.name)) or free_slug(network, f"{event_file.starts_on}-meeting")
    meeting = Meeting.objects.create(
        network=network,
        series=series,
        slug=slug,
        state=Meeting.State.PUBLISHED if wanted.when.ends_at <= at else Meeting.State.DRAFT,
        **_source_of(event_file),
        **fields_of(wanted),
    )
    write_topics(meeting, wanted.topics)
    write_agenda(meeting, wanted.agenda)
    write_materials(meeting, wanted.materials)
    return Outcome(meeting=meeting, what=What.CREATED, oddities=oddities)


def _source_of(event_file: EventFile) -> dict[str, str]:
    return {
        "source_name": event_file.name,
        "source_front_matter": event_file.head,
        "source_digest": digest_of(event_file.body),
    }


def digest_of(body: str) -> str:
    """A body's fingerprint, by which one sees later whether somebody has changed it here."""
    return hashlib.sha256(comparable(body).encode()).hexdigest()


def _updated(
    meeting: Meeting,
    event_file: EventFile,
    wanted: Shape,
    *,
    series: Series | None,
    site: str,
    oddities: tuple[Oddity, ...],
) -> Outcome:
    now = of_rows(meeting)
    merged = _merged(meeting, event_file, now, wanted, series=series, site=site)
    source = _source_of(event_file)
    is_changed = _write(meeting, now, merged.shape, source if "body" not in merged.contested else {})
    found = tuple(Oddity(line=1, sentence=_contested(field)) for field in merged.contested)
    return Outcome(
        meeting=meeting,
        what=What.UPDATED if is_changed else What.UNCHANGED,
        kept=merged.kept + merged.contested,
        oddities=oddities + found,
    )


def _merged(
    meeting: Meeting, event_file: EventFile, now: Shape, wanted: Shape, *, series: Series | None, site: str
) -> Merge:
    """Compare with what the last import wrote, read again from the source that was stored then."""
    known = {digest_of(body): body for body in (event_file.body, meeting.body)}
    body = known.get(meeting.source_digest)
    last = read_text(event_file.name, meeting.source_front_matter + (body if body is not None else ""))
    before = of_file(last, series=series, site=site)
    return merge(before=before, now=now, wanted=wanted, forgotten=FOUND_IN_TEXT if body is None else frozenset())


def _contested(field: str) -> str:
    return gettext("The %s was changed here and in the file; what stands here is kept.") % FIELD_NAMES[field]


def _write(meeting: Meeting, now: Shape, shape: Shape, source: dict[str, str]) -> bool:
    """Write what differs. A change of what people have in their calendars is a new version of their entry."""
    old = fields_of(now) | {name: getattr(meeting, name) for name in source}
    changed = {name: value for name, value in (fields_of(shape) | source).items() if value != old[name]}
    for name, value in changed.items():
        setattr(meeting, name, value)
    if changed.keys() & IN_CALENDARS:
        meeting.calendar_sequence += 1
    if changed:
        meeting.save(update_fields=[*changed, "calendar_sequence"])
    if shape.topics != now.topics:
        write_topics(meeting, shape.topics)
    if shape.agenda != now.agenda:
        write_agenda(meeting, shape.agenda)
    if _rows(shape) != _rows(now):
        write_materials(meeting, shape.materials)
    return bool(changed) or shape.topics != now.topics or shape.agenda != now.agenda or _rows(shape) != _rows(now)


def _rows(shape: Shape) -> set[tuple[str, str, str, str, int | None]]:
    return {(piece.url, piece.kind, piece.title, piece.visibility, piece.minutes) for piece in shape.materials}
