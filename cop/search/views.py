"""The page on which a network's readers find again what they may read (B60)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cop.search.extracts import extracts, marked
from cop.search.finding import find, passages_by_meeting, topics_named
from cop.search.indexing import bring_up_to_date
from cop.search.models import Passage
from cop.search.rules.asking import Term, asked, shown
from cop.search.rules.words import tidy
from events.models import Material, Meeting
from members.access import is_member, network_or_404

MEETINGS_A_PAGE = 10
POINTS_OF_NOTES = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in which something was found: its words, safe to show, and where they lead."""

    kind: str
    heading: SafeString
    byline: SafeString
    extracts: list[SafeString]
    material: Material | None
    is_for_members: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A meeting that was found: what its announcement says of what was asked, and what its other passages say."""

    meeting: Meeting
    title: SafeString
    about: list[SafeString]
    hits: list[Hit]


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, network: str) -> HttpResponse:
    """Meetings with the words in context. What a reader may not read changes nothing here, counts included (R12).

    What is looked for may be a name, so it is posted and stands in no address (threat 28).
    """
    home = network_or_404(network)
    question = request.POST.get("q", "")
    terms = asked(question)
    readable = Passage.objects.readable(home, request.user)
    if terms:
        bring_up_to_date(home)
    page = Paginator(find(terms, readable) if terms else [], MEETINGS_A_PAGE).get_page(request.POST.get("page"))
    passages = passages_by_meeting(readable, list(page)) if terms else {}
    context = {
        "network": home,
        "is_member": is_member(request.user, home),
        "question": shown(question),
        "is_asked": bool(terms),
        "topics": topics_named(terms, home) if terms else [],
        "page": page,
        # What was found and is gone, or no longer readable, when it is read is not shown.
        "results": [result(passages[pk], terms) for pk in page if passages.get(pk)],
    }
    return render(request, "search/search.html", context)


def result(passages: Sequence[Passage], terms: Sequence[Term]) -> Result:
    meeting, kinds = passages[0].meeting, Passage.Kind.values
    found = [as_hit(passage, terms) for passage in sorted(passages, key=lambda one: kinds.index(one.kind))]
    return Result(
        meeting=meeting,
        title=marked(tidy(meeting.shown_title), terms),
        about=[line for hit in found if hit.kind == Passage.Kind.MEETING for line in hit.extracts],
        hits=[hit for hit in found if hit.kind != Passage.Kind.MEETING and is_hit(hit)],
    )


def as_hit(passage: Passage, terms: Sequence[Term]) -> Hit:
    most = POINTS_OF_NOTES if passage.kind == Passage.Kind.NOTES else 1
    return Hit(
        kind=passage.kind,
        heading=marked(passage.heading, terms),
        byline=marked(passage.byline, terms),
        extracts=extracts(passage.text, terms, most=most),
        material=passage.material,
        is_for_members=getattr(passage, "is_for_members", False),  # said by `passages_by_meeting` alone
    )


def is_hit(hit: Hit) -> bool:
    return bool(hit.extracts) or any("<mark>" in words for words in (hit.heading, hit.byline))
