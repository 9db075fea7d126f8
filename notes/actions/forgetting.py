"""Forgetting drafts, some time after circulation: what remains of a meeting is its edition (R11)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import ForeignObjectRel, Min, Model, Q, QuerySet
from django.db.models.base import ModelBase

from cop.lib.space import overwrite_space
from events.actions.forgetting import forget_questions
from members.models import Delivery, Mailing
from notes.actions.noting import locked
from notes.models.drafts import Consent, ForgettingCertificate, Notebook
from notes.models.editions import Circulation, Edition, Numbering

# Who was written to about their points says who had any.
LETTERS = ("notes/choose", "notes/reminder", "notes/recorded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgettable:
    """What would be forgotten of one meeting: the kind of row, and the ids."""

    meeting_id: int
    kinds: dict[str, list[int]]


def forget_due(at: datetime) -> int:
    """Forget the drafts of every meeting whose time has come; answers how many. Safe to run at any time.

    Where one meeting's cannot be forgotten, the others' are; what went wrong is raised in the end, in a group.
    """
    due, wrong = due_notebooks(at), []
    for notebook in due:
        try:
            forget(notebook, at=at)
        except Exception as error:
            wrong.append(error)
    unswept = ForgettingCertificate.objects.filter(is_overwritten=False)
    # Also where the drafts were forgotten before, and the space could not be overwritten then.
    if unswept.exists() and overwrite_space():
        unswept.update(is_overwritten=True)
    if wrong:
        raise ExceptionGroup("Some drafts could not be forgotten.", wrong)
    return len(due)


def due_notebooks(at: datetime) -> list[Notebook]:
    """Notebooks with drafts whose notes went out, and whose time has come."""
    rows = Notebook.objects.exclude(state=Notebook.State.FORGOTTEN).select_related("meeting__network")
    out = Q(meeting__in=Numbering.objects.values("meeting")) | Q(state=Notebook.State.CIRCULATED)
    return [notebook for notebook in rows.filter(out) if forget_at(notebook) <= at]


def forget_at(notebook: Notebook) -> datetime:
    """When this meeting's drafts are forgotten: the network's days after its notes first went out."""
    # Also where they were withdrawn since: the promise counts from the first time they went out.
    numbered = Numbering.objects.filter(meeting=notebook.meeting).aggregate(first=Min("first_circulated_at"))
    sent = Circulation.objects.filter(edition__meeting=notebook.meeting).aggregate(first=Min("circulated_at"))
    first: datetime = numbered["first"] or sent["first"]
    return first + timedelta(days=notebook.meeting.network.retention_days)


def forgettable(notebook: Notebook) -> Forgettable:
    """What there is to forget of this meeting; nothing is changed."""
    kinds = {kind: list(rows.values_list("pk", flat=True)) for kind, rows in _draft_rows(notebook).items()}
    return Forgettable(meeting_id=notebook.meeting_id, kinds=kinds)


def forget(notebook: Notebook, *, at: datetime) -> ForgettingCertificate:
    """Delete everything that hangs on the notebook, and the record of who was written to about choosing; certify it."""
    with locked(notebook) as held:
        gone = forgettable(held)
        for rows in _draft_rows(held).values():
            rows.delete()
        forget_questions(held.meeting)
        left = forgettable(held)
        held.state, held.consent_due_at, held.checked_against = Notebook.State.FORGOTTEN, None, ""
        held.save()
        # No number, nor a rough one: less the lines of the edition, it says that something was kept confidential (R5).
        kinds = [
            {"kind": kind, "deleted": "some" if ids else "none", "left": len(left.kinds[kind])}
            for kind, ids in gone.kinds.items()
        ]
        return ForgettingCertificate.objects.create(
            meeting=held.meeting, forgotten_on=held.meeting.day_of(at), kinds=kinds
        )


def _draft_rows(notebook: Notebook) -> dict[str, QuerySet[Model]]:
    """Kind of row to its rows: whatever points at a notebook is part of its draft, so no new kind is ever left out."""
    letters = Mailing.objects.filter(letter__in=LETTERS, about_id=notebook.meeting_id)
    found: dict[str, QuerySet[Model]] = {"consents": Consent.objects.filter(note__notebook=notebook)}
    for relation in Notebook._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            model = relation.related_model
            assert isinstance(model, ModelBase)  # noqa: S101  # for mypy: a row can only point from a model
            kind = str(model._meta.verbose_name_plural)
            found[kind] = model._default_manager.filter(**{relation.field.name: notebook})
    return {
        **found,
        "editions that never went out": Edition.objects.filter(meeting=notebook.meeting, circulation=None),
        "letters about choosing": Delivery.objects.filter(mailing__in=letters),
        "mailings about choosing": letters,
    }
