"""The programme as everybody may read it: the next meeting, and any one meeting."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.access import Hidden, Standing, asker_of, hidden_from, readable, registration_of, standing
from events.actions.answering import takes_feedback
from events.actions.asking import why_shut
from events.actions.offering import open_call
from events.models import AgendaItem, Material, Meeting, Speaker
from events.rules.timetable import Tense, agenda_times, announces
from events.views.listing import meeting_tense, noted_meetings, written_up_meetings
from events.views.sharing import picture_address, row_for_everybody, structured_data
from members.access import Visitor, is_member, may, network_or_404
from members.models import Network, User
from members.rules.roles import Duty


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a meeting's agenda, with what this reader may have of it."""

    item: AgendaItem
    begins: datetime | None
    description: str
    speakers: list[Speaker]
    materials: list[Material]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads a meeting's page, as far as it asks. `declining` is what `declining` says."""

    is_member: bool
    standing: Standing
    may_ask: bool
    declining: str


@require_safe
def next_meeting(request: HttpRequest, network: str) -> HttpResponse:
    """Always leads to the next meeting, or to the home, which says that there is none yet (B2)."""
    home = network_or_404(network)
    meeting = Meeting.objects.of(home).published().upcoming(timezone.now()).select_related("network").first()
    return redirect(meeting or home)


@require_safe
def meeting(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """One meeting, in the tense of the clock (B3, B4)."""
    home, now = network_or_404(network), timezone.now()
    found = meeting_or_404(home, meeting, request.user)
    return render(request, "events/meeting.html", page_of(found, reader_of(request.user, found, now), now))


def reader_of(user: Visitor, meeting: Meeting, now: datetime) -> Reader:
    """What `user` is to a meeting, as its page asks."""
    own, member = registration_of(user, meeting), is_member(user, meeting.network)
    return Reader(
        is_member=member,
        standing=standing(meeting, own, at=now),
        may_ask=asker_of(user, meeting) is not None,
        declining=declining(meeting, user, now) if member and own is None else "",
    )


def page_of(found: Meeting, reader: Reader, now: datetime) -> dict[str, object]:
    """What a meeting's page shows to this reader; whoever that is, this is all it knows of them."""
    member = reader.is_member
    materials = list(found.materials.visible_to(is_member=member).told_apart())
    hidden = hidden_from([found], is_member=member)[found.pk]
    tense, agenda = meeting_tense(found, now), agenda_of(found, materials, hidden, is_member=member)
    shown = row_for_everybody(found, now)
    return {
        "network": found.network,
        "meeting": found,
        "tense": tense,
        "is_over": found.is_over(now),
        "standing": reader.standing,
        "may_ask": not why_shut(found, at=now) and reader.may_ask,
        "declining": reader.declining,
        "agenda": agenda,
        "is_timed": any(part.begins for part in agenda),
        "summary": readable(found.summary, found, hidden),
        "body": readable(found.body, found, hidden),
        "topics": found.topics.all(),
        "materials": [material for material in materials if material.agenda_item_id is None],
        "takes_talks": member and open_call(found, at=now) is not None,
        "takes_feedback": takes_feedback(found, at=now),
        "has_notes": found.pk in noted_meetings([found]),
        "has_write_up": found.pk in written_up_meetings([found]),
        "was_written_before": tense == Tense.PAST and announces(found.body),
        "for_everybody": shown,
        "picture": picture_address(found),
        "structured": structured_data(shown) if found.state != Meeting.State.DRAFT else "",
        **neighbours(found),
    }


def declining(meeting: Meeting, reader: Visitor, now: datetime) -> str:
    """Whether a member without a place "may" say that they cannot come, or has "done" so; empty once it is too late."""
    if meeting.why_closed(now) is not None or meeting.starts_at <= now or not isinstance(reader, User):
        return ""
    return "done" if meeting.registrations.not_coming().of(reader).exists() else "may"


def meeting_or_404(network: Network, slug: str, reader: Visitor) -> Meeting:
    """The meeting at this address; drafts only for those whose panel shows them."""
    found = get_object_or_404(Meeting.objects.of(network).select_related("network", "series"), slug=slug)
    if found.state == Meeting.State.DRAFT and not may(reader, network, Duty.LOOK):
        raise Http404
    return found


def agenda_of(meeting: Meeting, materials: list[Material], hidden: list[Hidden], *, is_member: bool) -> list[Part]:
    """The agenda with times where they are known; this reader may see the `materials`, and nothing that is `hidden`."""
    named = Speaker.objects.named_to(is_member=is_member).prefetch_related("uploads")
    items = list(meeting.agenda.prefetch_related(Prefetch("speakers", named)))
    lengths = [item.minutes for item in items] if meeting.has_times else [None] * len(items)
    return [
        Part(
            item=item,
            begins=begins,
            description=readable(item.description, meeting, hidden),
            speakers=list(item.speakers.all()),
            materials=[material for material in materials if material.agenda_item_id == item.pk],
        )
        for begins, item in zip(agenda_times(meeting.local_start, lengths), items, strict=True)
    ]


def neighbours(meeting: Meeting) -> dict[str, Meeting | None]:
    """The meetings of the same series before and after this one; of the same network, where it has no series."""
    others = Meeting.objects.of(meeting.network).public().filter(series=meeting.series).select_related("network")
    same, pk = Q(starts_at=meeting.starts_at), meeting.pk
    earlier = others.filter(Q(starts_at__lt=meeting.starts_at) | same & Q(pk__lt=pk))
    later = others.filter(Q(starts_at__gt=meeting.starts_at) | same & Q(pk__gt=pk))
    return {
        "before": earlier.order_by("-starts_at", "-pk").first(),
        "after": later.order_by("starts_at", "pk").first(),
    }
