"""Days and times of meetings as people say them: "Wednesday 14 January 2037", "2pm to 3:15pm, UK time"."""

from datetime import date, datetime
from urllib.parse import urlsplit

from django import template
from django.utils import formats
from django.utils.translation import gettext as _, pgettext

from events.media import photo_address
from events.models import Meeting, Speaker
from events.rules.timetable import clock_figures, last_day, zone_city

register = template.Library()


@register.filter
def clock(local: datetime) -> str:
    """A time of day: "2pm", "2:05pm", "midday"."""
    hour, minute, is_afternoon = clock_figures(local)
    if (hour, minute) == (12, 0):
        return _("midday") if is_afternoon else _("midnight")
    figures = f"{hour}:{minute:02}" if minute else str(hour)
    return (pgettext("time of day", "%spm") if is_afternoon else pgettext("time of day", "%sam")) % figures


@register.filter
def zone(meeting: Meeting) -> str:
    """The meeting's time zone in words: "UK time", "New York time"."""
    if meeting.time_zone == "Europe/London":
        return _("UK time")
    return _("%(city)s time") % {"city": zone_city(meeting.time_zone)}


@register.filter
def times(meeting: Meeting) -> str:
    """From when to when, with the zone; empty where only the day is known."""
    if not meeting.has_times:
        return ""
    words = {"start": clock(meeting.local_start), "end": clock(meeting.local_end), "zone": zone(meeting)}
    return _("%(start)s to %(end)s, %(zone)s") % words


@register.filter
def days(meeting: Meeting) -> str:
    """On which day or days: "Wednesday 14 January 2037", "8 to 10 June 2022", "30 May to 2 June 2022"."""
    first, last = meeting.local_start.date(), last_day(meeting.local_start, meeting.local_end)
    if meeting.has_times or first == last:
        return _format(first, "l j F Y")
    start = (
        "j" if (first.year, first.month) == (last.year, last.month) else "j F" if first.year == last.year else "j F Y"
    )
    return _("%(first)s to %(last)s") % {"first": _format(first, start), "last": _format(last, "j F Y")}


@register.filter
def host(address: str) -> str:
    """Whose site an address leads to: "video.example"."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _format(day: date, pattern: str) -> str:
    return formats.date_format(day, pattern)


@register.filter
def photo(speaker: Speaker) -> str:
    """The path of a speaker's photo, for a reader who may see their name; empty where there is none."""
    return photo_address(speaker)
