"""The panel's pages about people, networks and letters."""

from allauth.account.models import EmailAddress
from django.contrib import admin

from members.admin.mail import DeliveryAdmin, MailingAdmin
from members.admin.people import MembershipAdmin, NetworkAdmin, PersonAdmin, SignUpAdmin

# allauth writes addresses into the panel's history (R15); ours are changed on the person's own page.
admin.site.unregister(EmailAddress)

__all__ = ["DeliveryAdmin", "MailingAdmin", "MembershipAdmin", "NetworkAdmin", "PersonAdmin", "SignUpAdmin"]
