"""The demo network's notes: taken, chosen about, made into editions and circulated by the same actions as real ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from cop.demo.loading import Demo
from cop.demo.noted import EARLIER, LAST_WEEK, DemoNote
from cop.demo.people import ORGANISER
from events.models import Meeting
from members.models import User
from notes.actions.arranging import settle_order
from notes.actions.asking import ask_contributors
from notes.actions.circulating import circulate, make_edition
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.noting import add_note, open_notebook
from notes.actions.refusals import NobodyToAsk
from notes.actions.reviewing import review
from notes.drafting import roster
from notes.models import ConsentRequest, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution


def load_notes(demo: Demo) -> None:
    """Editions of the earlier meetings, and last week's draft: contributors have had their days, review is next."""
    organiser = demo.people[ORGANISER.email]
    for meeting, told in zip(demo.earlier, EARLIER, strict=True):
        notebook = take(meeting, told, organiser)
        settle_order(notebook)
        sent_at = meeting.ends_at + timedelta(days=8)
        make_edition(notebook, seen=review(notebook, at=sent_at).seen, at=sent_at)
        circulate(notebook, by=organiser, at=sent_at)
    take(demo.last_week, LAST_WEEK, organiser)
    Notebook.objects.filter(meeting=demo.last_week).update(consent_due_at=timezone.now() - timedelta(hours=1))


def take(meeting: Meeting, told: Sequence[DemoNote], organiser: User) -> Notebook:
    """What was noted, with what its contributors chose."""
    notebook, agenda = open_notebook(meeting), list(meeting.agenda.all())
    keys = {one.email: one.key for one in roster(meeting)}
    for one in told:
        add_note(
            notebook,
            text=one.text,
            agenda_item=agenda[one.part - 1] if one.part else None,
            contributor=keys[one.by] if one.by else "",
            kind=one.kind,
            confidential=one.confidential,
        )
    at = meeting.ends_at + timedelta(hours=2)
    try:
        ask_contributors(notebook, by=organiser, at=at)
    except NobodyToAsk:
        return notebook
    levels = {one.text: one.level for one in told}
    for request in notebook.requests.all():
        choose(request, levels, at + timedelta(days=1))
    return notebook


def choose(request: ConsentRequest, levels: dict[str, int | None], at: datetime) -> None:
    """One contributor answers, if they answered about each of their items."""
    words = {note.pk: note.text for note in own_notes(request)}
    chosen = {pk: levels[text] for pk, text in words.items()}
    choices = {
        pk: Choice(level=Attribution(level), text_hash=text_hash(words[pk]))
        for pk, level in chosen.items()
        if level is not None
    }
    if len(choices) == len(words):
        save_choices(request, choices, at=at)
