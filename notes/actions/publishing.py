"""Write-ups for everybody: made of what contributors agreed everybody may read, and by an organiser's press (B61).

They come from notes that are out, and go with them: while the desk is open nothing is published.
"""

from collections.abc import Collection
from datetime import datetime

from members.models import User
from notes.actions import refusals
from notes.actions.circulating import ready_to_go_out
from notes.actions.freezing import begin, circulated_edition, send_out, take_away
from notes.actions.noting import locked
from notes.actions.reviewing import review
from notes.models.drafts import LeakAnswer, Notebook
from notes.models.editions import Circulation, Edition
from notes.rules.vocabulary import Audience


def make_write_up(notebook: Notebook, *, only: Collection[int], seen: str, by: User, at: datetime) -> Edition:
    """Freeze a write-up of `only` these items, which nobody sees until it is published. `seen` is the digest of the
    whole, as `review` for PUBLIC has it, so that what was looked at is what was chosen from."""
    with locked(notebook) as held:
        _refuse_unless_published(held)
        if review(held, at=at, audience=Audience.PUBLIC).seen != seen:
            raise refusals.NotesHaveChanged
        now = review(held, at=at, audience=Audience.PUBLIC, only=only)
        if not now.edition.sections:
            raise refusals.NothingToPublish
        if now.open_findings:
            raise refusals.SomethingIsOpen
        return begin(held, now.edition, by=by, at=at)


def publish(notebook: Notebook, *, at: datetime) -> Circulation:
    """Let everybody read the write-up that waits. Nobody is written to."""
    with locked(notebook) as held:
        _refuse_unless_published(held)
        edition = ready_to_go_out(held, Audience.PUBLIC, at=at)
        return send_out(edition, at=at)


def take_down(notebook: Notebook) -> None:
    """Take the write-up from everybody; the members' notes stay. To visitors it is as if there were none."""
    with locked(notebook) as held:
        if circulated_edition(held, Audience.PUBLIC) is None:
            raise refusals.NothingToWithdraw
        take_away(held.meeting, Audience.PUBLIC)


def answer_for_everybody(notebook: Notebook, digest: str, *, reason: str, at: datetime) -> None:
    """Say why a finding may stand before everybody: not the same as before members, so it is answered for itself."""
    if not reason.strip():
        raise refusals.ReasonIsMissing
    with locked(notebook) as held:
        _refuse_unless_published(held)
        if digest not in {one.digest for one in review(held, at=at, audience=Audience.PUBLIC).found}:
            raise refusals.TextHasChanged
        LeakAnswer.objects.update_or_create(notebook=held, digest=digest, defaults={"reason": reason.strip()})


def _refuse_unless_published(notebook: Notebook) -> None:
    if not notebook.meeting.network.publishes_write_ups:
        raise refusals.NothingIsPublished
    if notebook.state != Notebook.State.CIRCULATED:
        raise refusals.NotesAreNotOut
