"""Taking a name out of what was written about a meeting, before nobody knows any more that it is to be hidden."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.formats.unnamed import without_names
from events.models import AgendaItem, Meeting, Speaker
from events.rules.visibility import EVERYBODY


def hold_meetings_of(speakers: QuerySet[Speaker]) -> None:
    """Hold the meetings at which they speak until the transaction ends, always in the same order."""
    meetings = Meeting.objects.filter(pk__in=speakers.values("agenda_item__meeting")).order_by("starts_at", "pk")
    list(meetings.select_for_update(no_key=True).values_list("pk"))


def write_without(speaker: Speaker) -> None:
    """Write the texts of their meeting anew without a name that not everybody may know (B44).

    As long as a speaker has that name it is hidden wherever a text is shown (`events.access.readable`); this is for
    when the name, or the speaker, goes. Call it within a transaction.
    """
    if speaker.name_seen_by == EVERYBODY:
        return
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=speaker.agenda_item.meeting_id)
    _rewrite(meeting, ("summary", "body", "source_front_matter"), speaker.name)
    for item in meeting.agenda.all():
        _rewrite(item, ("description",), speaker.name)


def _rewrite(row: Meeting | AgendaItem, fields: tuple[str, ...], name: str) -> None:
    before = {field: str(getattr(row, field)) for field in fields}
    after = {field: without_names(text, [name], instead=_("a speaker")) for field, text in before.items()}
    if after == before:
        return
    for field, text in after.items():
        setattr(row, field, text)
    row.save(update_fields=fields)
