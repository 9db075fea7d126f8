"""Making editions and sending them round. What is checked is what is stored, in one transaction (R8)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from members.actions.mailing import Recipient, send_letter
from members.models import Membership, Network, User
from notes.actions import refusals
from notes.actions.noting import locked
from notes.actions.reviewing import Review, Row, review
from notes.drafting import openings
from notes.models.drafts import Notebook
from notes.models.editions import Circulation, Edition
from notes.rendering import content_of, edition_digest, html_of
from notes.rules import vocabulary as rules


def make_edition(notebook: Notebook, *, seen: str, at: datetime) -> Edition:
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
        return _freeze(held, now.edition, _day(held, at))


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
        mailing = send_letter(
            "notes/circulated",
            [Recipient(email=one.email, name=one.name, user=one) for one in readers(held.meeting.network)],
            network=held.meeting.network,
            about_id=held.meeting.pk,
            created_by=by,
        )
        held.state = Notebook.State.CIRCULATED
        held.save(update_fields=["state"])
        return Circulation.objects.create(edition=edition, mailing=mailing, circulated_at=at)


@transaction.atomic
def reissue(notebook: Notebook, *, at: datetime) -> Edition | None:
    """After a contributor has taken something back: a new edition at once, read instead of the old one (R9, R10).

    Nobody is told: the letter held no words, and a second one would say that somebody withdrew.
    """
    before = newest_edition(notebook)
    if before is None:
        return None
    edition = lowered(before, review(notebook, at=at))
    if before.digest == edition_digest(edition):
        return None
    sent = before.circulation
    mailing, circulated_at = sent.mailing, sent.circulated_at
    made = _freeze(notebook, edition, _day(notebook, at))
    Circulation.objects.create(edition=made, mailing=mailing, circulated_at=circulated_at)
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


def newest_edition(notebook: Notebook) -> Edition | None:
    same = Edition.objects.filter(meeting=notebook.meeting, audience=rules.Audience.NETWORK)
    return same.select_related("circulation").order_by("number").last()


def readers(network: Network) -> list[User]:
    """Whom a circulation goes to: the active members."""
    rows = Membership.objects.active().filter(network=network).select_related("user").order_by("pk")
    return [row.user for row in rows]


def _freeze(notebook: Notebook, edition: rules.Edition, day: date) -> Edition:
    same = Edition.objects.filter(meeting=notebook.meeting, audience=edition.audience)
    # One that was made and never sent is no edition to anybody; it gives its number back.
    same.filter(circulation=None).delete()
    last = same.aggregate(last=Max("number"))["last"] or 0
    # Readers get the newest only, and the database keeps no other: two beside each other would say who withdrew (R9).
    same.delete()
    return Edition.objects.create(
        meeting=notebook.meeting,
        number=last + 1,
        audience=edition.audience,
        title=edition.title,
        content=content_of(edition),
        html=html_of(edition, openings()),
        digest=edition_digest(edition),
        made_on=day,
    )


def _day(notebook: Notebook, at: datetime) -> date:
    return at.astimezone(ZoneInfo(notebook.meeting.time_zone)).date()
