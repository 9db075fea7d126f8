"""The panel's pages about people, networks and letters."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.models import Group
from django_tasks_db.models import DBTaskResult

from members.admin.acts import ActAdmin
from members.admin.bounces import MailboxAdmin
from members.admin.circulars import CircularAdmin
from members.admin.imports import BatchAdmin
from members.admin.keeping import DeletionAdmin
from members.admin.mail import DeliveryAdmin, MailingAdmin
from members.admin.people import MembershipAdmin, NetworkAdmin, PersonAdmin, SignUpAdmin
from members.admin.wordings import WordingAdmin

# What other packages put into the panel. allauth writes addresses into its history (R15); groups mean nothing here, as
# what people may do follows from their membership; tasks are the worker's business.
# What signs in through another provider is set in the environment, and nothing is kept of it.
admin.site.unregister([EmailAddress, Group, DBTaskResult, SocialAccount, SocialApp, SocialToken])

__all__ = [
    "ActAdmin",
    "BatchAdmin",
    "CircularAdmin",
    "DeletionAdmin",
    "DeliveryAdmin",
    "MailboxAdmin",
    "MailingAdmin",
    "MembershipAdmin",
    "NetworkAdmin",
    "PersonAdmin",
    "SignUpAdmin",
    "WordingAdmin",
]
