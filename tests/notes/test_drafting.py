"""From rows to the draft that the rules work on."""

from events.models import AgendaItem, Meeting
from notes.drafting import section_titles


def test_parts_of_one_title_each_keep_their_own(meeting: Meeting) -> None:
    """Also beside a part whose own title looks like a number that another would get."""
    meeting.agenda.all().delete()
    titles = ("Talk", "Talk", "Talk (2)", "Talk", "Talk (2)")
    parts = [
        AgendaItem.objects.create(meeting=meeting, title=title, position=place) for place, title in enumerate(titles)
    ]
    shown = section_titles(meeting)
    assert [shown[part.pk] for part in parts] == ["Talk", "Talk (3)", "Talk (2)", "Talk (4)", "Talk (2) (2)"]
