"""Making rows of editions, and putting one in the place of another.

The number that readers see rises when an organiser sends something new, never because somebody took something back
(R9): see decision 14.
"""

from datetime import date, datetime

from events.models import Meeting
from members.models import Mailing, User
from notes.drafting import openings
from notes.models.drafts import Notebook
from notes.models.editions import Approval, Circulation, Edition, Numbering
from notes.rendering import content_of, edition_digest, html_of
from notes.rules import vocabulary as rules


def newest_edition(notebook: Notebook, audience: rules.Audience = rules.Audience.NETWORK) -> Edition | None:
    """The last one made for these readers, circulated or not."""
    same = Edition.objects.filter(meeting=notebook.meeting, audience=audience)
    return same.select_related("circulation", "approval").order_by("number").last()


def circulated_edition(notebook: Notebook, audience: rules.Audience = rules.Audience.NETWORK) -> Edition | None:
    """The one that these readers read now."""
    same = Edition.objects.newest().circulated().filter(meeting=notebook.meeting, audience=audience)
    return same.select_related("circulation", "approval").first()


def next_number(notebook: Notebook, audience: rules.Audience) -> int:
    """One more than readers have seen: an edition that was made and never sent gives its number back."""
    numbering = Numbering.objects.filter(meeting=notebook.meeting, audience=audience).first()
    circulated = circulated_edition(notebook, audience)
    return max(numbering.last if numbering else 0, circulated.number if circulated else 0) + 1


def freeze(
    meeting: Meeting, edition: rules.Edition, *, number: int, made_on: date, corrected_on: date | None = None
) -> Edition:
    """A row of an edition, shown to nobody until it is circulated."""
    return Edition.objects.create(
        meeting=meeting,
        number=number,
        audience=edition.audience,
        title=edition.title,
        content=content_of(edition),
        html=html_of(edition, openings()),
        digest=edition_digest(edition),
        made_on=made_on,
        corrected_on=corrected_on,
    )


def begin(notebook: Notebook, edition: rules.Edition, *, by: User | None, at: datetime) -> Edition:
    """An edition that waits to go out, instead of any other that waited."""
    meeting = notebook.meeting
    Edition.objects.filter(meeting=meeting, audience=edition.audience, circulation=None).delete()
    made = freeze(meeting, edition, number=next_number(notebook, edition.audience), made_on=meeting.day_of(at))
    Approval.objects.create(edition=made, made_by=by)
    return made


def put_in_place(
    before: Edition, edition: rules.Edition, *, number: int, made_on: date, corrected_on: date | None
) -> Edition:
    """`edition` instead of the circulated one `before`, of which nothing is left: beside each other they would say
    who withdrew (R9). Nobody is written to."""
    mailing, circulated_at = before.circulation.mailing, before.circulation.circulated_at
    hands = {"made_by": before.made_by, "approved_by": before.approved_by}
    Edition.objects.filter(pk=before.pk).delete()
    # One that waits was made from what is no longer read, and may have the number that is given now.
    Edition.objects.filter(meeting=before.meeting, audience=before.audience, circulation=None).delete()
    made = freeze(before.meeting, edition, number=number, made_on=made_on, corrected_on=corrected_on)
    Approval.objects.create(edition=made, **hands)
    send_out(made, mailing=mailing, at=circulated_at)
    return made


def send_out(edition: Edition, *, mailing: Mailing | None = None, at: datetime) -> Circulation:
    """Let its readers have this edition and no other: of one they had before nothing is left, or it would be read again
    once this one is taken back (R9, R10)."""
    same = Edition.objects.filter(meeting=edition.meeting, audience=edition.audience)
    same.exclude(pk=edition.pk).delete()
    _count(edition, at=at)
    return Circulation.objects.create(edition=edition, mailing=mailing, circulated_at=at)


def take_away(meeting: Meeting, audience: rules.Audience) -> None:
    """Leave these readers nothing: not what they read, and nothing that waits or went before it."""
    Edition.objects.filter(meeting=meeting, audience=audience).delete()


def _count(edition: Edition, *, at: datetime) -> None:
    """Remember the number of what readers have now."""
    Numbering.objects.update_or_create(
        meeting=edition.meeting,
        audience=edition.audience,
        defaults={"last": edition.number},
        create_defaults={"last": edition.number, "first_circulated_at": at},
    )
