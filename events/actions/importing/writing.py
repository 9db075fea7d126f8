"""A shape, written into a meeting's rows."""

from collections.abc import Mapping, Sequence

from events.actions.importing.shapes import Part, Person, Piece, Shape, Subject
from events.models import AgendaItem, Material, Meeting, SeenBy, Speaker, Topic

AS_PUBLIC = {"name_seen_by": SeenBy.PUBLIC, "slides_seen_by": SeenBy.PUBLIC, "recording_seen_by": SeenBy.PUBLIC}


def fields_of(shape: Shape) -> dict[str, object]:
    """The values of a meeting's own row."""
    return {
        "title": shape.title,
        "theme": shape.theme,
        "category": shape.category,
        "body": shape.body,
        "starts_at": shape.when.starts_at,
        "ends_at": shape.when.ends_at,
        "has_times": shape.when.has_times,
        "time_zone": shape.when.time_zone,
    }


def write_topics(meeting: Meeting, subjects: Sequence[Subject]) -> None:
    """Find or make each topic of the network."""
    topics = [
        Topic.objects.get_or_create(network=meeting.network, slug=subject.slug, defaults={"name": subject.name})[0]
        for subject in subjects
    ]
    meeting.topics.set(topics)


def write_agenda(meeting: Meeting, parts: Sequence[Part]) -> None:
    """Rewrite the items in place, so that what hangs on them stays; add what is new, remove what is too many."""
    items = list(meeting.agenda.all())
    for position, part in enumerate(parts, start=1):
        item = items[position - 1] if position <= len(items) else AgendaItem(meeting=meeting)
        item.position, item.title, item.description = position, part.title, part.description
        item.kind, item.basis, item.minutes = part.kind, part.basis, part.minutes
        item.save()
        _write_people(item, part.people)
    for item in items[len(parts) :]:
        item.delete()


def _write_people(item: AgendaItem, people: Sequence[Person]) -> None:
    """Speakers by their names: an address, an account, or what they chose themselves stays with them.

    Those who are new stand on a page that is public where it comes from, and stay as they are (docs/decisions/0039).
    """
    known = {speaker.name: speaker for speaker in item.speakers.all()}
    for position, person in enumerate(people, start=1):
        speaker = known.pop(person.name, None) or Speaker(agenda_item=item, name=person.name, **AS_PUBLIC)
        speaker.role, speaker.organisation, speaker.link = person.role, person.organisation, person.link
        speaker.position = position
        speaker.save()
    for speaker in known.values():
        speaker.delete()


def write_materials(meeting: Meeting, pieces: Sequence[Piece]) -> None:
    """Add, change and remove materials by their addresses; a recording goes with the talk its speakers gave."""
    known = {material.url: material for material in meeting.materials.all()}
    talks = _talks_by_speaker(meeting)
    for piece in pieces:
        material = known.pop(piece.url, None) or Material(meeting=meeting, url=piece.url)
        material.kind, material.title, material.minutes = piece.kind, piece.title, piece.minutes
        material.visibility = piece.visibility
        given = {talks[name] for name in piece.names if name in talks}
        if len(given) == 1:
            material.agenda_item = given.pop()
        material.save()
    for material in known.values():
        material.delete()


def _talks_by_speaker(meeting: Meeting) -> Mapping[str, AgendaItem]:
    speakers = Speaker.objects.filter(agenda_item__meeting=meeting).select_related("agenda_item")
    return {speaker.name: speaker.agenda_item for speaker in speakers}
