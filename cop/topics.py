"""What a network has learned about a topic: its meetings, what there is to read and to watch, what was noted."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop.search.finding import announced_topics
from cop.search.models import readable_notes
from events.models import Material, Meeting
from events.views.listing import rows
from members.access import is_member, network_or_404
from notes.models.editions import Edition, EditionQuerySet

MOST_POINTS = 6


@dataclass(frozen=True, slots=True)
class Noted:
    """The notes of one meeting: how they open, and what else they are about."""

    edition: Edition
    title: str
    points: list[dict[str, str]]
    is_cut: bool
    others: list[str]


@require_safe
def topic(request: HttpRequest, network: str, topic: str) -> HttpResponse:
    """A topic of which no meeting is announced is none to a reader: it would tell of a draft (R12)."""
    home, now = network_or_404(network), timezone.now()
    announced = Meeting.objects.of(home).public()
    found = get_object_or_404(announced_topics(home), slug=topic)
    about, member = announced.filter(topics=found), is_member(request.user, home)
    materials = Material.objects.visible_to(is_member=member).filter(meeting__in=about).told_apart()
    context = {
        "network": home,
        "is_member": member,
        "topic": found,
        "coming": rows(about.upcoming(now), is_member=member, now=now),
        "earlier": rows(about.past(now), is_member=member, now=now),
        "materials": materials.select_related("meeting__network").order_by("-meeting__starts_at", "pk"),
        "noted": list(noted(readable_notes(request.user).filter(meeting__in=about))),
    }
    return render(request, "search/topic.html", context)


def noted(editions: EditionQuerySet) -> Iterator[Noted]:
    """Notes open with what to take away, where something was; the rest is named."""
    for edition in editions.select_related("meeting__network").defer("html").order_by("-meeting__starts_at", "pk"):
        said = [section for section in edition.content if section["lines"]]
        if said:
            points, others = said[0]["lines"], [section["title"] for section in said[1:]]
            yield Noted(edition, said[0]["title"], points[:MOST_POINTS], len(points) > MOST_POINTS, others)
