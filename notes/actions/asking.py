"""Asking contributors how their points may appear."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from members.actions.mailing import Recipient, send_letter
from members.models import User
from notes.actions import refusals
from notes.actions.contributing import remember
from notes.actions.noting import open_for_writing
from notes.drafting import Known, roster
from notes.models.drafts import ConsentRequest, Note, Notebook


def ask_contributors(notebook: Notebook, *, by: User, at: datetime) -> int:
    """End the drafting: everybody with a point of their own gets a personal page. Returns how many are asked.

    Pressed again, it asks those who have contributed since; nobody gets a second letter. The deadline moves only
    if it has passed.
    """
    with open_for_writing(notebook) as held:
        people = unasked(held)
        if not people:
            raise refusals.NobodyToAsk
        if held.consent_due_at is None or held.is_overdue(at):
            held.consent_due_at = at + timedelta(days=held.meeting.network.consent_days)
        held.state = Notebook.State.ASKING
        held.save()
        send_letter(
            "notes/choose",
            [recipient for recipient in [_request(held, person) for person in people] if recipient.email],
            network=held.meeting.network,
            about_id=held.meeting.pk,
            created_by=by,
        )
        return len(people)


def contributors(notebook: Notebook) -> list[Known]:
    """Whoever has at least one point that the desk does not keep out anyway."""
    keys = {note.contributor for note in notebook.items.select_related("agenda_item") if not _is_sealed_here(note)}
    return [person for person in roster(notebook.meeting) if person.key in keys]


def unasked(notebook: Notebook) -> list[Known]:
    asked = {request.contributor for request in notebook.requests.all()}
    return [person for person in contributors(notebook) if person.key not in asked]


def unanswered(notebook: Notebook) -> Iterable[ConsentRequest]:
    return [request for request in notebook.requests.all() if not request.answered]


def _is_sealed_here(note: Note) -> bool:
    return note.is_excluded and not note.left_out


def _request(notebook: Notebook, person: Known) -> Recipient:
    """Somebody without an address cannot answer; their points wait for the deadline and go out unattributed."""
    remember(notebook, person)
    request = notebook.requests.create(contributor=person.key)
    return Recipient(email=person.email, name=person.name, user=person.user, about_id=request.pk)
