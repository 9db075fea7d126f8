"""The demo network's notes: taken, chosen about, made into editions and circulated by the same actions as real ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from cop.demo.loading import Demo
from cop.demo.noted import CORRECTED, EARLIER, LAST_WEEK, DemoNote
from cop.demo.people import MEMBERS, ORGANISER
from events.models import Meeting
from members.models import User
from notes.actions.arranging import settle_order
from notes.actions.asking import ask_contributors
from notes.actions.circulating import circulate, make_edition
from notes.actions.consenting import Choice, own_notes, save_choices
from notes.actions.noting import add_note, open_notebook
from notes.actions.publishing import make_write_up, publish
from notes.actions.refusals import NobodyToAsk
from notes.actions.reviewing import review
from notes.actions.suggesting import points_of, suggest
from notes.drafting import roster
from notes.models import ConsentRequest, Edition, Notebook
from notes.rules.redaction import text_hash
from notes.rules.vocabulary import Attribution, Audience


def load_notes(demo: Demo) -> None:
    """Editions of the earlier meetings, and last week's draft: contributors have had their days, review is next."""
    organiser = demo.people[ORGANISER.email]
    for meeting, told in zip(demo.earlier, EARLIER, strict=True):
        notebook = take(meeting, told, organiser)
        settle_order(notebook)
        sent_at = meeting.ends_at + timedelta(days=8)
        make_edition(notebook, seen=review(notebook, at=sent_at).seen, at=sent_at)
        circulate(notebook, by=organiser, at=sent_at)
    write_up(notebook, organiser, at=sent_at)
    ask_for_a_correction(notebook, demo.people[MEMBERS[0].email], at=sent_at)
    take(demo.last_week, LAST_WEEK, organiser)
    Notebook.objects.filter(meeting=demo.last_week).update(consent_due_at=timezone.now() - timedelta(hours=1))


def write_up(notebook: Notebook, organiser: User, *, at: datetime) -> None:
    """What contributors of the newest notes agreed everybody may read."""
    whole = review(notebook, at=at, audience=Audience.PUBLIC)
    make_write_up(notebook, only=[row.note.pk for row in whole.rows], seen=whole.seen, by=organiser, at=at)
    publish(notebook, at=at)


def ask_for_a_correction(notebook: Notebook, reader: User, *, at: datetime) -> None:
    """A reader of the newest notes says that something is not right."""
    edition = Edition.objects.circulated().get(meeting=notebook.meeting, audience=Audience.NETWORK)
    about, words = CORRECTED
    point = next(one for one in points_of(edition) if one.text == about)
    suggest(edition, point, words, by=reader, at=at)


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
    said = {one.text: one for one in told}
    for request in notebook.requests.all():
        choose(request, said, at + timedelta(days=1))
    return notebook


def choose(request: ConsentRequest, said: dict[str, DemoNote], at: datetime) -> None:
    """One contributor answers, if they answered about each of their items."""
    own = {note.pk: said[note.text] for note in own_notes(request)}
    choices = {
        pk: Choice(
            level=Attribution(one.level),
            audience=Audience.PUBLIC if one.public else Audience.NETWORK,
            text_hash=text_hash(one.text),
            other_words=one.instead,
        )
        for pk, one in own.items()
        if one.level is not None
    }
    if len(choices) == len(own):
        save_choices(request, choices, at=at)
