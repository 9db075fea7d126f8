"""Which rows a person may see. Strangers get the answer of a page that does not exist (R12)."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from members.models import Membership, Network, User

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


def runs(user: Visitor, network: Network) -> bool:
    """Whether the network's panel is open to `user`: as organiser, note-taker or site owner."""
    return _holds(user, network, {Membership.Role.ORGANISER, Membership.Role.NOTE_TAKER})


def organises(user: Visitor, network: Network) -> bool:
    """Whether `user` is an organiser of the network, or owns the site."""
    return _holds(user, network, {Membership.Role.ORGANISER})


def run_network_or_404(user: Visitor, slug: str) -> Network:
    """The network at this address, for those who run it."""
    network = network_or_404(slug)
    if not runs(user, network):
        raise Http404
    return network


def _holds(user: Visitor, network: Network, roles: set[Membership.Role]) -> bool:
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return Membership.objects.active().filter(user=user, network=network, role__in=roles).exists()
