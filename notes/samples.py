"""What the notes' letters are about, made up."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.samples import sample_meeting
from members.samples import Made, sample
from notes.models.editions import Circulation, Edition


@sample(
    {
        "notes/choose": _("To a contributor: choose how your points appear"),
        "notes/reminder": _("To a contributor who has not answered"),
        "notes/recorded": _("To a contributor: what you said in the meeting is written down"),
    }
)
def _request(made: Made) -> int:
    """The link leads to nobody's page: there is no such request."""
    sample_meeting(made)
    return 0


@sample({"notes/circulated": _("To members: new notes to read")})
def _edition(made: Made) -> None:
    meeting = sample_meeting(made)
    edition = Edition.objects.create(
        meeting=meeting, number=1, title=meeting.title, content=[], made_on=meeting.day_of(timezone.now())
    )
    Circulation.objects.create(edition=edition, circulated_at=timezone.now())


@sample(
    {
        "notes/needs_a_look": _("To organisers: notes that are out need a look"),
        "notes/look_again": _("To organisers: please look at notes again"),
        "notes/second": _("To a second person: notes wait for you"),
        "notes/correction": _("To organisers: a correction is suggested"),
    }
)
def _meeting(made: Made) -> None:
    sample_meeting(made)
