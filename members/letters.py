"""The members' own letters, and what organisers write to many. Who writes which: `members/writing.py`."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from cop.lib.encryption import decrypt
from cop.lib.mail import Letter, render_letter
from cop.lib.markdown import as_markdown, render_markdown
from cop.lib.signing import absolute_url, personal_token
from members.audiences import reason_in
from members.formats.upcoming import Upcoming
from members.models import (
    AddressChange,
    Circular,
    Delivery,
    Kind,
    Mailing,
    Membership,
    Network,
    Passkey,
    SignUp,
    User,
)
from members.rules.placeholders import fill_places
from members.signals import gathering_dates
from members.writing import Blanks, about, called, form_letter, letter

AGREE = "agree after being brought over"
CONFIRM_ADDRESS_WITHIN = timedelta(hours=48)
OBJECT_WITHIN = timedelta(days=7)
CODE_LIVES_FOR = timedelta(minutes=15)


@letter("confirm")
def confirm(delivery: Delivery) -> Letter:
    """To whoever an address given on a join form belongs to: press the button, or you are in already (B16, B17).

    It quotes nothing that was typed: otherwise the form would carry anybody's words to anybody.
    """
    sign_up = SignUp.objects.select_related("network").get(pk=about(delivery))
    network = sign_up.network
    with translation.override(sign_up.language or translation.get_language()):
        return _confirm(sign_up, network)


def _confirm(sign_up: SignUp, network: Network) -> Letter:
    if network.memberships.active().filter(user__email__iexact=sign_up.email).exists():
        return render_letter("already_in", {"network": network, "url": absolute_url(network.get_absolute_url())})
    token = personal_token(confirm_purpose(sign_up), sign_up.pk)
    url = absolute_url(reverse("members:confirm", args=[token]))
    return render_letter("confirm", {"network": network, "url": url})


def confirm_purpose(sign_up: SignUp) -> str:
    """What the link in the letter is good for: this sign-up, and no later one in its place."""
    return f"confirm {sign_up.nonce}"


@letter("welcome")
def welcome(delivery: Delivery) -> Letter:
    """To a new member: the ground rules, what comes next, with entries for a calendar, and where things are (B21)."""
    return _about_membership("welcome", delivery, also=_dates)


def _dates(network: Network) -> dict[str, object]:
    answers = gathering_dates.send(sender=Network, network=network, at=timezone.now())
    told = cast("list[tuple[object, list[Upcoming]]]", answers)
    dates = [one for _receiver, found in told for one in found]
    return {"dates": dates, "calendar": absolute_url(reverse("events:calendar", args=[network.slug]))}


@letter("brought_over")
def brought_over(delivery: Delivery) -> Letter:
    """To somebody who was on the network's list before: what we have of you, where from, and your two ways on."""
    membership = Membership.objects.select_related("network", "user").get(pk=about(delivery), state="brought")
    token = personal_token(AGREE, membership.pk)
    words = {
        "network": membership.network,
        "person": membership.user,
        "url": absolute_url(reverse("members:agree", args=[token])),
        "home": absolute_url(membership.network.get_absolute_url()),
    }
    return render_letter("brought_over", words)


@letter("declined")
def declined(delivery: Delivery) -> Letter:
    """To somebody an organiser has turned down (B20)."""
    return _about_membership("declined", delivery)


@letter("approval_wanted")
def approval_wanted(delivery: Delivery) -> Letter:
    """To organisers: somebody waits for approval. Who, they see in the panel."""
    return _about_membership("approval_wanted", delivery)


