"""Making editions, having them approved, and sending them round. What is checked is what is stored (R8)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cop.lib.encryption import is_keyed_digest, keyed_digest
from members.actions.mailing import Recipient, send_letter
from members.actions.recording import record_act
from members.models import Membership, Network, User
from members.rules.roles import Duty
from notes.actions import refusals
from notes.actions.correcting import let_go_of_lines
from notes.actions.freezing import begin, circulated_edition, newest_edition, put_in_place, send_out, take_away
from notes.actions.noting import locked
from notes.actions.reviewing import Review, Row, review
from notes.models.drafts import Notebook
from notes.models.editions import Approval, Circulation, Edition, StoredLine
from notes.rendering import edition_digest
from notes.rules import vocabulary as rules
from notes.rules.vocabulary import Audience


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
        edition = begin(held, now.edition, by=by, at=at)
        if held.meeting.network.needs_second_reviewer:
            _ask_second_people(held, edition, by=by)
        return edition


def _ask_second_people(notebook: Notebook, edition: Edition, *, by: User | None) -> None:
    network = notebook.meeting.network
    send_letter(
        "notes/second",
        [Recipient(email=one.email, name=one.name, user=one) for one in second_people(edition, network)],
        network=network,
        about_id=notebook.meeting.pk,
        created_by=by,
    )


def review_of(notebook: Notebook, edition: Edition, *, at: datetime) -> Review:
    """What would be made now in the place of this edition: of a write-up, from the points that were taken for it."""
    if edition.audience == Audience.NETWORK:
        return review(notebook, at=at)
    texts = {line["text"] for section in edition.content for line in section["lines"]}
    whole = review(notebook, at=at, audience=Audience.PUBLIC)
    only = {row.note.pk for row in whole.rows if row.note.text in texts}
    return review(notebook, at=at, audience=Audience.PUBLIC, only=only)


def approve(
    notebook: Notebook, *, seen: str, by: User, at: datetime, audience: Audience = Audience.NETWORK
) -> Approval:
    """A second person lets the edition go out: anybody who runs the network but whoever made it.

    `seen` is `seen_by_second` of the page they looked at, with every answered finding on it and its reason.
    """
    with locked(notebook) as held:
        edition, now = _waiting(held, audience, at)
        if not is_keyed_digest(seen, *_seen(edition, now)):
            raise refusals.NotesHaveChanged
        if edition.made_by == by:
            raise refusals.SomebodyElseApproves
        approval, _ = Approval.objects.update_or_create(edition=edition, defaults={"approved_by": by, "seen": seen})
        return approval


def _waiting(notebook: Notebook, audience: Audience, at: datetime) -> tuple[Edition, Review]:
    """The edition that waits to go out, if it is still what the notes say and nothing in it is open."""
    edition = newest_edition(notebook, audience)
    if edition is None or hasattr(edition, "circulation"):
        raise refusals.NothingToCirculate
    now = review_of(notebook, edition, at=at)
    if now.open_findings:
        raise refusals.SomethingIsOpen
    if now.seen != edition.digest:
        raise refusals.NotesHaveChanged
    return edition, now


def ready_to_go_out(notebook: Notebook, audience: Audience, *, at: datetime) -> Edition:
    """The edition that waits, once whoever has to approve it has; refused otherwise."""
    edition, now = _waiting(notebook, audience, at)
    if notebook.meeting.network.needs_second_reviewer and not is_approved(edition, now):
        raise refusals.NobodyElseHasLooked
    return edition


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
        edition = ready_to_go_out(held, Audience.NETWORK, at=at)
        mailing = send_letter(
            "notes/circulated",
            [Recipient(email=one.email, name=one.name, user=one) for one in readers(held.meeting.network)],
            network=held.meeting.network,
            about_id=held.meeting.pk,
            created_by=by,
        )
        held.state = Notebook.State.CIRCULATED
        held.save(update_fields=["state"])
        let_go_of_lines(edition)
        record_act(held.meeting, by=by, words=_("Notes circulated"))
        return send_out(edition, mailing=mailing, at=at)


def second_people(edition: Edition, network: Network) -> list[User]:
    """Who may approve this edition: those who take notes, but for whoever made it."""
    rows = (
        Membership.objects.active()
        .with_duty(Duty.NOTES)
        .filter(network=network)
        .select_related("user")
        .order_by("user__name")
    )
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
def reissue(notebook: Notebook, *, at: datetime) -> None:
    """After a contributor has taken something back: new editions at once, read instead of the old ones (R9, R10).

    Nobody is told: the letter held no words, and a second one would say that somebody withdrew. For the same reason
    number and date stay.
    """
    for audience in Audience:
        before = circulated_edition(notebook, audience)
        if before is not None:
            _reissue(before, review(notebook, at=at, audience=audience))


def _reissue(before: Edition, now: Review) -> None:
    edition = lowered(before, now)
    if before.digest == edition_digest(edition):
        return
    if not any(section.lines for section in edition.sections) and before.audience == Audience.PUBLIC:
        # An empty page for everybody would say that something had been there.
        take_away(before.meeting, Audience.PUBLIC)
        return
    made = put_in_place(before, edition, number=before.number, made_on=before.made_on, corrected_on=before.corrected_on)
    if made.audience == Audience.NETWORK:
        let_go_of_lines(made)


def lowered(before: Edition, now: Review) -> rules.Edition:
    """What was circulated, less what has been taken back since; never a line, a heading or a name more.

    Nobody waits for an organiser, so a line whose attribution has gone and that still gives somebody away goes out
    altogether. Other lines stay as they were checked.
    """
    left = [row for row in now.rows if row.line is not None]
    places = {(section["title"], line["text"]) for section in before.content for line in section["lines"]}
    sections = []
    for section in before.content:
        found = [_lowered_line(line, _standing(section["title"], line, left, places)) for line in section["lines"]]
        lines = tuple(line for line in found if line)
        if lines or before.audience == Audience.NETWORK:
            sections.append(rules.Section(title=section["title"], lines=lines))
    return rules.Edition(title=before.title, audience=Audience(before.audience), sections=tuple(sections))


def _standing(title: str, line: StoredLine, left: list[Row], places: set[tuple[str, str]]) -> Row | None:
    """What is left of a line, taken from `left`: its own item, in its own place; another that says the same words
    elsewhere is not looked at, unless its heading has been renamed since."""
    same = [row for row in left if row.note.text == line["text"]]
    here = [row for row in same if row.section == title]
    here.sort(key=lambda row: row.line is not None and row.line.attribution != line["attribution"])
    row = next(iter([*here, *(row for row in same if (row.section, line["text"]) not in places)]), None)
    if row is not None:
        left.remove(row)
    return row


def _lowered_line(line: StoredLine, row: Row | None) -> rules.Line | None:
    if row is None or row.line is None:
        return None
    # Nobody's press shows more of somebody else: what they agreed to may have been withheld by the cap till now.
    stands = line["attribution"] in {row.line.attribution, *row.higher}
    attribution = row.line.attribution if stands else ""
    if attribution != line["attribution"] and any(one.is_open for one in row.found):
        return None
    return rules.Line(text=line["text"], attribution=attribution)


def readers(network: Network) -> list[User]:
    """Whom a circulation goes to: the members, and those who were brought over from a list and told so.

    The letter holds a link and nothing else; who has not agreed to the ground rules is asked to before reading.
    """
    rows = Membership.objects.on_list().filter(network=network).select_related("user").order_by("pk")
    return [row.user for row in rows]
