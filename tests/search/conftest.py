"""A network with things to find, and a way to look for them."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import slugify

from events.models import Material, Meeting
from notes.models import Circulation, Edition
from notes.rendering import content_of, html_of
from notes.rules import vocabulary as rules
from tests.events.test_public_pages import another

POINT = "Juries need quiet afternoons."


def page_of(client: Client, question: str, **more: str) -> str:
    """The main part of a page of results, as HTML."""
    answer = client.post("/voices/search/", {"q": question, **more})
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def in_words(page: str) -> str:
    """A piece of HTML as one line of words."""
    return " ".join(strip_tags(re.sub(r"<(p|li|h\d|div|a|span|button|input)\b", r" <\1", page)).split())


def said(client: Client, question: str, **more: str) -> str:
    """What the results say, as one line."""
    return in_words(page_of(client, question, **more))


def found(client: Client, question: str, **more: str) -> list[str]:
    """The titles of the meetings that were found, in their order."""
    titles = re.findall(r'<h2 class="row-title">\s*<a href="[^"]*">(.*?)</a>', page_of(client, question, **more))
    return [strip_tags(title) for title in titles]


def marked(client: Client, question: str) -> list[str]:
    """What was marked, in the order of the page."""
    return re.findall(r"<mark>(.*?)</mark>", page_of(client, question))


def edition_of(
    meeting: Meeting, *points: str, number: int = 1, attribution: str = "", is_circulated: bool = True
) -> Edition:
    """An edition in which these points stand under Discussion."""
    lines = tuple(rules.Line(text=point, attribution=attribution) for point in points)
    section = rules.Section(title="Discussion", lines=lines)
    made = rules.Edition(title=meeting.shown_title, audience=rules.Audience.NETWORK, sections=(section,))
    edition = Edition.objects.create(
        meeting=meeting,
        number=number,
        title=made.title,
        content=content_of(made),
        html=html_of(made),
        made_on="2037-01-20",
    )
    if is_circulated:
        Circulation.objects.create(edition=edition, circulated_at=timezone.now())
    return edition


def titled(meeting: Meeting, number: int, title: str, **fields: object) -> Meeting:
    """Another published meeting of the series, called `title`."""
    return another(meeting, number, title=title, **fields)


def material(meeting: Meeting, title: str, visibility: str) -> Material:
    return Material.objects.create(
        meeting=meeting,
        kind="slides",
        title=title,
        visibility=visibility,
        url=f"https://slides.example/{slugify(title)}",
    )


@pytest.fixture
def noted(meeting: Meeting) -> Edition:
    return edition_of(meeting, POINT)
