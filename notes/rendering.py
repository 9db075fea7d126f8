"""An edition as it is stored: content, and the page made of it once and for all; and as it is taken along."""

import hashlib
import json

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _

from cop.lib.markdown import render_markdown
from events.models import Meeting
from members.rules.colours import OURS
from notes.formats.html import blocks_of
from notes.formats.paper import Paper, Part, Point, plain
from notes.models import editions
from notes.rules.vocabulary import Edition

Content = list[dict[str, object]]


def content_of(edition: Edition) -> Content:
    """[{"title": ..., "lines": [{"text": ..., "attribution": ...}]}], as in `notes.models.Edition.content`."""
    return [
        {
            "title": section.title,
            "lines": [{"text": line.text, "attribution": line.attribution} for line in section.lines],
        }
        for section in edition.sections
    ]


def html_of(edition: Edition, openings: tuple[str, ...] = ()) -> str:
    """The sections as HTML, Markdown through the one allow-list; the same bytes for the same edition."""
    sections = [
        {
            "title": section.title,
            "opens": section.title in openings,
            "lines": [{"html": render_markdown(line.text), "attribution": line.attribution} for line in section.lines],
        }
        for section in edition.sections
    ]
    with translation.override(settings.LANGUAGE_CODE):  # it is kept
        return render_to_string("notes/_edition.html", {"sections": sections})


def edition_digest(edition: Edition) -> str:
    """SHA-256, in hex, of what readers get: to see whether two editions are the same."""
    whole = json.dumps([edition.title, int(edition.audience), content_of(edition)], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def paper_of(edition: editions.Edition) -> Paper:
    """The edition as it is printed: its stored content, each line through the same allow-list as the page."""
    with translation.override(edition.meeting.network.language):
        return _paper_of(edition, edition.meeting)


def _paper_of(edition: editions.Edition, meeting: Meeting) -> Paper:
    number = (
        _("Notes of meeting %(number)s") % {"number": meeting.number} if meeting.number else _("Notes of a meeting")
    )
    corrected = [
        _("Corrected on %(day)s") % {"day": date_format(day, "j F Y")} for day in [edition.corrected_on] if day
    ]
    facts = (
        date_format(meeting.local_start, "l j F Y"),
        _("Edition %(number)s") % {"number": edition.number},
        *corrected,
        plain(_("For members of %(network)s") % {"network": meeting.network.name}),
    )
    return Paper(
        over=number,
        title=plain(edition.title),
        facts=facts,
        rule=plain(meeting.network.ground_rules),
        parts=tuple(_part(section) for section in edition.content),
        nothing=_("Nothing was noted here."),
        incomplete=_("This file cannot show every letter of these notes. The other copies and the page itself can."),
        foot=_("%(facts)s, under the Chatham House Rule") % {"facts": " · ".join(facts)},
        language=get_language() or "en",
        accent=meeting.network.accent or OURS,
    )


def _part(section: editions.StoredSection) -> Part:
    points = tuple(
        Point(blocks_of(render_markdown(line["text"])), plain(line["attribution"])) for line in section["lines"]
    )
    return Part(plain(section["title"]), points)
