"""The panel's pages about people, networks and letters."""

from members.admin.mail import DeliveryAdmin, MailingAdmin
from members.admin.people import MembershipAdmin, NetworkAdmin, PersonAdmin, SignUpAdmin

__all__ = ["DeliveryAdmin", "MailingAdmin", "MembershipAdmin", "NetworkAdmin", "PersonAdmin", "SignUpAdmin"]
