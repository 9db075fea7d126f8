"""What the programme does when something happens to members."""

from datetime import datetime

from django.dispatch import receiver

from events.actions.registering import adopt_guest_registrations, forget_guest
from events.actions.telling import tell
from members.formats.own_data import Part
from members.models import Membership, User
from members.signals import erased, gathering_own_data, joined


@receiver(joined)
def give_them_their_registrations(sender: type[Membership], membership: Membership, **kwargs: object) -> None:
    """Whoever came as a guest before finds those meetings in their account."""
    adopt_guest_registrations(membership)


@receiver(gathering_own_data)
def tell_what_we_know(user: User, **kwargs: object) -> list[Part]:
    return list(tell(user))


@receiver(erased)
def forget_their_registrations(email: str, at: datetime, **kwargs: object) -> None:
    """What they registered for with an account went with it; this is the rest, and who waits moves up."""
    forget_guest(email, at=at)
