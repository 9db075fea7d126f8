"""A meeting's passages: what its pages say, as plain text. Addresses are never among it (B34, B45)."""

import html
import re
from collections.abc import Iterable, Iterator

import nh3
from django.db.models import Prefetch

from cop.lib.markdown import render_markdown
from cop.search.models import Passage
from cop.search.rules.words import compared, tidy
from events.access import Hidden, hidden_from, readable
from events.models import AgendaItem, Meeting, Speaker
from notes.models.editions import Edition

_END_OF_LINE = re.compile(r"<br>|</(?:p|li|h\d|t[dh]|dd|dt|pre|blockquote)>")
_ADDRESS = re.compile(r"://|\b(?:www\.|mailto:)|\b[\w-]+(?:\.[\w-]+)+/")
# Whatever is longer was not typed by anybody.
LONGEST_WORD = 500
# In an edition's page: who said it stands after what was said; that nothing was said is not said by anybody.
_ATTRIBUTION = re.compile(r'(?:</p>)?\s*<p class="attribution">')
_NOTHING_NOTED = re.compile(r'<p class="quiet-text">.*?</p>', re.DOTALL)


def passages_of(meeting: Meeting) -> Iterator[Passage]:
    """What its page says to somebody, and to members at most. What is for nobody is in none of it.

    Speakers are found by name where everybody may see it: a passage is one for all its readers.
    """
    hidden = hidden_from([meeting], is_member=False)[meeting.pk]
    yield announcement(meeting, hidden)
    named = Prefetch("speakers", Speaker.objects.named_to(is_member=False))
    for item in meeting.agenda.prefetch_related(named):
        yield talk(item, meeting, hidden)
    for material in meeting.materials.visible_to(is_member=True):
        yield passage(Passage(meeting=meeting, kind=Passage.Kind.MATERIAL, heading=material.title, material=material))


def announcement(meeting: Meeting, hidden: Iterable[Hidden]) -> Passage:
    title = [meeting.title] if meeting.theme else []
    texts = (line for text in (meeting.summary, meeting.body) for line in plain(readable(text, meeting, hidden)))
    topics = ", ".join(topic.name for topic in meeting.topics.all())
    made = Passage(meeting=meeting, kind=Passage.Kind.MEETING, heading=meeting.shown_title)
    return passage(made, [*title, *texts, topics])


def talk(item: AgendaItem, meeting: Meeting, hidden: Iterable[Hidden]) -> Passage:
    by = "; ".join(named(speaker) for speaker in item.speakers.all())
    made = Passage(meeting=meeting, kind=Passage.Kind.TALK, heading=item.title, byline=by)
    return passage(made, plain(readable(item.description, meeting, hidden)))


def notes(edition: Edition) -> Passage:
    """What an edition's page says, a line for each point with its attribution."""
    page = _ATTRIBUTION.sub(" — ", _NOTHING_NOTED.sub("", edition.html))
    made = Passage(meeting=edition.meeting, kind=Passage.Kind.NOTES, edition=edition)
    return passage(made, lines_of(page))


def named(speaker: Speaker) -> str:
    return ", ".join(filter(None, (speaker.name, speaker.role, speaker.organisation)))


def plain(markdown: str) -> list[str]:
    return lines_of(render_markdown(markdown))


def lines_of(page: str) -> list[str]:
    """The words of a piece of HTML as a page shows them, line by line, without web addresses."""
    broken = _END_OF_LINE.sub("\n", " ".join(page.split("\n")))
    words = html.unescape(nh3.clean(broken, tags=set()))
    return [" ".join(filter(is_words, line.split())) for line in words.split("\n")]


def is_words(piece: str) -> bool:
    """Whether what stands between two spaces is not a web address."""
    return len(piece) <= LONGEST_WORD and not _ADDRESS.search(piece)


def passage(made: Passage, lines: Iterable[str] = ()) -> Passage:
    """`made` with its text and the words of it as they are compared. Who presents counts as a heading does."""
    made.heading, made.byline = tidy(made.heading), tidy(made.byline)
    made.text = tidy("\n".join(line for line in lines if line))
    made.heading_words = compared(f"{made.heading}\n{made.byline}")
    made.words = f"{made.heading_words}\n{compared(made.text)}"
    return made
