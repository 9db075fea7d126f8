"""Work with the programme: what is to come, what is missing of it, and what people have not been told."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from cop.runsheet.preflight import NAMES, preflight_of
from cop.runsheet.work import Work
from events.actions.notifying import changes_since_told
from events.models import Material, Meeting, Series, Suggestion
from events.rules.nagging import SPEAKERS_AHEAD
from events.rules.preflight import READY_AHEAD, Check
from events.talks import waiting_recordings, wanting_of
from members.models import Network

# How far ahead things are asked for, and from when on they are late (B85).
PUBLISH, PUBLISH_LATE = timedelta(days=28), timedelta(days=14)
LINK, LINK_LATE = timedelta(days=7), timedelta(days=1)
LOOKED_AT = 3
# The rest of what is looked at the day before has been asked for already.
NOT_ASKED_YET = (Check.TRIED, Check.HOSTS, Check.REMINDER, Check.ENTRY)


def work(network: Network, at: datetime) -> Iterator[Work]:
    """What an organiser has to see to, meeting by meeting, the next one first."""
    coming = list(Meeting.objects.of(network).exclude(state=Meeting.State.CANCELLED).upcoming(at)[:LOOKED_AT])
    for meeting in coming:
        yield from of_meeting(meeting, at)
    yield from unplanned(network, at)
    yield from held_recordings(network, at)
    yield from unanswered(network)


def work_with_speakers(network: Network, at: datetime) -> Iterator[Work]:
    """What somebody who sees to the speakers, and to nothing else, has to see to."""
    coming = Meeting.objects.of(network).published().upcoming(at)[:LOOKED_AT]
    for meeting in coming:
        if meeting.starts_at - at <= SPEAKERS_AHEAD:
            yield from speakers_to_ask(meeting, on_day(meeting))
    yield from held_recordings(network, at)


def of_meeting(meeting: Meeting, at: datetime) -> Iterator[Work]:
    left, day = meeting.starts_at - at, on_day(meeting)
    if meeting.state == Meeting.State.DRAFT:
        if left <= PUBLISH:
            yield Work(
                what=_("The meeting on %s is still a draft.") % day,
                press=_("Publish it"),
                url=reverse("admin:events_meeting_act", args=[meeting.pk, "publish"]),
                is_late=left <= PUBLISH_LATE,
            )
        return
    if changes_since_told(meeting) and meeting.registrations.standing().exists():
        yield Work(
            what=_("Those who registered for %s have not been told of a change.") % day,
            press=_("Look at it, and tell them"),
            url=reverse("admin:events_meeting_tell", args=[meeting.pk]),
            is_late=True,
        )
    if left <= LINK and meeting.place != Meeting.Place.ROOM and not meeting.video_link:
        yield Work(
            what=_("The meeting on %s has no video link.") % day,
            press=_("Set the link"),
            url=f"{reverse('admin:events_meeting_screen', args=[meeting.pk])}#link",
            is_late=left <= LINK_LATE,
        )
    if left <= SPEAKERS_AHEAD:
        yield from speakers_to_ask(meeting, day)
    if timedelta(0) < left <= READY_AHEAD:
        yield from not_ready(meeting, at)


def not_ready(meeting: Meeting, at: datetime) -> Iterator[Work]:
    """What is open the day before, in one sentence (B83)."""
    checks = preflight_of(meeting, at)
    is_open = [str(NAMES[one]) for one in NOT_ASKED_YET if not checks.get(one, True)]
    if Check.TRIED in checks and not meeting.video_link:
        is_open.remove(str(NAMES[Check.TRIED]))
    if is_open:
        yield Work(
            what=_("Before the meeting on %(day)s, see to: %(open)s.")
            % {"day": on_day(meeting), "open": ", ".join(one.lower() for one in is_open)},
            press=_("See what is open"),
            url=f"{reverse('admin:events_meeting_screen', args=[meeting.pk])}#checklist",
            is_late=True,
        )


def speakers_to_ask(meeting: Meeting, day: str) -> Iterator[Work]:
    wanting = wanting_of(meeting)
    page = reverse("admin:events_meeting_speakers", args=[meeting.pk])
    if wanting.talks:
        said = ngettext(
            "%(count)d talk on %(day)s has no speaker yet.",
            "%(count)d talks on %(day)s have no speaker yet.",
            len(wanting.talks),
        )
        what = said % {"count": len(wanting.talks), "day": day}
        yield Work(what=what, press=_("See to it"), url=page, is_late=True)
    if wanting.speakers:
        said = ngettext(
            "Something is missing of %(count)d speaker on %(day)s.",
            "Something is missing of %(count)d speakers on %(day)s.",
            len(wanting.speakers),
        )
        what = said % {"count": len(wanting.speakers), "day": day}
        yield Work(what=what, press=_("See what, and ask"), url=page, is_late=True)


def unplanned(network: Network, at: datetime) -> Iterator[Work]:
    """Series that go on by their rule, and have no meeting to come."""
    coming = Meeting.objects.of(network).exclude(state=Meeting.State.CANCELLED).filter(ends_at__gt=at)
    for series in Series.objects.filter(network=network).exclude(rule="").exclude(pk__in=coming.values("series")):
        yield Work(
            what=_("No further meeting of %s is planned.") % series.title,
            press=_("Plan the next one"),
            url=reverse("admin:events_series_schedule", args=[series.pk]),
        )


def held_recordings(network: Network, at: datetime) -> Iterator[Work]:
    """Recordings that nobody sees, since a speaker has not said yes to theirs (B85)."""
    with_one = Meeting.objects.of(network).published().past(at).filter(materials__kind=Material.Kind.RECORDING)
    for meeting in with_one.distinct()[:LOOKED_AT]:
        if waiting_recordings(meeting):
            yield Work(
                what=_("A recording of %s waits for its speakers to say yes.") % on_day(meeting),
                press=_("Ask them"),
                url=reverse("admin:events_meeting_speakers", args=[meeting.pk]),
            )


def unanswered(network: Network) -> Iterator[Work]:
    wanted = Suggestion.objects.of(network).wanted().filter(answer="").count()
    if wanted:
        said = ngettext(
            "%d topic that members want has no answer.", "%d topics that members want have no answer.", wanted
        )
        page = f"{reverse('admin:events_suggestion_changelist')}?state__exact=wanted"
        yield Work(what=said % wanted, press=_("Answer"), url=page)


def on_day(meeting: Meeting) -> str:
    return date_format(meeting.local_start, "j F")
