"""Event files back out of meetings: the very file that came in, but for what was changed here since."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from events.actions.importing.shapes import of_file, topics_of
from events.formats.jekyll import EventFile, Value, change_head, new_head, read_text
from events.formats.jekyll.page import body_for_page
from events.formats.unnamed import without_names
from events.models import Material, Meeting, Speaker
from events.rules.timetable import last_day


def file_name(meeting: Meeting) -> str:
    """The name a meeting came in under, or one made of its date and address."""
    if meeting.source_name:
        return meeting.source_name
    day = meeting.local_start.date().isoformat()
    return f"{meeting.slug if meeting.slug.startswith(day) else f'{day}-{meeting.slug}'}.md"


def export_event(meeting: Meeting) -> str:
    """The text of one meeting's file.

    One that came in goes out byte for byte, with only those keys rewritten whose value was changed here. One that was
    made here gets the front matter of the site, its text, its speakers and what is public of its material.
    """
    if not meeting.source_name:
        return "\n".join([new_head(dict(_front_matter(meeting))), *_paragraphs(meeting)])
    source = read_text(meeting.source_name, meeting.source_front_matter + meeting.body)
    body = meeting.body if "\r" in source.head else _with_own_line_ends(meeting.body)
    return _unnamed(change_head(source.head, dict(_changes(meeting, source))), meeting) + _as_chosen(body, meeting)


def _as_chosen(body: str, meeting: Meeting) -> str:
    """A text without the speakers and the recordings that were taken back since it was written."""
    without = _unnamed(body, meeting)
    chosen = meeting.materials.filter(kind__in=[Material.Kind.RECORDING, Material.Kind.SLIDES])
    taken_back = chosen.filter(visibility=Material.Visibility.PUBLIC).exclude(
        pk__in=meeting.materials.visible_to(is_member=False)
    )
    addresses = set(taken_back.values_list("url", flat=True))
    return body_for_page(without, hidden=addresses) if addresses else without


def _unnamed(text: str, meeting: Meeting) -> str:
    """A text, or what stands before it, without the names of speakers whom not everybody may know."""
    unnamed = Speaker.objects.unnamed_to(is_member=False).filter(agenda_item__meeting=meeting)
    return without_names(text, set(unnamed.values_list("name", flat=True)), instead=_("a speaker"))


def _with_own_line_ends(body: str) -> str:
    """The text as it was before a form on a web page, which sends CRLF everywhere, had it."""
    return body.replace("\r\n", "\n") if body.count("\n") == body.count("\r\n") else body


def _changes(meeting: Meeting, source: EventFile) -> Iterator[tuple[str, Value]]:
    """Each key whose value the meeting has no longer, under the name the file gives it."""
    was = of_file(source, series=meeting.series)
    if meeting.title != was.title:
        yield _key(source, "title"), meeting.title
    if meeting.category != was.category:
        yield _key(source, "category"), meeting.category or None
    topics = topics_of(meeting)
    if topics != was.topics:
        first, *others = _keys(source, "topics", "topic", "tags")
        yield first, tuple(topic.name for topic in topics)
        yield from ((other, None) for other in others)
    if meeting.theme != was.theme:
        yield _key(source, "theme"), meeting.theme or None
    yield from _changed_times(meeting, source)


def _changed_times(meeting: Meeting, source: EventFile) -> Iterator[tuple[str, Value]]:
    was = of_file(source, series=meeting.series).when
    days = _days(meeting)
    if days != tuple(day.isoformat() for day in dict.fromkeys((source.starts_on, source.ends_on))):
        first, *others = _keys(source, "date", "dates", "start", "start_date", "end", "end_date")
        yield first, ", ".join(days)
        yield from ((other, None) for other in others)
    clocks = (was.starts_at.astimezone(meeting.zone).time(), was.ends_at.astimezone(meeting.zone).time())
    if meeting.has_times and (not was.has_times or clocks != (meeting.local_start.time(), meeting.local_end.time())):
        yield _key(source, "time"), _times(meeting)
    if meeting.time_zone != was.time_zone:
        yield _key(source, "time_zone"), meeting.time_zone


def _key(source: EventFile, name: str) -> str:
    return _keys(source, name)[0]


def _keys(source: EventFile, *names: str) -> tuple[str, ...]:
    """The keys of the file that mean one of `names`, or the first of the names where it has none."""
    found = [key for key in source.front_matter if key.strip().lower().replace("-", "_") in names]
    return tuple(found) or names[:1]


def _days(meeting: Meeting) -> tuple[str, ...]:
    first, last = meeting.local_start.date(), last_day(meeting.local_start, meeting.local_end)
    return tuple(day.isoformat() for day in dict.fromkeys((first, last)))


def _times(meeting: Meeting) -> str:
    return f"{meeting.local_start:%H:%M}-{meeting.local_end:%H:%M}"


def _front_matter(meeting: Meeting) -> Iterator[tuple[str, Value]]:
    yield "layout", "event"
    yield "title", meeting.title
    if meeting.theme:
        yield "theme", meeting.theme
    yield "date", ", ".join(_days(meeting))
    if meeting.has_times:
        yield "time", _times(meeting)
        yield "time_zone", meeting.time_zone
    yield "category", meeting.category or "organising"
    yield "topics", tuple(topic.name for topic in topics_of(meeting))


def _paragraphs(meeting: Meeting) -> Iterator[str]:
    if body := _as_chosen(meeting.body, meeting).strip():
        yield f"{body}\n"
    named = Prefetch("speakers", Speaker.objects.named_to(is_member=False))
    agenda = meeting.agenda.prefetch_related(named)
    talks = [line for item in agenda if (line := _talk(item.title, item.speakers.all()))]
    if talks:
        yield "\n".join(["Speakers:", *talks, ""])
    for material in meeting.materials.visible_to(is_member=False):
        length = f", {material.minutes} mins" if material.minutes else ""
        yield f"[{material.title}{length}]({material.url})\n"


def _talk(title: str, speakers: Iterable[Speaker]) -> str:
    """A line of the list of speakers; "" where nobody is named yet."""
    people = "; and ".join(_speaker(speaker) for speaker in speakers)
    return f"* {people}, on ‘{title}’" if people else ""


def _speaker(speaker: Speaker) -> str:
    name = f"[{speaker.name}]({speaker.link})" if speaker.link else f"**{speaker.name}**"
    affiliation = " at ".join(filter(None, [speaker.role, speaker.organisation]))
    return ", ".join(filter(None, [name, affiliation]))
