"""Work with members and their mail."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from cop.runsheet.work import Work
from members.models import Batch, Delivery, Mailbox, Membership, Network
from members.rules.roles import Duty

ENOUGH_OWNERS = 2
LATELY = timedelta(days=7)


def work(network: Network, at: datetime) -> Iterator[Work]:
    """What an organiser has to see to, the most pressing first."""
    yield from waiting_people(network)
    yield from undecided_lists(network)
    yield from letters_that_failed(network, at)
    yield from dead_mailboxes(network)


def waiting_people(network: Network) -> Iterator[Work]:
    waits = network.memberships.filter(state=Membership.State.PENDING, user__is_active=True).count()
    if waits:
        said = ngettext("%d person waits to be let in.", "%d people wait to be let in.", waits)
        page = f"{reverse('admin:members_membership_changelist')}?state__exact=pending"
        yield Work(what=said % waits, press=_("Let them in, or not"), url=page, is_late=True)


def undecided_lists(network: Network) -> Iterator[Work]:
    for batch in network.batches.filter(state__in=[Batch.State.COLUMNS, Batch.State.READ]):
        page = reverse("admin:members_batch_change", args=[batch.pk])
        yield Work(what=_("A list of people waits for your decision."), press=_("Look at it"), url=page)


def letters_that_failed(network: Network, at: datetime) -> Iterator[Work]:
    failed = Delivery.objects.filter(
        mailing__network=network, state=Delivery.State.FAILED, mailing__created_at__gte=at - LATELY
    ).count()
    if failed:
        said = ngettext(
            "%d letter of the last week could not be delivered.",
            "%d letters of the last week could not be delivered.",
            failed,
        )
        page = f"{reverse('admin:members_delivery_changelist')}?state__exact=failed"
        yield Work(what=said % failed, press=_("See why"), url=page)


def dead_mailboxes(network: Network) -> Iterator[Work]:
    theirs = Mailbox.objects.paused().filter(
        user__memberships__network=network, user__memberships__state=Membership.State.ACTIVE
    )
    if paused := theirs.distinct().count():
        said = ngettext("Letters to %d member come back.", "Letters to %d members come back.", paused)
        page = reverse("admin:members_mailbox_changelist")
        yield Work(what=said % paused, press=_("See what to do"), url=page)


def too_few_owners(network: Network) -> Iterator[Work]:
    """B80: a network does not hang on one person."""
    if network.memberships.active().with_duty(Duty.OWN).count() < ENOUGH_OWNERS:
        said = _("There is one owner only. Make somebody else one too, so that all does not hang on one person.")
        page = f"{reverse('admin:members_membership_changelist')}?state__exact=active"
        yield Work(what=said, press=_("Choose somebody"), url=page)
