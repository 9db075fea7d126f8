"""Letting colleagues know that one comes, and no longer (B42)."""

from events.models import OpenToColleagues
from members.models import Membership, User


def let_colleagues_know(membership_id: int, user: User, *, may: bool) -> bool:
    """Keep whether members of the same organisation may be told that this member comes; whether it is theirs to say."""
    membership = Membership.objects.active().filter(pk=membership_id, user=user).first()
    if membership is None:
        return False
    if may:
        OpenToColleagues.objects.get_or_create(membership=membership)
    else:
        OpenToColleagues.objects.filter(membership=membership).delete()
    return True


def forget_openness(membership: Membership) -> None:
    """Whoever leaves a network, and comes back, is asked anew."""
    OpenToColleagues.objects.filter(membership=membership).delete()
