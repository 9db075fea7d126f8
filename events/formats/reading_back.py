"""Reading a calendar entry of our own back, as a calendar program would (B83)."""

from icalendar import Calendar

from events.formats.ical import Entry, publish


def reads_back(entry: Entry) -> bool:
    """Whether `entry`, written as RFC 5545 says and read again, is the same meeting: key, title, start and end."""
    try:
        calendar = Calendar.from_ical(publish([entry]))
        (event,) = calendar.walk("VEVENT")
        found = (str(event["uid"]), str(event["summary"]), event.decoded("dtstart"), event.decoded("dtend"))
    except (ValueError, KeyError):
        return False
    if entry.is_all_day:
        return found[:2] == _words(entry) and found[2] < found[3]
    return found == (*_words(entry), entry.starts_at, entry.ends_at)


def _words(entry: Entry) -> tuple[str, str]:
    return entry.uid, " ".join(entry.summary.split())
