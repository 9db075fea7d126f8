"""A meeting as an event file has it and as its rows have it, in the same shape, so that the two can be compared."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext

from events.formats.jekyll import DocumentKind, EventFile, Oddity, Presenter, Talk
from events.formats.jekyll.material import is_open_document, leads_to_call
from events.models import AgendaItem, Material, Meeting, Series
from events.models.speakers import WEB_ADDRESS
from events.rules.recurrence import moments

ASSUMED_MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Start and end in one piece: a hand that moves the one has meant the other too."""

    starts_at: datetime
    ends_at: datetime
    has_times: bool
    time_zone: str


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A topic's row. Two spellings with one address are one topic, whichever came first."""

    slug: str
    name: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker's row."""

    name: str
    role: str
    organisation: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An agenda item's row with its speakers."""

    title: str
    description: str
    people: tuple[Person, ...]
    kind: str = AgendaItem.Kind.TALK
    basis: str = AgendaItem.Basis.RULE
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A material's row; `names` are those who speak in it."""

    url: str
    kind: str
    title: str
    visibility: str
    minutes: int | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """All of a meeting that an event file speaks of."""

    title: str
    theme: str
    category: str
    body: str
    when: When
    topics: tuple[Subject, ...]
    agenda: tuple[Part, ...]
    materials: tuple[Piece, ...]


def comparable(body: str) -> str:
    """A body without what a form changes by itself: line ends, and white space at either end."""
    return body.replace("\r\n", "\n").replace("\r", "\n").strip()


def of_file(event_file: EventFile, *, series: Series | None, site: str = "") -> Shape:
    """What the rows should say by this file; what the file leaves open comes from `series`."""
    return Shape(
        title=event_file.title[:300],
        theme=event_file.theme[:300],
        category=event_file.category or "",
        body=event_file.body,
        when=_when(event_file, series),
        topics=tuple(sorted({_subject(name) for name in event_file.topics if slugify(name)})),
        agenda=tuple(_part(talk) for talk in event_file.talks),
        materials=tuple({piece.url: piece for piece in _pieces(event_file, site)}.values()),
    )


def _subject(name: str) -> Subject:
    return Subject(slugify(name)[:100], name[:100])


def _when(event_file: EventFile, series: Series | None) -> When:
    """The file's times; the series' where it is silent; whole days where nobody says."""
    zone, starts = event_file.zone, event_file.starts or (series.starts if series else None)
    if starts is None:
        first, _ = moments(event_file.starts_on, time(), 0, zone)
        after, _ = moments(event_file.ends_on + timedelta(days=1), time(), 0, zone)
        return When(starts_at=first, ends_at=after, has_times=False, time_zone=zone)
    minutes = series.duration_minutes if series else ASSUMED_MINUTES
    starts_at, ends_at = moments(event_file.starts_on, starts, minutes, zone)
    if event_file.ends:
        ends_at, _ = moments(event_file.ends_on, event_file.ends, 0, zone)
    elif event_file.ends_on > event_file.starts_on:
        ends_at, _ = moments(event_file.ends_on + timedelta(days=1), time(), 0, zone)
    return When(starts_at=starts_at, ends_at=ends_at, has_times=True, time_zone=zone)


def _part(talk: Talk) -> Part:
    """A talk is called by its title, or by who gives it."""
    names = gettext(" and ").join(person.name for person in talk.presenters)
    title = talk.title or gettext("Presentation by %s") % names
    return Part(
        title=title[:300],
        description=talk.about[:1].upper() + talk.about[1:],
        people=tuple(_person(presenter) for presenter in talk.presenters),
    )


def _person(presenter: Presenter) -> Person:
    return Person(
        presenter.name[:200],
        presenter.role[:300],
        presenter.organisation[:300],
        presenter.url if _is_address(presenter.url, 500) else "",
    )


def _pieces(event_file: EventFile, site: str) -> Iterator[Piece]:
    """What the page linked to. It was there for everybody, but for a write-up that any holder of the link can read."""
    for film in event_file.recordings:
        yield Piece(
            url=film.url,
            kind=Material.Kind.RECORDING,
            title=film.title[:300],
            visibility=Material.Visibility.PUBLIC,
            minutes=film.minutes or None,
            names=film.presenters,
        )
    for document in event_file.documents:
        url = full_address(document.url, site)
        kind = Material.Kind.SLIDES if document.kind is DocumentKind.SLIDES else Material.Kind.NOTES
        seen_by = Material.Visibility.MEMBERS if document.is_open else Material.Visibility.PUBLIC
        if _is_address(url, 1000):
            yield Piece(url=url, kind=kind, title=document.title[:300], visibility=seen_by)
    link = event_file.link
    if _is_address(link, 1000) and not leads_to_call(link) and not is_open_document(link):
        title = gettext("About this event")
        yield Piece(url=link, kind=Material.Kind.LINK, title=title, visibility=Material.Visibility.PUBLIC)


def full_address(url: str, site: str) -> str:
    """An address that the old site gave relative to itself, in full where we know the site; spaces are encoded."""
    bare = url.replace("{{ site.baseurl }}", "").replace("{{site.baseurl}}", "")
    bare = bare.replace("{{ site.url }}", "").replace("{{site.url}}", "").strip()
    return (urljoin(f"{site.rstrip('/')}/", bare) if site and "//" not in bare else bare).replace(" ", "%20")


def _is_address(url: str, longest: int) -> bool:
    try:
        WEB_ADDRESS(url)
    except ValidationError:
        return False
    return len(url) <= longest


def find_gaps(event_file: EventFile, *, series: Series | None, site: str) -> Iterator[Oddity]:
    """Where file and rows do not meet: what has no room there stays in the source, what is not said is assumed."""
    if event_file.starts and not event_file.ends and not series:
        yield Oddity(line=event_file.clock_line, sentence=gettext("The text gives no end; one hour is assumed."))
    if len(event_file.title) > 300:
        yield Oddity(line=1, sentence=gettext("The title is longer than 300 characters and is cut."))
    if not all(slugify(name) for name in event_file.topics):
        sentence = gettext("A topic has no letters for an address, and stays in the source only.")
        yield Oddity(line=1, sentence=sentence)
    for document in event_file.documents:
        if not _is_address(full_address(document.url, site), 1000):
            sentence = gettext("The address of a document is no full web address; it stays in the text only.")
            yield Oddity(line=document.line, sentence=sentence)


def of_rows(meeting: Meeting) -> Shape:
    """What the rows say now."""
    return Shape(
        title=meeting.title,
        theme=meeting.theme,
        category=meeting.category,
        body=meeting.body,
        when=When(
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            has_times=meeting.has_times,
            time_zone=meeting.time_zone,
        ),
        topics=topics_of(meeting),
        agenda=tuple(_part_of(item) for item in meeting.agenda.all()),
        materials=tuple(_piece_of(material) for material in meeting.materials.all()),
    )


def topics_of(meeting: Meeting) -> tuple[Subject, ...]:
    """A meeting's topics in the order of their addresses."""
    return tuple(sorted(Subject(topic.slug, topic.name) for topic in meeting.topics.all()))


def _part_of(item: AgendaItem) -> Part:
    return Part(
        title=item.title,
        description=item.description,
        people=tuple(Person(one.name, one.role, one.organisation, one.link) for one in item.speakers.all()),
        kind=item.kind,
        basis=item.basis,
        minutes=item.minutes,
    )


def _piece_of(material: Material) -> Piece:
    return Piece(
        url=material.url,
        kind=material.kind,
        title=material.title,
        visibility=material.visibility,
        minutes=material.minutes,
    )
