"""Making editions and sending them round. What is checked is what is stored, in one transaction (R8)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from members.actions.mailing import Recipient, send_letter
from members.models import Membership, Network, User
from notes.actions import refusals
from notes.actions.noting import locked
from notes.actions.reviewing import Review, review
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
        if review(held, at=at).seen != edition.digest:
            raise refusals.NotesHaveChanged
        mailing = send_letter(
            "notes/circulated",
            [Recipient(email=one.email, name=one.name, user=one) for one in readers(held.meeting.network)],
            network=held.meeting.network,
            about_id=edition.pk,
            created_by=by,
        )
        held.state = Notebook.State.CIRCULATED
        held.save(update_fields=["state"])
        return Circulation.objects.create(edition=edition, mailing=mailing, circulated_at=at)


@transaction.atomic
def reissue(notebook: Notebook, *, at: datetime) -> Edition | None:
    """After a contributor has taken something back: a new edition at once, read instead of the old one (R9, R10).

    Nobody waits for an organiser, so a line that the lower consent leaves with a finding goes out altogether. Nobody
    is told: the letter held no words, and a second one would say that somebody withdrew.
    """
    before = newest_edition(notebook)
    edition = without_findings(review(notebook, at=at))
    if before is None or before.digest == edition_digest(edition):
        return None
    made = _freeze(notebook, edition, _day(notebook, at))
    Circulation.objects.create(edition=made, mailing=None, circulated_at=at)
    return made


def without_findings(whole: Review) -> rules.Edition:
    """The edition less every line in which something was found that nobody has answered."""
    refused = [(row.section, row.line) for row in whole.rows if any(one.is_open for one in row.found)]
    sections = tuple(
        rules.Section(
            title=section.title,
            lines=tuple(line for line in section.lines if (section.title, line) not in refused),
        )
        for section in whole.edition.sections
    )
    return rules.Edition(title=whole.edition.title, audience=whole.edition.audience, sections=sections)


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
