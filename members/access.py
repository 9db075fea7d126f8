"""Which rows a person may see. Strangers get the answer of a page that does not exist (R12)."""

from django.contrib.auth.models import AnonymousUser
from django.shortcuts import get_object_or_404

from members.models import Membership, Network, User
from members.rules.roles import Duty, duties_of

Visitor = User | AnonymousUser


def network_or_404(slug: str) -> Network:
    return get_object_or_404(Network, slug=slug)


def membership_of(user: Visitor, network: Network) -> Membership | None:
    """What `user` is to `network`, in whatever state; none for visitors and for people who may not sign in."""
    if not isinstance(user, User) or not user.is_active:
        return None
    return Membership.objects.filter(user=user, network=network).first()


def is_member(user: Visitor, network: Network) -> bool:
    """Whether `user` is an active member. A site owner is not, unless they joined: owning is not belonging."""
    membership = membership_of(user, network)
    return membership is not None and membership.state == Membership.State.ACTIVE


def may(user: Visitor, network: Network, duty: Duty) -> bool:
    """Whether `user` has this duty in the network: by their role as an active member, or as the site's owner (B80)."""
    return duty in duties_in(user, network)


def duties_in(user: Visitor, network: Network) -> frozenset[Duty]:
    """All that `user` may do in the network, asked once."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(Duty)
    membership = Membership.objects.active().filter(user=user, network=network).first()
    return duties_of(membership.role) if membership else frozenset()


def takes_notes(user: Visitor, network: Network) -> bool:
    """Whether drafts of the network's notes are open to `user`."""
    return may(user, network, Duty.NOTES)


def organises(user: Visitor, network: Network) -> bool:
    """Whether `user` looks after the network's meetings, people and letters."""
    return may(user, network, Duty.ORGANISE)
