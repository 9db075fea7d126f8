"""Who somebody is to a network, for parts of pages that stand on every page."""

from django import template

from members.access import Visitor, is_member
from members.models import Network

register = template.Library()


@register.filter
def belongs_to(user: Visitor, network: Network) -> bool:
    """Whether `user` is an active member: what is for members leads everybody else to a page that is not there."""
    return is_member(user, network)
