"""Whom somebody who comes is told of: colleagues who allowed it, and come too (B42)."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.models import Meeting, OpenToColleagues, Registration
from events.rules.colleagues import Coming, colleagues_of
from members.models import Membership


def willing_to_be_named(meeting: Meeting) -> list[Coming]:
    """Members with a place who let colleagues know, in their own words of themselves."""
    open_ones = OpenToColleagues.objects.filter(membership__in=_members(meeting)).values("membership__user")
    return [_coming(one) for one in _in_their_own_words(meeting).filter(user__in=open_ones)]


def words_for(meeting: Meeting, registration_id: int, willing: list[Coming]) -> str:
    """What one recipient's letter says of their colleagues; nothing to guests, and to whoever has none that come."""
    if not willing:
        return ""
    reader = _in_their_own_words(meeting).filter(pk=registration_id, user__in=_members(meeting).values("user")).first()
    names = colleagues_of(_coming(reader), willing) if reader else []
    if len(names) == 2:
        return _("%(one)s and %(other)s from your organisation are coming, too.") % {"one": names[0], "other": names[1]}
    return _("%s from your organisation is coming, too.") % names[0] if names else ""


def _members(meeting: Meeting) -> QuerySet[Membership]:
    return Membership.objects.active().filter(network=meeting.network_id)


def _in_their_own_words(meeting: Meeting) -> QuerySet[Registration]:
    said = meeting.registrations.with_place().confirmed().filter(user__isnull=False)
    return said.select_related("user")


def _coming(registration: Registration) -> Coming:
    return Coming(
        person=registration.user_id or 0,
        name=registration.name,
        organisation=registration.organisation,
        email=registration.email,
    )
