"""Erasing a person who asks for it: everything that says who they are, in every network."""

from datetime import datetime

from django.db import transaction

from members.actions.bouncing import forget_mailbox
from members.actions.leaving import LastOwner
from members.models import AddressKey, Delivery, KeptOff, Mailing, Membership, Network, Refusal, SignUp, User
from members.rules.roles import Duty
from members.signals import erased, erasing


@transaction.atomic
def erase(email: str, *, at: datetime) -> None:
    """Delete the account with this address, if there is one, and all that is known by the address alone.

    What stays is a digest of the address for each network they belonged to, so that no old list brings them back.
    Raises `LastOwner` where a network would be left without an owner. What others have to do about it they
    hear by signal: `erasing` before anything is gone, `erased` after.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        _refuse_last_owner(user)
    erasing.send(sender=User, email=email, user=user, at=at)
    if user is not None:
        _keep_off(user)
    Delivery.objects.filter(email__iexact=email).delete()
    SignUp.objects.filter(email__iexact=email).delete()
    Refusal.objects.filter(guest_email__iexact=email).delete()
    forget_mailbox(email)
    if user is not None:
        Delivery.objects.filter(user=user).delete()
        changes = user.address_changes.values("pk")
        Mailing.objects.filter(letter="address_confirm", about_id__in=changes).delete()
        user.delete()
    erased.send(sender=User, email=email, at=at)


def _keep_off(user: User) -> None:
    digest = AddressKey.objects.digest(user.email)
    networks = user.memberships.values_list("network", flat=True)
    KeptOff.objects.bulk_create(
        KeptOff(network_id=network, digest=digest, reason=KeptOff.Reason.ERASED) for network in networks
    )


def _refuse_last_owner(user: User) -> None:
    mine = Membership.objects.active().with_duty(Duty.OWN).filter(user=user).select_related("network")
    list(Network.objects.select_for_update().filter(pk__in=mine.values("network")))
    if any(membership.is_last_owner() for membership in mine):
        raise LastOwner
