"""All meetings of a network, and finding one again by topic, year or speaker (B6)."""

import re
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Meeting, Speaker, Topic
from events.models.meetings import MeetingQuerySet
from events.views.listing import Row, rows
from members.access import is_member, network_or_404
from members.models import Network


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for, as the address says it; empty where they do not mind."""

    topic: str = ""
    year: str = ""
    speaker: str = ""

    @property
    def is_any(self) -> bool:
        return bool(self.topic or self.year or self.speaker)

    def among(self, meetings: MeetingQuerySet, *, is_member: bool) -> MeetingQuerySet:
        if self.topic:
            meetings = meetings.filter(topics__slug=self.topic)
        if self.year:
            meetings = meetings.filter(starts_at__year=self.year)
        if self.speaker:
            named = Speaker.objects.named_to(is_member=is_member).filter(name=self.speaker)
            meetings = meetings.filter(agenda__speakers__in=named)
        return meetings.distinct()


@require_safe
def archive(request: HttpRequest, network: str) -> HttpResponse:
    home, now = network_or_404(network), timezone.now()
    announced = Meeting.objects.of(home).public()
    wanted = wanted_by(request.GET)
    member = is_member(request.user, home)
    coming = rows(wanted.among(announced.upcoming(now), is_member=member), is_member=member, now=now)
    earlier = rows(wanted.among(announced.past(now), is_member=member), is_member=member, now=now)
    context = {
        "network": home,
        "wanted": wanted,
        "found": len(coming) + len(earlier),
        "coming": coming,
        "earlier": by_year(earlier),
        **choices(home, announced, is_member=member),
    }
    return render(request, "events/archive.html", context)


def wanted_by(query: QueryDict) -> Wanted:
    """A year that is none is not minded; a topic or a speaker nobody knows simply finds nothing."""
    year = query.get("year", "")
    return Wanted(
        topic=query.get("topic", "").replace("\0", "")[:100],
        year=year if re.fullmatch(r"[1-9][0-9]{3}", year) else "",
        speaker=query.get("speaker", "").replace("\0", "")[:200],
    )


def by_year(earlier: list[Row]) -> list[tuple[int, list[Row]]]:
    """Rows in their order, gathered under the years they are of."""
    return [(year, list(of_it)) for year, of_it in groupby(earlier, key=lambda row: row.meeting.local_start.year)]


def choices(network: Network, announced: MeetingQuerySet, *, is_member: bool) -> dict[str, list[tuple[str, str]]]:
    """What this reader can ask for: pairs of a value and its words."""
    topics = Topic.objects.filter(network=network, meetings__in=announced).distinct()
    named = Speaker.objects.named_to(is_member=is_member).filter(agenda_item__meeting__in=announced)
    speakers = named.order_by("name").values_list("name", flat=True)
    years = [str(first.year) for first in announced.datetimes("starts_at", "year", order="DESC")]
    return {
        "topics": [(topic.slug, topic.name) for topic in topics],
        "years": [(year, year) for year in years],
        "speakers": [(name, name) for name in speakers.distinct()],
    }
