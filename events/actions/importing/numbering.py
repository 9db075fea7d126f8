"""The numbers of a series' meetings: first, second, third by date."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from events.formats.jekyll import EventFile, Oddity, ordinal_word
from events.models import Meeting, Series


@transaction.atomic
def number_by_date(series: Series) -> int:
    """Number all imported and all numbered meetings of a series by their dates. Returns how many got another number."""
    Series.objects.select_for_update().get(pk=series.pk)
    meetings = list(
        Meeting.objects.select_for_update()
        .filter(~Q(source_name="") | Q(number__isnull=False), series=series)
        .order_by("starts_at", "source_name", "pk")
    )
    moved = [(meeting, number) for number, meeting in enumerate(meetings, start=1) if meeting.number != number]
    # Two meetings never have one number, not even for a moment: all that move give theirs up first.
    Meeting.objects.filter(pk__in=[meeting.pk for meeting, _ in moved]).update(number=None)
    for meeting, number in moved:
        Meeting.objects.filter(pk=meeting.pk).update(number=number)
    return len(moved)


def find_disagreements(series: Series, files: Iterable[EventFile]) -> Iterator[tuple[str, Oddity]]:
    """By file name, where a file's own words give a meeting another number than it has."""
    numbers = dict(series.meetings.exclude(source_name="").values_list("source_name", "number"))
    for event_file in files:
        number = numbers.get(event_file.name)
        if number and event_file.ordinal not in (None, number):
            said, is_number = ordinal_word(event_file.ordinal), ordinal_word(number)
            sentence = f"The text calls this the {said} meeting; by date it is the {is_number}."
            yield event_file.name, Oddity(line=event_file.ordinal_line, sentence=sentence)
