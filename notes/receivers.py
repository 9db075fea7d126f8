"""What the notes answer when the programme asks, and what they do when a minute has passed."""

from datetime import datetime

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from cop.lib.markdown import as_markdown
from events.actions.hosting import HostingRefused
from events.models import AgendaItem, Meeting
from events.signals import (
    changing_wishes,
    gathering_noted_meetings,
    gathering_written_up_meetings,
    question_answered,
    wishes_changed,
)
from members.formats.own_data import Part
from members.models import Network, User
from members.signals import asking_for_rest, erasing, gathering_own_data, ticked
from notes.actions.asking import remind_due
from notes.actions.circulating import reissue
from notes.actions.erasing import erase_from_notes
from notes.actions.noting import add_note, locked, open_notebook
from notes.actions.refusals import Refused
from notes.actions.telling import tell
from notes.actions.watching import look_again
from notes.models.drafts import Notebook
from notes.models.editions import Edition


@receiver(gathering_noted_meetings)
def circulated_notes(meeting_ids: set[int], **_: object) -> set[int]:
    """Which of these meetings have notes that members can read."""
    editions = Edition.objects.circulated().filter(audience=0, meeting__in=meeting_ids)
    return set(editions.values_list("meeting_id", flat=True))


@receiver(gathering_written_up_meetings)
def published_write_ups(meeting_ids: set[int], **_: object) -> set[int]:
    """Which of these meetings have a write-up that everybody can read."""
    editions = Edition.objects.circulated().filter(audience=1, meeting__in=meeting_ids)
    return set(editions.filter(meeting__network__publishes_write_ups=True).values_list("meeting_id", flat=True))


@receiver(ticked)
def look_again_at_what_is_out(now: datetime, **_: object) -> None:
    look_again(now)


@receiver(ticked)
def remind_contributors(now: datetime, **_: object) -> None:
    remind_due(now)


@receiver(changing_wishes)
def hold_what_may_have_to_change(meeting: Meeting, **_: object) -> None:
    """Choices are taken with the notebook held before a registration: the other way round, each would wait for the
    other for ever."""
    Notebook.objects.select_for_update().filter(meeting=meeting, state=Notebook.State.CIRCULATED).first()


@receiver(wishes_changed)
def take_out_what_is_not_to_be_noted(meeting: Meeting, **_: object) -> None:
    """Where the notes are out already, those of somebody who asks not to be noted go from them at once (R5, R10)."""
    notebook = Notebook.objects.filter(meeting=meeting, state=Notebook.State.CIRCULATED).first()
    if notebook is not None:
        with locked(notebook) as held:
            reissue(held, at=timezone.now())


@receiver(question_answered)
def note_the_question(meeting: Meeting, text: str, agenda_item: AgendaItem | None, **kwargs: object) -> None:
    """An item that is nobody's in particular, for the note-taker to write the answer to."""
    question = _("Question: %s") % as_markdown(text)
    try:
        add_note(open_notebook(meeting), text=question, agenda_item=agenda_item)
    except Refused as refused:
        raise HostingRefused(str(refused)) from refused


@receiver(gathering_own_data)
def tell_what_we_know(user: User, **_: object) -> list[Part]:
    return list(tell(user))


@receiver(asking_for_rest)
def have_no_notes_under_way(network: Network, **_kwargs: object) -> list[str]:
    """Contributors are asked, and members are told, by letters that would not go."""
    under_way = Notebook.objects.filter(meeting__network=network, items__isnull=False)
    count = under_way.filter(state__in=[Notebook.State.DRAFTING, Notebook.State.ASKING]).distinct().count()
    words = ngettext(
        "The notes of %d meeting are not circulated yet. Circulate them, or take the points out.",
        "The notes of %d meetings are not circulated yet. Circulate them, or take the points out.",
        count,
    )
    return [words % count] if count else []


@receiver(erasing)
def take_out_whoever_is_erased(email: str, user: User | None, at: datetime, **_: object) -> None:
    erase_from_notes(email, user, at=at)
