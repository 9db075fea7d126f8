"""Whose a point is. Whoever contributes is remembered, so that they find their points whatever becomes of them."""

from notes.actions import refusals
from notes.drafting import Known, person_with, roster
from notes.models.drafts import Contributor, Notebook
from notes.rules.identity import brought_up_to_date, identity_as_text


def contributor_of(notebook: Notebook, key: str) -> str:
    """The key under which this person's points stand; "" where a point is nobody's in particular.

    Raises `UnknownContributor`, and `AskedNotToBeNoted` where they asked for that.
    """
    if not key:
        return ""
    person = person_with(key, roster(notebook.meeting))
    if person is None:
        raise refusals.UnknownContributor
    if person.do_not_note:
        raise refusals.AskedNotToBeNoted
    remember(notebook, person)
    return person.key


def remember(notebook: Notebook, person: Known) -> None:
    """Keep who a contributor is as of now."""
    row = next((one for one in notebook.contributors.all() if one.who.key == person.key), None)
    if row is None:
        row = Contributor(notebook=notebook, identity=identity_as_text(person.identity))
    else:
        row.identity = identity_as_text(brought_up_to_date(row.who, person.identity))
    row.save()
