"""Every letter there is, as somebody made up would get it: written by what writes the real ones (B75).

The rows that a letter is about are made, read and rolled back: nothing of them is ever seen by anybody else, and what
organisers look at is what members get. Each app says in a `samples.py` of its own what its letters are about.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from cop.lib.encryption import encrypt
from cop.lib.mail import Letter
from members.letters import code_key
from members.models import AddressChange, Circular, Delivery, Mailing, Membership, Network, Passkey, SignUp, User
from members.writing import known_letters, write


@dataclass(frozen=True, slots=True)
class Made:
    """What is made up of every letter: a mailing of this network, or of the site, and whom it goes to."""

    network: Network
    mailing: Mailing
    reader: User


# What stands for a person in a personal link; in calendar entries also where a long line is folded.
_KEY = re.compile(r"(/p/)[^/\"<>]+")
# Makes what a letter is about, and answers its id.
Maker = Callable[[Made], int | None]
_makers: dict[str, Maker] = {}
_titles: dict[str, Promise] = {}
_of_site: set[str] = set()
_fixed: set[str] = set()


def sample(
    titles: Mapping[str, Promise], *, of_site: bool = False, takes_words: bool = True
) -> Callable[[Maker], Maker]:
    """Say that the decorated function makes what these letters are about, and what organisers call each.

    Letters `of_site` are no network's and say the same to all; others may have nothing before what they say either.
    """

    def remember(maker: Maker) -> Maker:
        _makers.update(dict.fromkeys(titles, maker))
        _titles.update(titles)
        if of_site:
            _of_site.update(titles)
        if of_site or not takes_words:
            _fixed.update(titles)
        return maker

    return remember


def sampled_letters() -> dict[str, str]:
    """The letters of which there is a sample, and what organisers call each; in the order of their samples."""
    return {name: str(title) for name, title in _titles.items()}


def is_fixed(name: str) -> bool:
    """Whether a letter takes no words of a network's own: it is the site's, or it is such words altogether."""
    return name in _fixed


def sample_letter(name: str, network: Network) -> Letter:
    """The letter called `name` as a member of `network` would get it now. Nothing is kept."""
    if name not in known_letters():
        raise LookupError(f"There is no letter called {name}.")
    with transaction.atomic():
        try:
            return without_keys(_written(name, network))
        finally:
            transaction.set_rollback(True)


def without_keys(letter: Letter) -> Letter:
    """`letter` with nothing in its personal links: a row rolled back may leave its number to somebody real, and whoever
    looked at samples must not hold the key to their page."""
    return replace(
        letter,
        text=_without_key(letter.text),
        html=_without_key(letter.html),
        stop_url=_without_key(letter.stop_url),
        calendar=_without_key(letter.calendar),
    )


def _without_key(words: str) -> str:
    return _KEY.sub(r"\1sample", words)


def _written(name: str, network: Network) -> Letter:
    reader = User.objects.create_user(f"robin.{get_random_string(8).lower()}@example.org", name="Robin Sample")
    mailing = Mailing.objects.create(letter=name, network=None if name in _of_site else network)
    about = _makers[name](Made(network, mailing, reader))
    mailing.refresh_from_db()
    delivery = Delivery.objects.create(
        mailing=mailing, user=reader, email=reader.email, name=reader.name, about_id=about
    )
    return write(delivery)


@sample(
    {
        "welcome": _("To a new member"),
        "declined": _("To somebody who was turned down"),
        "approval_wanted": _("To organisers: somebody waits for approval"),
    }
)
def _membership(made: Made) -> int:
    return Membership.objects.create(network=made.network, user=made.reader).pk


@sample({"brought_over": _("To somebody from an old list: what we have, and your two ways on")})
def _brought_over(made: Made) -> int:
    return Membership.objects.create(network=made.network, user=made.reader, state=Membership.State.BROUGHT).pk


@sample({"passkey_added": _("To whoever has a new passkey")}, of_site=True)
def _passkey(made: Made) -> int:
    return Passkey.objects.create(user=made.reader, name="Sample", added_on=timezone.localdate()).pk


@sample({"confirm": _("To confirm an address on joining")})
def _sign_up(made: Made) -> int:
    return SignUp.objects.create(network=made.network, email=f"new.{made.reader.email}", name=made.reader.name).pk


@sample({"login_code": _("The code to sign in with")}, of_site=True)
def _code(made: Made) -> None:
    cache.set(code_key(made.mailing.pk), encrypt("123456"), timeout=timedelta(seconds=5).seconds)


@sample({"no_account": _("To an address that nobody has signed up")}, of_site=True)
def _nothing(made: Made) -> None:
    """It is about nothing."""


@sample(
    {
        "address_confirm": _("To confirm another address"),
        "address_asked": _("To the old address: another is asked for"),
        "address_gone": _("To the old address: it is changed"),
    },
    of_site=True,
)
def _address(made: Made) -> int:
    return _change(made.reader).pk


@sample({"address_changed": _("To the new address: it is changed")}, of_site=True)
def _address_changed(made: Made) -> int:
    change = _change(made.reader)
    change.confirmed_at = timezone.now()
    change.save()
    return change.pk


def _change(reader: User) -> AddressChange:
    return AddressChange.objects.create(user=reader, old_email=reader.email, new_email=f"new.{reader.email}")


@sample(
    {
        "circular/news": _("What you write to members, as news"),
        "circular/invitation": _("What you write to members, as an invitation"),
        "circular/meeting": _("What you write to people of a meeting"),
        "circular/try": _("What you write, to yourself first"),
    },
    takes_words=False,
)
def _circular(made: Made) -> None:
    circular = Circular.objects.create(
        network=made.network,
        subject=gettext("Your own subject"),
        text=gettext("Dear {name},\n\nyour own words."),
        audience="members/news",
    )
    Mailing.objects.filter(pk=made.mailing.pk).update(about_id=circular.pk)
