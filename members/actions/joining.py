"""Becoming a member: asked for on a form, confirmed from the mailbox, approved where the network wants that."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from cop.lib.languages import chosen_language
from members.actions.mailing import Recipient, send_letter, write_to_organisers
from members.actions.resting import refuse_while_resting
from members.actions.signing_in import mailbox_is_theirs
from members.actions.subscribing import adopt_refusals
from members.models import AddressKey, Agreement, KeptOff, Membership, Network, SignUp, User
from members.signals import joined

CONFIRM_WITHIN = timedelta(hours=48)
FORM = "join form, confirmed by mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What somebody says of themselves."""

    name: str
    sector: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a press on the button came to; `changed` only the first time."""

    membership: Membership
    changed: bool


@transaction.atomic
def ask_to_join(network: Network, *, email: str, person: Person) -> SignUp:
    """Keep what was typed and write to the mailbox. Known or not, the same is done; the letter knows the difference.

    Raises `NetworkIsResting`, as everything does by which somebody becomes a member.
    """
    refuse_while_resting(network.pk)
    said = {"name": person.name, "organisation": person.organisation, "sector": person.sector}
    said["language"] = chosen_language()
    sign_up, _ = SignUp.objects.update_or_create(
        network=network, email=email.lower(), defaults={**said, "created_at": timezone.now()}
    )
    # No name: an organiser may have the letter say it, and anybody can have typed it.
    send_letter("confirm", [Recipient(sign_up.email)], network=network, about_id=sign_up.pk)
    return sign_up


@transaction.atomic
def confirm(sign_up: SignUp) -> Confirmed:
    """Make the person behind a confirmed address a member. Pressed again, nothing more happens.

    Whoever is a member in any state but *left* stays what they are; who comes back after leaving begins as a member.
    Somebody who was brought over from a list agrees by this as well as by the letter that says so.
    """
    sign_up = SignUp.objects.select_for_update(of=("self",)).select_related("network").get(pk=sign_up.pk)
    refuse_while_resting(sign_up.network_id)
    network, user = sign_up.network, _person_behind(sign_up)
    state = Membership.State.PENDING if network.needs_approval else Membership.State.ACTIVE
    membership, is_new = Membership.objects.get_or_create(network=network, user=user, defaults={"state": state})
    if membership.state == Membership.State.BROUGHT:
        return agree(membership, way=FORM)
    if not is_new and membership.state != Membership.State.LEFT:
        return Confirmed(membership, changed=False)
    KeptOff.objects.filter(network=network, digest=AddressKey.objects.digest(user.email)).delete()
    membership.state, membership.role = state, Membership.Role.MEMBER
    membership.save(update_fields=["state", "role"])
    adopt_refusals(membership)
    Agreement.objects.create(membership=membership, wording=network.ground_rules, way=FORM)
    if state == Membership.State.ACTIVE:
        _welcome(membership)
    else:
        write_to_organisers("approval_wanted", network, about_id=membership.pk)
    return Confirmed(membership, changed=True)


@transaction.atomic
def agree(membership: Membership, *, way: str) -> Confirmed:
    """Make somebody who was brought over from a list a member, by their own yes to the ground rules.

    An organiser put them on the list, so nobody has to approve of them. Pressed again, nothing more happens.
    """
    refuse_while_resting(membership.network_id)
    brought = Membership.objects.filter(pk=membership.pk, state=Membership.State.BROUGHT)
    if not brought.update(state=Membership.State.ACTIVE):
        return Confirmed(membership, changed=False)
    membership.refresh_from_db()
    adopt_refusals(membership)
    Agreement.objects.create(membership=membership, wording=membership.network.ground_rules, way=way)
    _welcome(membership)
    return Confirmed(membership, changed=True)


@transaction.atomic
def approve(membership: Membership, *, by: User) -> bool:
    """Let somebody in who waits for approval, and tell them; whether they were still waiting."""
    refuse_while_resting(membership.network_id)
    waiting = Membership.objects.filter(pk=membership.pk, state=Membership.State.PENDING)
    if not waiting.update(state=Membership.State.ACTIVE):
        return False
    membership.refresh_from_db()
    _welcome(membership, by=by)
    return True


@transaction.atomic
def decline(membership: Membership, *, by: User) -> bool:
    """Turn somebody down who waits for approval, and tell them; whether they were still waiting."""
    waiting = Membership.objects.filter(pk=membership.pk, state=Membership.State.PENDING)
    if not waiting.update(state=Membership.State.LEFT):
        return False
    _write_to("declined", membership, by=by)
    return True


def forget_sign_ups(now: datetime) -> int:
    """Delete what was typed into join forms and is too old to be confirmed; how many there were."""
    return SignUp.objects.filter(created_at__lt=now - CONFIRM_WITHIN).delete()[0]


def _person_behind(sign_up: SignUp) -> User:
    """The account of this address, made if there is none; blanks in it are filled, nothing in it is overwritten."""
    user = _account_of(sign_up.email)
    said = ("name", "organisation", "sector", "language")
    for field in said:
        setattr(user, field, getattr(user, field) or getattr(sign_up, field))
    user.save(update_fields=said)
    mailbox_is_theirs(user)
    return user


def _account_of(email: str) -> User:
    """The one account of an address, also where another network's button is pressed at the same instant."""
    known = User.objects.filter(email__iexact=email)
    try:
        with transaction.atomic():
            return known.first() or User.objects.create_user(email)
    except IntegrityError:
        return known.get()


def _welcome(membership: Membership, *, by: User | None = None) -> None:
    _write_to("welcome", membership, by=by)
    joined.send(sender=Membership, membership=membership)


def _write_to(letter: str, membership: Membership, *, by: User | None) -> None:
    user = membership.user
    recipient = Recipient(user.email, user.name, user)
    send_letter(letter, [recipient], network=membership.network, about_id=membership.pk, created_by=by)
