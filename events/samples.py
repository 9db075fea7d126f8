"""What the letters about registrations are filled with where an organiser looks at them."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from cop.lib.signing import absolute_url
from events.models import Meeting, Registration
from members.models import Network
from members.samples import LINK, Words, fill_with


def sample_meeting(network: Network) -> Meeting:
    """A meeting that is nowhere but here."""
    return Meeting(
        network=network,
        title=_("Monthly meeting"),
        theme=_("A theme, as it stands on the page"),
        starts_at=datetime(2037, 1, 14, 14, tzinfo=UTC),
        ends_at=datetime(2037, 1, 14, 15, 15, tzinfo=UTC),
        time_zone=network.time_zone,
        state=Meeting.State.PUBLISHED,
    )


def _of_registrations(network: Network) -> Words:
    meeting = sample_meeting(network)
    return {
        "meeting": meeting,
        "registration": Registration(meeting=meeting, guest_email="robin@example.org", name="Robin Sample"),
        "has_place": True,
        "place_in_queue": 2,
        **dict.fromkeys(("meeting_link", "page_link", "join_link"), absolute_url(LINK)),
    }


fill_with("events", _of_registrations)
