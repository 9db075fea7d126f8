"""Making editions, having them approved, and sending them round. What is checked is what is stored (R8)."""

from datetime import datetime

from django.db import transaction

from cop.lib.encryption import is_keyed_digest, keyed_digest
from members.actions.mailing import Recipient, send_letter
from members.models import Membership, Network, User
from notes.actions import refusals
from notes.actions.correcting import let_go_of_lines
from notes.actions.freezing import circulated_edition, count, day_of, freeze, newest_edition, next_number, put_in_place
from notes.actions.noting import locked
from notes.actions.reviewing import Review, Row, review
from notes.models.drafts import Notebook
from notes.models.editions import Approval, Circulation, Edition
from notes.rendering import edition_digest
from notes.rules import vocabulary as rules


def make_edition(notebook: Notebook, *, seen: str, at: datetime, by: User | None = None) -> Edition:
    """Freeze the notes as they stand. `seen` is the digest of what the organiser looked at (`Review.seen`)."""
    with locked(notebook) as held:
        if not held.is_open:
            raise refusals.NotesAreClosed
        now = review(held, at=at)
        if now.seen != seen:
            raise refusals.NotesHaveChanged
        if now.waits_for_contributors:
            raise refusals.ContributorsAreChoosing
        if not now.is_ready:
            raise refusals.SomethingIsOpen
        same = Edition.objects.filter(meeting=held.meeting, audience=now.edition.audience)
        same.filter(circulation=None).delete()
        number = next_number(held, now.edition.audience)
        made = freeze(held.meeting, now.edition, number=number, made_on=day_of(held.meeting, at))
        Approval.objects.create(edition=made, made_by=by)
        return made


def approve(notebook: Notebook, *, seen: str, by: User, at: datetime) -> Approval:
    """A second person lets the edition go out: anybody who runs the network but whoever made it.

    `seen` is `seen_by_second` of the page they looked at, with every answered finding on it and its reason.
    """
    with locked(notebook) as held:
        edition = newest_edition(held)
        if edition is None or hasattr(edition, "circulation"):
            raise refusals.NothingToCirculate
        now = review(held, at=at)
        if now.open_findings:
            raise refusals.SomethingIsOpen
        if now.seen != edition.digest or not is_keyed_digest(seen, *_seen(edition, now)):
            raise refusals.NotesHaveChanged
        if edition.made_by == by:
            raise refusals.SomebodyElseApproves
        approval, _ = Approval.objects.update_or_create(edition=edition, defaults={"approved_by": by, "seen": seen})
        return approval


def seen_by_second(edition: Edition, now: Review) -> str:
    """A digest, keyed, of what a second person approves: the edition, and why each finding in it may stand."""
    return keyed_digest(*_seen(edition, now))


def _seen(edition: Edition, now: Review) -> list[str]:
    return [edition.digest, *(part for one in now.found for part in (one.digest, one.reason))]


def is_approved(edition: Edition, now: Review) -> bool:
    """Whether a second person has approved this edition with all that is answered in it as of now."""
    return edition.approved_by is not None and is_keyed_digest(edition.approval.seen, *_seen(edition, now))


def circulate(notebook: Notebook, *, by: User, at: datetime) -> Circulation:
    """Send every active member a link to the newest edition. It goes out only if it is still what the notes say."""
    with locked(notebook) as held:
        edition = newest_edition(held)
        if edition is None or hasattr(edition, "circulation"):
            raise refusals.NothingToCirculate
        now = review(held, at=at)
        if now.seen != edition.digest:
            raise refusals.NotesHaveChanged
        if now.open_findings:
            raise refusals.SomethingIsOpen
        if held.meeting.network.needs_second_reviewer and not is_approved(edition, now):
            raise refusals.NobodyElseHasLooked
        mailing = send_letter(
            "notes/circulated",
            [Recipient(email=one.email, name=one.name, user=one) for one in readers(held.meeting.network)],
            network=held.meeting.network,
            about_id=held.meeting.pk,
            created_by=by,
        )
        held.state = Notebook.State.CIRCULATED
        held.save(update_fields=["state"])
        count(edition, at=at)
        return Circulation.objects.create(edition=edition, mailing=mailing, circulated_at=at)


def second_people(edition: Edition, network: Network) -> list[User]:
    """Who may approve this edition: those who run the network, but for whoever made it."""
    rows = Membership.objects.active().running().filter(network=network).select_related("user").order_by("user__name")
    return [row.user for row in rows if row.user != edition.made_by]


def withdraw(notebook: Notebook) -> None:
    """Take the notes back from everybody at once; to readers it is as if there were none (R9, R12).

    Nothing of them is kept. While there are drafts, the desk is open again, and a new edition can go out.
    """
    with locked(notebook) as held:
        if circulated_edition(held) is None:
            raise refusals.NothingToWithdraw
        Edition.objects.filter(meeting=held.meeting).delete()
        if held.state != Notebook.State.FORGOTTEN:
            held.state = Notebook.State.ASKING if held.consent_due_at else Notebook.State.DRAFTING
            held.save(update_fields=["state"])


@transaction.atomic
def reissue(notebook: Notebook, *, at: datetime) -> Edition | None:
    """After a contributor has taken something back: a new edition at once, read instead of the old one (R9, R10).

    Nobody is told: the letter held no words, and a second one would say that somebody withdrew. For the same reason
    number and date stay.
    """
    before = circulated_edition(notebook)
    if before is None:
        return None
    edition = lowered(before, review(notebook, at=at))
    if before.digest == edition_digest(edition):
        return None
    made = put_in_place(before, edition, number=before.number, made_on=before.made_on, corrected_on=before.corrected_on)
    let_go_of_lines(made)
    return made


def lowered(before: Edition, now: Review) -> rules.Edition:
    """What was circulated, less what has been taken back since; never a line, a heading or a name more.

    Nobody waits for an organiser, so a line whose attribution has gone and that still gives somebody away goes out
    altogether. Other lines stay as they were checked.
    """
    left: dict[str, list[Row]] = {}
    for row in now.rows:
        if row.line is not None:
            left.setdefault(row.line.text, []).append(row)
    sections = []
    for section in before.content:
        lines = [_lowered_line(line, left) for line in section["lines"]]
        sections.append(rules.Section(title=section["title"], lines=tuple(line for line in lines if line)))
    return rules.Edition(title=before.title, audience=rules.Audience(before.audience), sections=tuple(sections))


def _lowered_line(line: dict[str, str], left: dict[str, list[Row]]) -> rules.Line | None:
    standing = left.get(line["text"], [])
    if not standing:
        return None
    row = standing.pop(0)
    attribution = row.line.attribution if row.line and line["attribution"] else ""
    if attribution != line["attribution"] and any(one.is_open for one in row.found):
        return None
    return rules.Line(text=line["text"], attribution=attribution)


def readers(network: Network) -> list[User]:
    """Whom a circulation goes to: the active members."""
    rows = Membership.objects.active().filter(network=network).select_related("user").order_by("pk")
    return [row.user for row in rows]
