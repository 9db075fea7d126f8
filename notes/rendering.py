"""An edition as it is stored: content, and the page made of it once and for all."""

import hashlib
import json

from django.template.loader import render_to_string

from cop.lib.markdown import render_markdown
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
    return render_to_string("notes/_edition.html", {"sections": sections})


def edition_digest(edition: Edition) -> str:
    """SHA-256, in hex, of what readers get: to see whether two editions are the same."""
    whole = json.dumps([edition.title, int(edition.audience), content_of(edition)], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()
