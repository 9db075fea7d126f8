"""Finding meetings by what can be read about them: each term somewhere in what this reader may read.

What comes first depends on nothing but what is found. How rare a word is elsewhere, as engines usually ask, would let
the order of a stranger's results tell what is written in notes (threat 32).
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from cop.search.models import Passage, PassageQuerySet
from cop.search.rules.asking import Term, places
from cop.search.rules.words import tidy
from events.models import Material, Meeting, Topic
from members.models import Network


def find(terms: Sequence[Term], readable: PassageQuerySet) -> list[int]:
    """The ids of the meetings in whose `readable` passages all `terms` stand; one query, however much is found.

    First those with the most terms in titles, or in names of who presented; among equals the latest.
    """
    found, in_headings = Meeting.objects.all(), Value(0) + 0
    for term in terms:
        found = found.filter(pk__in=readable.saying(term).values("meeting"))
        in_headings += Case(When(pk__in=readable.headed(term).values("meeting"), then=1), default=0)
    ranked = found.annotate(in_headings=in_headings).order_by("-in_headings", "-starts_at", "-pk")
    return list(ranked.values_list("pk", flat=True))


def announced_topics(network: Network) -> QuerySet[Topic]:
    """The topics of which anybody can find a meeting; one that only drafts are about is none yet."""
    announced = Meeting.objects.of(network).public()
    return Topic.objects.filter(network=network, meetings__in=announced).distinct()


def topics_named(terms: Sequence[Term], network: Network) -> list[Topic]:
    """The topics in whose name all `terms` stand."""
    return [topic for topic in announced_topics(network) if all(places(tidy(topic.name), [term]) for term in terms)]


def passages_by_meeting(readable: PassageQuerySet, meeting_ids: Sequence[int]) -> dict[int, list[Passage]]:
    """What this reader may read about each of a few meetings."""
    gathered: defaultdict[int, list[Passage]] = defaultdict(list)
    public = Material.objects.visible_to(is_member=False).filter(pk=OuterRef("material"))
    marked = readable.annotate(is_for_members=Q(material__isnull=False) & ~Exists(public))
    rows = marked.filter(meeting__in=meeting_ids).select_related("material", "meeting__network").order_by("pk")
    for passage in rows.defer("heading_words", "words"):
        gathered[passage.meeting_id].append(passage)
    return gathered
