"""Having another address: asked for, told to both mailboxes, confirmed from the new one, undone from the old (B22)."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.actions.bouncing import forget_mailbox
from members.actions.mailing import Recipient, send_letter
from members.actions.signing_in import mailbox_is_theirs
from members.actions.staying import sign_out_everywhere
from members.letters import CONFIRM_ADDRESS_WITHIN, OBJECT_WITHIN
from members.models import AddressChange, User


class AddressIsTaken(Exception):
    """Another account has this address by now."""


@transaction.atomic
def ask_for_address(user: User, new_email: str) -> AddressChange:
    """Write to both mailboxes. Whether the new address is somebody's already only its letter says."""
    change = AddressChange.objects.create(user=user, old_email=user.email, new_email=new_email.strip().lower())
    send_letter("address_confirm", [Recipient(change.new_email)], network=None, about_id=change.pk)
    _tell_old("address_asked", change)
    return change


@transaction.atomic
def confirm_address(change: AddressChange) -> User:
    """Make the new address theirs, and tell both. Pressed again, nothing more happens.

    Raises `AddressIsTaken` where it has become another account's.
    """
    held = AddressChange.objects.select_for_update(of=("self",)).select_related("user").get(pk=change.pk)
    user = held.user
    if held.confirmed_at is not None:
        return user
    if User.objects.filter(email__iexact=held.new_email).exclude(pk=user.pk).exists():
        raise AddressIsTaken
    _move(user, held.new_email)
    held.confirmed_at = timezone.now()
    held.save(update_fields=["confirmed_at"])
    user.address_changes.filter(confirmed_at=None).delete()
    send_letter("address_changed", [Recipient(user.email, user.name, user)], network=None, about_id=held.pk)
    _tell_old("address_gone", held)
    return user


@transaction.atomic
def keep_address(change: AddressChange) -> User:
    """The old mailbox objects: its address stays or comes back, and every browser is signed out.

    Raises `AddressIsTaken` where it has become another account's.
    """
    user = User.objects.select_for_update().get(pk=change.user_id)
    if User.objects.filter(email__iexact=change.old_email).exclude(pk=user.pk).exists():
        raise AddressIsTaken
    if user.email != change.old_email:
        _move(user, change.old_email)
    user.address_changes.all().delete()
    sign_out_everywhere(user)
    return user


def forget_address_changes(now: datetime) -> int:
    """Delete what nobody can confirm or object to any more; how many."""
    too_old = AddressChange.objects.filter(asked_at__lt=now - CONFIRM_ADDRESS_WITHIN - OBJECT_WITHIN)
    return too_old.delete()[0]


def _move(user: User, email: str) -> None:
    forget_mailbox(user.email)
    user.email = email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError:
        raise AddressIsTaken from None
    EmailAddress.objects.filter(user=user).delete()
    mailbox_is_theirs(user)


def _tell_old(letter: str, change: AddressChange) -> None:
    old = Recipient(change.old_email, change.user.name, change.user)
    send_letter(letter, [old], network=None, about_id=change.pk)
