"""Who somebody is to a network, for parts of pages that stand on every page."""

from django import template

from members.access import Visitor, duties_in, is_member
from members.models import Network

register = template.Library()


@register.filter
def belongs_to(user: Visitor, network: Network) -> bool:
    """Whether `user` is an active member: what is for members leads everybody else to a page that is not there."""
    return is_member(user, network)


@register.filter
def duties(user: Visitor, network: Network) -> dict[str, bool]:
    """What `user` may do in the network, by the names in `members.rules.roles.Duty`, for links to its pages."""
    return {duty.value: True for duty in duties_in(user, network)}
