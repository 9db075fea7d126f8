"""See as: what visitors, members, those with a place and speakers find, for those who run a network (B88).

A page is made for a stand-in, who is nobody's account. It is a GET; the browser is told to send none of its forms, and
their keys are of no session. Nobody is signed in or out, and nothing is kept. See docs/decisions/0058.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from csp.constants import NONE
from csp.decorators import csp_replace
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cop.home import home_of
from events.access import Standing, meeting_of_duty_or_404, standing
from events.forms.speakers import TalkForm
from events.models import AgendaItem, Meeting, Registration, Speaker
from events.views.public import Reader, page_of
from events.views.talk import page_of as talk_of
from members.access import Visitor, is_member, may, network_or_404
from members.models import Network
from members.rules.roles import Duty


class Role(StrEnum):
    """As whom one looks; the value stands in the address."""

    EVERYBODY = "everybody"
    MEMBER = "member"
    REGISTERED = "registered"
    SPEAKER = "speaker"


WORDS: dict[Role, Promise] = {
    Role.EVERYBODY: gettext_lazy("everybody"),
    Role.MEMBER: gettext_lazy("a member"),
    Role.REGISTERED: gettext_lazy("a member with a place"),
    Role.SPEAKER: gettext_lazy("a speaker, on the page that their letter leads to"),
}


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who stands before a page, as far as its head asks. Nobody's account, so that nothing private is theirs."""

    is_authenticated: bool
    is_staff: bool = False
    is_active: bool = False

    @property
    def is_anonymous(self) -> bool:
        return not self.is_authenticated


@require_safe
@never_cache
@csp_replace({"form-action": [NONE]})  # type: ignore[arg-type]  # its type knows no view with arguments
def meeting_as(request: HttpRequest, meeting_id: int, who: str) -> HttpResponse:
    """A meeting's page, or its speaker's, as somebody else finds it."""
    meeting, _user = meeting_of_duty_or_404(request.user, meeting_id, Duty.LOOK)
    role = _role_or_404(who, request.user, meeting.network)
    page = {
        "seen_as": WORDS[role],
        "ways": [(WORDS[one], reverse("admin:events_meeting_as", args=[meeting.pk, one.value])) for one in Role],
        "way_back": reverse("admin:events_meeting_screen", args=[meeting.pk]),
    }
    if meeting.state == Meeting.State.DRAFT and role is not Role.SPEAKER:
        page |= {"network": meeting.network, "seen_nothing": _("Nobody but those who run the network finds a draft.")}
        return _answer("seen_nothing.html", page, role, meeting.get_absolute_url())
    if role is Role.SPEAKER:
        return _as_speaker(meeting, page)
    now = timezone.now()
    shown = page_of(meeting, _reader(meeting, role, now), now)
    return _answer("events/meeting.html", {**shown, **page}, role, meeting.get_absolute_url())


@require_safe
@never_cache
@csp_replace({"form-action": [NONE]})  # type: ignore[arg-type]  # its type knows no view with arguments
def network_as(request: HttpRequest, who: str, network: str) -> HttpResponse:
    """A network's home as somebody else finds it; speakers have none of their own."""
    home = network_or_404(network)
    if not may(request.user, home, Duty.LOOK):
        raise Http404
    role = _role_or_404(who, request.user, home)
    if role is Role.SPEAKER:
        raise Http404
    now = timezone.now()
    shown = home_of(home, now, is_member=role is not Role.EVERYBODY, standing_at=_stands(role, now))
    ways = [(WORDS[one], reverse("admin:network_as", args=[one.value, home.slug])) for one in list(Role)[:3]]
    page = {**shown, "seen_as": WORDS[role], "ways": ways, "way_back": reverse("admin:index")}
    return _answer("network.html", page, role, home.get_absolute_url())


def _role_or_404(who: str, user: Visitor, network: Network) -> Role:
    """Never more than whoever looks may see: what is for members, only to members."""
    if who not in set(Role) or (who != Role.EVERYBODY and not is_member(user, network)):
        raise Http404
    return Role(who)


def _stands(role: Role, now: datetime) -> Callable[[Meeting], Standing]:
    """How the stand-in stands to a meeting. Their registration is in no database."""

    def stands(meeting: Meeting) -> Standing:
        bare = standing(meeting, None, at=now)
        if role is not Role.REGISTERED:
            return bare
        is_open = bare.closed is None
        return replace(
            bare,
            registration=Registration(meeting=meeting, confirmed=True),
            may_cancel=is_open and now < meeting.starts_at,
            may_join=is_open and meeting.doors_open(now),
        )

    return stands


def _reader(meeting: Meeting, role: Role, now: datetime) -> Reader:
    has_place, is_open = role is Role.REGISTERED, meeting.why_closed(now) is None and now < meeting.starts_at
    return Reader(
        is_member=role is not Role.EVERYBODY,
        standing=_stands(role, now)(meeting),
        may_ask=has_place,
        declining="may" if role is Role.MEMBER and is_open else "",
    )


def _as_speaker(meeting: Meeting, page: Mapping[str, object]) -> HttpResponse:
    """The page of somebody new, before they have said anything: no speaker's own words are in it. Nothing is kept."""
    with transaction.atomic():
        talk = meeting.agenda.filter(kind=AgendaItem.Kind.TALK).first()
        talk = talk or AgendaItem.objects.create(meeting=meeting, title=_("A talk"))
        speaker = Speaker.objects.create(agenda_item=talk, name=_("A speaker"))
        shown = talk_of(speaker, TalkForm(speaker=speaker))
        try:
            return _answer("events/talk.html", {**shown, **page}, Role.SPEAKER, meeting.get_absolute_url())
        finally:
            transaction.set_rollback(True)


def _answer(template: str, page: Mapping[str, object], role: Role, path: str) -> HttpResponse:
    """The page, made for a request of nobody's: without session, messages, or a key that a form could be sent with."""
    nobody = HttpRequest()
    nobody.method, nobody.path, nobody.path_info, nobody.user = "GET", path, path, AnonymousUser()
    is_member = role in (Role.MEMBER, Role.REGISTERED)
    words = {**page, "user": StandIn(is_authenticated=is_member), "seen_as_member": is_member}
    return HttpResponse(render_to_string(template, words, nobody))