@letter("login_code")
def login_code(delivery: Delivery) -> Letter:
    """The six digits to sign in with; none once they have expired."""
    code = cache.get(code_key(delivery.mailing_id))
    if code is None:
        raise Delivery.DoesNotExist
    return render_letter("login_code", {"code": decrypt(code), "minutes": CODE_LIVES_FOR.seconds // 60})


@letter("no_account")
def no_account(delivery: Delivery) -> Letter:
    """To an address that somebody tried to sign in with, and that no account has: perhaps their own other one has."""
    return render_letter("no_account", {"home": absolute_url(reverse("home"))})


@letter("address_confirm")
def address_confirm(delivery: Delivery) -> Letter:
    """To an address that somebody wants to have: press the button, or it is an account's already (B22)."""
    change = AddressChange.objects.get(pk=about(delivery), confirmed_at=None)
    if User.objects.filter(email__iexact=change.new_email).exists():
        return render_letter("address_taken", {"url": absolute_url(reverse("account_login"))})
    return _about_address("address_confirm", change, "members:confirm_address", new_address_purpose(change))


@letter("address_asked")
def address_asked(delivery: Delivery) -> Letter:
    """To the old address: somebody signed in with it asks for another. Which, is nothing for an office's mailbox."""
    return _to_old_address("address_asked", delivery)


@letter("address_changed")
def address_changed(delivery: Delivery) -> Letter:
    """To the new address: it is theirs now."""
    change = AddressChange.objects.get(pk=about(delivery), confirmed_at__isnull=False)
    return render_letter("address_changed", {"change": change, "url": absolute_url(reverse("members:me"))})


@letter("address_gone")
def address_gone(delivery: Delivery) -> Letter:
    """To the old address: it is theirs no more, and how to object."""
    return _to_old_address("address_gone", delivery)


@letter("passkey_added")
def passkey_added(delivery: Delivery) -> Letter:
    """To whoever has a new passkey: in case it was not them."""
    passkey = Passkey.objects.get(pk=about(delivery))
    return render_letter("passkey_added", {"passkey": passkey, "url": absolute_url(reverse("members:entrance"))})


def new_address_purpose(change: AddressChange) -> str:
    """What the link in the new mailbox is good for."""
    return f"new address {change.nonce}"


def old_address_purpose(change: AddressChange) -> str:
    """What the link in the old mailbox is good for."""
    return f"old address {change.nonce}"


def _to_old_address(name: str, delivery: Delivery) -> Letter:
    change = AddressChange.objects.get(pk=about(delivery))
    return _about_address(name, change, "members:keep_address", old_address_purpose(change))


def _about_address(name: str, change: AddressChange, page: str, purpose: str) -> Letter:
    url = absolute_url(reverse(page, args=[personal_token(purpose, change.pk)]))
    return render_letter(name, {"url": url, "days": OBJECT_WITHIN.days})


def code_key(mailing_id: int) -> str:
    """Where the cache keeps the code of a mailing."""
    return f"login-code-{mailing_id}"


def _about_membership(
    name: str, delivery: Delivery, *, also: Callable[[Network], dict[str, object]] = lambda _network: {}
) -> Letter:
    membership = Membership.objects.select_related("network", "user").get(pk=about(delivery))
    network = membership.network
    words = {
        "network": network,
        "membership": membership,
        "url": absolute_url(network.get_absolute_url()),
        "me": absolute_url(reverse("members:me")),
        "panel": absolute_url(reverse("admin:members_membership_changelist")),
        **also(network),
    }
    return render_letter(name, words)


@form_letter("circular/news", kind=Kind.NEWS)
def news(mailing: Mailing, blanks: Blanks) -> Letter:
    """Organisers' own words to members, as news."""
    return _in_own_words(mailing, blanks, stop=blanks.stop_link())


@form_letter("circular/invitation", kind=Kind.INVITATIONS)
def invitation(mailing: Mailing, blanks: Blanks) -> Letter:
    """The same, as an invitation."""
    return _in_own_words(mailing, blanks, stop=blanks.stop_link())


@form_letter("circular/meeting")
def to_people_of_a_meeting(mailing: Mailing, blanks: Blanks) -> Letter:
    """The same to people of one meeting, about what they have registered for or speak at."""
    return _in_own_words(mailing, blanks)


@form_letter("circular/try")
def tried_out(mailing: Mailing, blanks: Blanks) -> Letter:
    """The same to whoever writes it, to see how it looks."""
    return _in_own_words(mailing, blanks)


PLACES = ("name", "network")


def _in_own_words(mailing: Mailing, blanks: Blanks, *, stop: str = "") -> Letter:
    circular = Circular.objects.select_related("network").get(pk=mailing.about_id or 0)
    reason = reason_in(circular.network, circular.audience)
    words = own_words(circular, name=blanks.leave(called))
    return render_letter("circular", {**words, "network": circular.network, "reason": reason, "stop": stop})


def own_words(circular: Circular, *, name: str) -> dict[str, str]:
    """What organisers wrote, to somebody of this `name`: as a subject, as plain text, and as HTML."""
    plain = {"name": name, "network": circular.network.name}
    marked_up = {word: as_markdown(value) for word, value in plain.items()}
    return {
        "subject_line": fill_places(circular.subject, plain),
        "text": fill_places(circular.text, plain),
        "html": render_markdown(fill_places(circular.text, marked_up)),
    }
