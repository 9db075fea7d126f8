"""The live page: what is on now, and all one can do from ten minutes before a meeting until it ends (B43).

It shows nobody who else is there (R13). A script asks for its changing part alone, which says "not modified" (RFC 9110
§15.4.5) until something has changed; without a script a link does the same.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from cop.lib.signing import personal_token
from events.access import (
    announced_meeting_or_404,
    asker_of,
    hidden_from,
    live_from,
    registration_by_token,
    registration_of,
    standing,
)
from events.actions.answering import takes_feedback
from events.actions.asking import why_shut
from events.models import Meeting, Question, Registration
from events.rules.timetable import Tense, part_on_now
from events.views.listing import meeting_tense
from events.views.public import Part, agenda_of
from members.access import is_member


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A part of the agenda against the clock; `until` is when the next begins, where that is known."""

    part: Part
    is_over: bool
    is_now: bool
    until: datetime | None


@require_safe
def live(request: HttpRequest, network: str, meeting: str) -> HttpResponse:
    """For everybody: what is on. For whoever has a place: the way in."""
    found = announced_meeting_or_404(network, meeting)
    may_ask = asker_of(request.user, found) is not None
    return answer(request, found, registration_of(request.user, found), may_ask=may_ask)


@require_safe
def live_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same for whoever holds the link of a registration, without an account."""
    own = registration_by_token(token, "registration")
    stands = own if own.state != Registration.State.CANCELLED else None
    return answer(request, own.meeting, stands, may_ask=False, token=token)


def answer(
    request: HttpRequest, meeting: Meeting, own: Registration | None, *, may_ask: bool, token: str = ""
) -> HttpResponse:
    """The page, or its changing part alone where `now` is asked for."""
    now = timezone.now()
    stands = standing(meeting, own, at=now)
    may_ask = (may_ask or stands.has_place) and not why_shut(meeting, at=now)
    tense = meeting_tense(meeting, now)
    page = {
        "network": meeting.network,
        "meeting": meeting,
        "tense": tense,
        "is_over": meeting.is_over(now),
        "standing": stands,
        "registration": own,
        "may_ask": may_ask,
        "shown": meeting.questions.filter(state=Question.State.SHOWN).first() if may_ask else None,
        "waiting": meeting.questions.filter(state=Question.State.WAITING).count() if may_ask else 0,
        "takes_feedback": stands.has_place and takes_feedback(meeting, at=now),
        "steps": steps(request, meeting, tense, now),
        "live_from": live_from(meeting),
        "token": token,
        "join_token": personal_token("join", own.pk) if own and token else "",
    }
    part = render_to_string("events/_live.html", page, request)
    tag = quote_etag(sha256(part.encode()).hexdigest())
    if "now" not in request.GET:
        as_of = now.astimezone(meeting.zone)
        return render(request, "events/live.html", {**page, "part": part, "tag": tag, "as_of": as_of})
    response = get_conditional_response(request, etag=tag) or HttpResponse(part)
    response["ETag"] = tag
    return response


def steps(request: HttpRequest, meeting: Meeting, tense: Tense, now: datetime) -> list[Step]:
    """The agenda as this reader may see it, with a marker while the meeting is on."""
    member = is_member(request.user, meeting.network)
    materials = list(meeting.materials.visible_to(is_member=member).told_apart())
    hidden = hidden_from([meeting], is_member=member)[meeting.pk]
    agenda = agenda_of(meeting, materials, hidden, is_member=member)
    on_now = part_on_now([part.begins for part in agenda], now) if tense == Tense.LIVE else None
    # The last part lasts as long as the meeting.
    ends = [after.begins for _part, after in pairwise(agenda)] + [meeting.local_end]
    return [
        Step(
            part=part,
            is_over=on_now is not None and place < on_now,
            is_now=place == on_now,
            until=until if part.begins else None,
        )
        for place, (part, until) in enumerate(zip(agenda, ends, strict=False))
    ]
