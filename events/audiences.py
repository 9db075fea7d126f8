"""The people of a meeting, to whom organisers can write: registered, waiting, attended, speakers."""

from collections.abc import Callable, Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from events.models import Meeting, Registration, Speaker
from events.models.registrations import HAVE_A_PLACE
from members.audiences import Audience, Occasion, Recipient, members, offer
from members.models import Network

State = Registration.State
# Who writes about a meeting of three years ago, does it by hand.
NEWEST = 36


def meetings(network: Network) -> list[Occasion]:
    """The network's meetings that people know of, newest first."""
    known = Meeting.objects.of(network).exclude(state=Meeting.State.DRAFT).select_related("series")
    newest = known.order_by("-starts_at", "-pk")[:NEWEST]
    return [Occasion(one.pk, f"{date_format(one.local_start, 'j F Y')}, {one.shown_title}") for one in newest]


def in_state(*states: Registration.State) -> Callable[[Network, int], Iterator[Recipient]]:
    """Those whose registration for the meeting is in one of these states."""

    def people(network: Network, meeting_id: int) -> Iterator[Recipient]:
        rows = Registration.objects.filter(meeting=meeting_id, meeting__network=network, state__in=states)
        for row in rows.select_related("user").iterator(chunk_size=500):
            # Their own word or none: a guest's row may say what anybody typed.
            guest = row.name if row.confirmed else ""
            yield Recipient(row.email, row.user.name if row.user else guest, row.user)

    return people


def speakers(network: Network, meeting_id: int) -> Iterator[Recipient]:
    """Those who speak, where we have an address of theirs."""
    rows = Speaker.objects.filter(agenda_item__meeting=meeting_id, agenda_item__meeting__network=network)
    for row in rows.select_related("user").order_by("agenda_item__position", "position", "pk"):
        email = row.email or (row.user.email if row.user else "")
        if email:
            yield Recipient(email, row.name, row.user)


def meetings_ahead(network: Network) -> list[Occasion]:
    """The meetings one can still register for, soonest first."""
    ahead = Meeting.objects.of(network).published().upcoming(timezone.now()).select_related("series")
    return [Occasion(one.pk, f"{date_format(one.local_start, 'j F Y')}, {one.shown_title}") for one in ahead]


def not_registered(network: Network, meeting_id: int) -> Iterator[Recipient]:
    """Members who have said nothing about this meeting: neither that they come, nor that they do not."""
    said = Registration.objects.filter(meeting=meeting_id, meeting__network=network).select_related("user")
    known = {row.email.lower() for row in said}
    return (one for one in members(network, 0) if one.email.lower() not in known)


offer(
    Audience(
        key="events/not-registered",
        name=_("Members who have not registered"),
        reason=_("You get this letter because you are a member of the network."),
        letter="events/invitation",
        people=not_registered,
        adds=_("Below your words: day, time and place of the meeting, and a button to register with one press."),
        occasions=meetings_ahead,
    )
)

_REGISTERED = _("You get this letter because you registered for this meeting.")
for key, name, reason, people in (
    ("registered", _("Registered"), _REGISTERED, in_state(*HAVE_A_PLACE)),
    ("waiting", _("Waiting for a place"), _REGISTERED, in_state(State.WAITING)),
    ("attended", _("Attended"), _("You get this letter because you were at this meeting."), in_state(State.ATTENDED)),
    ("speakers", _("Speakers"), _("You get this letter because you speak at this meeting."), speakers),
):
    offer(
        Audience(
            key=f"events/{key}",
            name=name,
            reason=reason,
            letter="circular/meeting",
            people=people,
            occasions=meetings,
        )
    )
