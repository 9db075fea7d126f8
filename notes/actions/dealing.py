"""Rows in an order that says nothing.

Texts and names are unreadable in the database, but rows written one after the other stand one after the other, in
SQLite by their number, in PostgreSQL by when they were last written. Who chose when, and which points are one
person's, could be read from that; letters, by their side, hold addresses.
"""

from collections.abc import Iterable
from random import SystemRandom
from typing import TypeVar

from notes.models.drafts import Consent, ConsentRequest, Note, Notebook

T = TypeVar("T")

_chance = SystemRandom()


def in_any_order(rows: Iterable[T]) -> list[T]:
    """The same, shuffled: what is written next to something else should not pair up with it."""
    shuffled = list(rows)
    _chance.shuffle(shuffled)
    return shuffled


def deal_anew(notebook: Notebook) -> None:
    """Write all that hangs on contributors' choices once more, in random order: for the transaction of each choice."""
    consents = in_any_order(Consent.objects.filter(note__notebook=notebook))
    # The same numbers, given out anew: new ones would say how often somebody chose.
    numbers = in_any_order(consent.pk for consent in consents)
    Consent.objects.filter(pk__in=numbers).delete()
    for consent, number in zip(consents, numbers, strict=True):
        consent.pk = number
    Consent.objects.bulk_create(consents)
    # One by one: a single statement would go through the rows as they lie.
    for note in in_any_order(notebook.items.all()):
        Note.objects.filter(pk=note.pk).update(left_out=note.left_out)
    for contributor in in_any_order(notebook.contributors.all()):
        contributor.save(update_fields=["identity"])
    for request in in_any_order(notebook.requests.all()):
        ConsentRequest.objects.filter(pk=request.pk).update(answered=request.answered)
