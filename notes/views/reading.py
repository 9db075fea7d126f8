"""Reading what was circulated: active members, and guests who attended where the network says so. To everybody else
these pages do not exist (R12)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from events.access import registration_by_token
from members.access import Visitor, is_member, network_or_404
from members.models import Network, User
from notes.actions.suggesting import Point, own_suggestions, points_of
from notes.models.editions import Edition


@require_safe
def editions(request: HttpRequest, network: str) -> HttpResponse:
    """All notes of the network, newest meeting first."""
    found = _members_network(request.user, network)
    rows = Edition.objects.newest().circulated().filter(meeting__network=found, audience=0)
    rows = rows.select_related("meeting__network").defer("html", "content").order_by("-meeting__starts_at")
    return render(request, "notes/editions.html", {"network": found, "editions": rows})


@require_safe
def edition(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    one = edition_or_404(request.user, network, meeting)
    # Nobody looks after the notes of a network at rest any more (B100).
    tools = [] if one.meeting.network.is_resting else [_tool(one, point) for point in points_of(one)]
    context = {
        "network": one.meeting.network,
        "edition": one,
        "meeting": one.meeting,
        "page": one.page_with(tools),
        "has_points": bool(tools),
        "suggestions": own_suggestions(one, request.user) if isinstance(request.user, User) else [],
    }
    return render(request, "notes/edition.html", context)


def _tool(edition: Edition, point: Point) -> SafeString:
    """The way to say that this point is wrong."""
    page = reverse("notes:suggest", args=[edition.meeting.network.slug, edition.meeting.slug])
    return format_html(
        '<a class="point-tool" href="{}?point={}" lang="{}">{}<span class="visually-hidden">: {}</span></a>',
        page,
        point.place,
        get_language(),  # the reader's, within notes that are in the network's
        _("Suggest a correction"),
        _("point %(place)s of %(section)s") % {"place": point.place.split(".")[1], "section": point.section},
    )


@require_safe
def edition_for_guest(request: HttpRequest, token: str) -> HttpResponse:
    """The notes of the meeting a guest attended, by their personal link, where the network says so (R12)."""
    registration = registration_by_token(token, "registration")
    meeting = registration.meeting
    if not (meeting.network.guests_may_read and registration.is_guest_who_came):
        raise Http404
    rows = Edition.objects.newest().circulated().filter(meeting=meeting, audience=0)
    one = get_object_or_404(rows.select_related("meeting__network"))
    context = {"network": meeting.network, "edition": one, "meeting": meeting, "token": token}
    return render(request, "notes/edition_for_guest.html", context)


def edition_or_404(user: Visitor, network: str, meeting: str) -> Edition:
    """The one edition of this meeting's notes that can be read, for members."""
    found = _members_network(user, network)
    rows = Edition.objects.newest().circulated().filter(meeting__network=found, audience=0)
    return get_object_or_404(rows.select_related("meeting__network"), meeting__slug=meeting)


def _members_network(user: Visitor, slug: str) -> Network:
    network = network_or_404(slug)
    if not is_member(user, network):
        raise Http404
    return network
