"""Asking contributors how their points may appear, and reminding them, once, if they have not said."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from members.actions.mailing import Recipient, send_letter
from members.models import User
from notes.actions import refusals
from notes.actions.contributing import remember
from notes.actions.dealing import deal_anew, in_any_order
from notes.actions.noting import locked, open_for_writing
from notes.drafting import Known, person_with, roster
from notes.models.drafts import ConsentRequest, Note, Notebook
from notes.rules.reminding import is_time_to_remind


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
        requests = [_request(held, person, at) for person in in_any_order(people)]
        write_to(held, "notes/choose", requests, by=by)
        # A contributor was written beside their request.
        deal_anew(held)
        return len(people)


def remind(notebook: Notebook, *, by: User, at: datetime) -> int:
    """Remind everybody who has not answered and has not been reminded; how many. Nobody is reminded twice."""
    with open_for_writing(notebook) as held:
        waiting = remindable(held, at=at)
        if not waiting:
            raise refusals.NobodyToRemind
        return _remind(held, waiting, by=by)


def remind_due(at: datetime) -> int:
    """Remind whoever's time for it has come, in every meeting; how many. Safe to run at any time, and twice at once."""
    asking = Notebook.objects.filter(state=Notebook.State.ASKING, consent_due_at__gt=at)
    return sum(_remind_due(notebook, at) for notebook in asking if _is_due(notebook.requests.all(), notebook, at))


def remindable(notebook: Notebook, *, at: datetime) -> list[ConsentRequest]:
    """Who may be reminded: asked, not answered, not reminded, with something left to choose about, and in time."""
    if notebook.state != Notebook.State.ASKING or notebook.is_overdue(at):
        return []
    keys = {note.contributor for note in _to_choose_about(notebook)}
    return [one for one in unanswered(notebook) if not one.reminded and one.contributor in keys]


def write_to(notebook: Notebook, letter: str, requests: Sequence[ConsentRequest], *, by: User | None) -> int:
    """Send `letter`, with a link to their own page, to those of the people asked who have an address; how many."""
    people = roster(notebook.meeting)
    found = [(request, person_with(request.contributor, people)) for request in requests]
    recipients = [
        Recipient(email=person.email, name=_name(person), user=person.user, about_id=request.pk)
        for request, person in in_any_order(found)
        if person is not None and person.email
    ]
    send_letter(letter, recipients, network=notebook.meeting.network, about_id=notebook.meeting.pk, created_by=by)
    return len(recipients)


def contributors(notebook: Notebook) -> list[Known]:
    """Whoever has at least one point that the desk does not keep out anyway."""
    keys = {note.contributor for note in _to_choose_about(notebook)}
    return [person for person in roster(notebook.meeting) if person.key in keys]


def unasked(notebook: Notebook) -> list[Known]:
    asked = {request.contributor for request in notebook.requests.all()}
    return [person for person in contributors(notebook) if person.key not in asked]


def unanswered(notebook: Notebook) -> Iterable[ConsentRequest]:
    return [request for request in notebook.requests.all() if not request.answered]


def _to_choose_about(notebook: Notebook) -> list[Note]:
    notes = notebook.items.select_related("agenda_item")
    return [note for note in notes if note.left_out or not note.is_excluded]


def _is_due(requests: Iterable[ConsentRequest], notebook: Notebook, at: datetime) -> bool:
    due_at = notebook.consent_due_at
    return due_at is not None and any(
        is_time_to_remind(asked_at=one.asked_at, due_at=due_at, at=at)
        for one in requests
        if not one.answered and not one.reminded
    )


def _remind_due(notebook: Notebook, at: datetime) -> int:
    with locked(notebook) as held:
        due = [one for one in remindable(held, at=at) if _is_due([one], held, at)]
        return _remind(held, due, by=None) if due else 0


def _remind(notebook: Notebook, requests: Sequence[ConsentRequest], *, by: User | None) -> int:
    for request in requests:
        request.reminded = True
        request.save(update_fields=["reminded"])
    return write_to(notebook, "notes/reminder", requests, by=by)


def _request(notebook: Notebook, person: Known, at: datetime) -> ConsentRequest:
    """Somebody without an address cannot answer; their points wait for the deadline and go out unattributed."""
    remember(notebook, person)
    return notebook.requests.create(contributor=person.key, asked_at=at)


def _name(person: Known) -> str:
    """A letter calls nobody what a stranger typed."""
    return person.name if person.participant.confirmed else ""
