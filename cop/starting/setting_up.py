"""What setting up does, step by step. Each step is kept at once, so it can be left and taken up again."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import get_random_string, salted_hmac

from cop.starting.models import SetUp
from members.actions.signing_in import mailbox_is_theirs
from members.models import Agreement, Membership, Network, User

WAY = "when the network was set up"


class SomebodyElseWasFaster(Exception):
    """What the page showed is no longer how things stand."""


def is_open() -> bool:
    """Whether there is anything to set up: not where there is a network or an owner that did not begin here, and no
    more once it is finished or the owner has signed in."""
    owners = User.objects.filter(is_superuser=True)
    begun = SetUp.objects.first()
    if begun is None:
        return not owners.exists() and not Network.objects.exists()
    return begun.finished_at is None and not owners.filter(last_login__isnull=False).exists()


def owner() -> User | None:
    return User.objects.filter(is_superuser=True).order_by("pk").first()


def first_network() -> Network | None:
    return Network.objects.order_by("pk").first()


def standing() -> SetUp:
    """How far it has come; a row that is not kept yet where nobody has begun."""
    return SetUp.objects.first() or SetUp(pk=SetUp.THE_ONE)


def _take_hold(version: int) -> SetUp:
    """The row, held until the transaction ends. Raises `SomebodyElseWasFaster` unless it stands as the page showed."""
    SetUp.objects.get_or_create(pk=SetUp.THE_ONE)
    row = SetUp.objects.select_for_update().get()
    if row.version != version or row.finished_at is not None:
        raise SomebodyElseWasFaster
    row.version += 1
    return row


@transaction.atomic
def name_owner(*, name: str, email: str, version: int) -> User:
    """Make the account that owns the site, or say anew who does. Another address is one that nothing has reached."""
    row = _take_hold(version)
    person = owner() or User.objects.create_superuser(email)
    if person.email != email.lower():
        person.emailaddress_set.all().delete()
        row.mail_arrived_at, row.code_digest = None, ""
    person.name, person.email = name, email.lower()
    person.save(update_fields=["name", "email"])
    row.save()
    return person


@transaction.atomic
def make_network(network: Network, *, by: User, version: int) -> Network:
    """Keep the first network, with the site’s owner as its owner, who keeps to its ground rules like everybody."""
    row = _take_hold(version)
    network.save()
    membership, _ = Membership.objects.update_or_create(
        network=network, user=by, defaults={"role": Membership.Role.OWNER, "state": Membership.State.ACTIVE}
    )
    if not membership.agreements.filter(wording=network.ground_rules).exists():
        Agreement.objects.create(membership=membership, wording=network.ground_rules, way=WAY)
    row.save()
    return network


def new_code() -> str:
    """The digits that the next letter carries; those of letters before no longer count."""
    code = get_random_string(6, "0123456789")
    SetUp.objects.update(code_digest=_digest(code))
    return code


def take_code(typed: str, *, at: datetime) -> bool:
    """Whether these are the digits of the newest letter; then it is known that letters arrive, and whose mailbox."""
    person, code = owner(), "".join(typed.split())
    right = SetUp.objects.filter(code_digest=_digest(code)).update(mail_arrived_at=at, code_digest="")
    if right and person is not None:
        mailbox_is_theirs(person)
    return bool(right)


def finish(*, at: datetime) -> bool:
    """End setting up for good; whether it was still open, and had what it needs."""
    if owner() is None or first_network() is None:
        return False
    return bool(SetUp.objects.filter(finished_at=None).update(finished_at=at))


def _digest(code: str) -> str:
    return salted_hmac("code of the letter at setting up", code, algorithm="sha256").hexdigest()
