"""Who sees figures."""

from django.http import Http404

from members.access import Visitor, may, network_or_404
from members.models import Network
from members.rules.roles import Duty


def theirs_or_404(user: Visitor, slug: str) -> Network:
    """The network at this address, for those who look after it: how many came says something of who did (R13)."""
    network = network_or_404(slug)
    if not may(user, network, Duty.LOOK):
        raise Http404
    return network
