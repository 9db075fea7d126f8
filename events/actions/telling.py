"""What the programme knows of a person, for them to take along (B25).

Questions without a name, and who supports them, are not in it: nothing says whose they are.
"""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from events.models import (
    AccessNeed,
    AttendanceReport,
    Backing,
    Host,
    Introduction,
    LinkTrial,
    OpenToColleagues,
    OwnCalendar,
    Registration,
    Reminded,
    Speaker,
    SpeakerEntry,
    StandingPlace,
    Suggestion,
    TalkOffer,
    Upload,
)
from members.actions.telling import part_of
from members.formats.own_data import Part
from members.models import User


def tell(user: User) -> Iterator[Part]:
    """Where they registered, waited, came and spoke, what they need, where they always come, which topics they want."""
    mine = Registration.objects.of(user).select_related("meeting")
    yield part_of(Registration, mine, without=["calendar_key", "calendar_sequence", "guest_email"])
    needs = AccessNeed.objects.filter(registration__in=Registration.objects.of(user).order_by().values("pk"))
    yield part_of(AccessNeed, needs.select_related("registration__meeting"))
    steps = Reminded.objects.filter(registration__in=mine.order_by())
    yield part_of(Reminded, steps.select_related("registration__meeting"))
    always = StandingPlace.objects.filter(Q(user=user) | Q(user=None, guest_email__iexact=user.email))
    yield part_of(StandingPlace, always.select_related("series"), without=["guest_email"])
    known = OpenToColleagues.objects.filter(membership__user=user).select_related("membership__network")
    about = _("Networks in which colleagues may be told that you come.")
    yield part_of(OpenToColleagues, known, about=about)
    talks = Speaker.objects.filter(Q(user=user) | Q(email__iexact=user.email)).select_related("agenda_item")
    yield part_of(Speaker, talks, without=["position", "link_key"])
    entries = SpeakerEntry.objects.filter(email__iexact=user.email).select_related("meeting")
    yield part_of(SpeakerEntry, entries, without=["key", "sequence", "said", "link_key"])
    reports = AttendanceReport.objects.filter(created_by=user).select_related("meeting")
    yield part_of(AttendanceReport, reports, without=["sealed", "counts"])
    yield part_of(Upload, Upload.objects.filter(speaker__in=talks), without=["key", "stored_as"])
    yield part_of(OwnCalendar, OwnCalendar.objects.filter(user=user), without=["digest"])
    own = Suggestion.objects.filter(suggester=user).select_related("network")
    yield part_of(Suggestion, own, without=["answer", "meeting", "merged_into", "told_at"])
    yield part_of(Backing, Backing.objects.filter(user=user).select_related("suggestion"))
    offers = TalkOffer.objects.filter(user=user).select_related("meeting")
    yield part_of(TalkOffer, offers, without=["agenda_item"])
    asked = Introduction.objects.filter(asker=user).select_related("network")
    yield part_of(Introduction, asked, without=["answer"], about=_("Members whom you asked to be introduced to."))
    yield part_of(Host, Host.objects.filter(user=user).select_related("meeting"))
    yield part_of(LinkTrial, LinkTrial.objects.filter(tried_by=user).select_related("meeting"), without=["link"])
