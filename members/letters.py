"""Who writes which letter: a registry for every app, and the members' own letters.

A letter is a function of one delivery, called when it is sent. What it is about is looked up then, so that it says
what is true on that day; if that is gone, the look-up's `DoesNotExist` is the right answer.

A form letter says the same to all but for a few words, such as a name or a personal link. Its function is called once
for many recipients, and leaves blanks, which are filled in for each.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar, cast

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from cop.lib.encryption import decrypt
from cop.lib.mail import Letter, covered, render_letter, sender_domain
from cop.lib.markdown import as_markdown, render_markdown
from cop.lib.mime import Form, form, new_mark, one_line
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
    Wording,
)
from members.rules.placeholders import fill_places
from members.signals import gathering_dates

Writer = Callable[[Delivery], Letter]
Fill = Callable[[Delivery], str]
W = TypeVar("W")


class Blanks:
    """The places of a form letter that differ between recipients, and what goes there."""

    def __init__(self) -> None:
        self._marks: dict[Fill, str] = {}

    def leave(self, fill: Fill) -> str:
        """A word to put into a template (or a link) where each recipient's own is to stand; no filter may touch it."""
        return self._marks.setdefault(fill, new_mark())

    def marks(self) -> tuple[str, ...]:
        return tuple(self._marks.values())

    def values(self, delivery: Delivery) -> dict[str, str]:
        """What goes into each place of the letter to one recipient."""
        return {mark: fill(delivery) for fill, mark in self._marks.items()}

    def stop_link(self) -> str:
        """Where each recipient ends letters like this one, without signing in (B23)."""
        return absolute_url(reverse("members:stop", args=[self.leave(stop_token)]))


FormWriter = Callable[[Mailing, Blanks], Letter]
_writers: dict[str, Writer] = {}
_form_writers: dict[str, FormWriter] = {}
_private: set[str] = set()
_at_rest: set[str] = set()
_unlisted: set[str] = set()
_kinds: dict[str, Kind] = {}
_lines: dict[str, str] = {}

AGREE = "agree after being brought over"
CONFIRM_ADDRESS_WITHIN = timedelta(hours=48)
OBJECT_WITHIN = timedelta(days=7)
CODE_LIVES_FOR = timedelta(minutes=15)


def letter(
    name: str,
    *,
    kind: Kind | None = None,
    private: bool = False,
    unlisted: bool = False,
    at_rest: bool = False,
    line: str = "",
) -> Callable[[Writer], Writer]:
    """Say that the decorated function writes the letter called `name`.

    Letters of a `kind` go only to those who want it, and have a link that ends them: the writer gives `stop_link` to
    its templates as `stop`. What somebody's own doing calls for (a code, a place that changed) has no kind.

    What a `private` letter says to its recipient in particular is nobody else's: which row that was is forgotten once
    the letter is sent, or given up. That somebody got an `unlisted` one at all is nobody else's: no list of the panel
    has it.

    A network put to rest sends nothing but letters `at_rest`: what somebody asked for themselves, or has to be told of
    what is theirs (B100). Letters of no network always go.

    Letters of one `line` about the same row go one after the other, each as things stand by then: none arrives late
    with what an earlier one, sent at the same time by another worker, has overtaken (complaint 2).
    """

    def remember(writer: Writer) -> Writer:
        _remember(_writers, name, writer, kind, private=private, unlisted=unlisted)
        if at_rest:
            _at_rest.add(name)
        if line:
            _lines[name] = line
        return writer

    return remember


def form_letter(
    name: str, *, kind: Kind | None = None, private: bool = False, unlisted: bool = False
) -> Callable[[FormWriter], FormWriter]:
    """The same for a letter that is written once for all its recipients, with blanks."""

    def remember(writer: FormWriter) -> FormWriter:
        _remember(_form_writers, name, writer, kind, private=private, unlisted=unlisted)
        return writer

    return remember


def _remember(writers: dict[str, W], name: str, writer: W, kind: Kind | None, *, private: bool, unlisted: bool) -> None:
    if name in _writers or name in _form_writers:
        raise ValueError(f"Two letters are called {name}.")
    writers[name] = writer
    if kind is not None:
        _kinds[name] = kind
    if private:
        _private.add(name)
    if unlisted:
        _unlisted.add(name)


def known_letters() -> list[str]:
    """The names of all letters there are."""
    return sorted([*_writers, *_form_writers])


def private_letters() -> list[str]:
    """The names of the letters that only their recipients are to know of."""
    return sorted(_private)


def goes_at_rest(name: str) -> bool:
    """Whether a network that was put to rest still sends this letter."""
    return name in _at_rest


def unlisted_letters() -> list[str]:
    """The names of the letters of which nobody is to see who got them."""
    return sorted(_unlisted)


def kind_of(name: str) -> Kind | None:
    """Which kind of letter `name` is; none where it goes to whoever it is for, wanted or not."""
    return _kinds.get(name)


def line_of(name: str) -> str:
    """In which line such letters stand; "" where they may overtake one another."""
    return _lines.get(name, "")


def is_form_letter(name: str) -> bool:
    """Whether one writing serves all recipients."""
    return name in _form_writers


def write_form(mailing: Mailing) -> tuple[Form, Blanks]:
    """A form letter as of now, and what is to be filled in."""
    blanks = Blanks()
    written = _form_writers[mailing.letter](mailing, blanks)
    if list_id := _list_id(mailing):
        written = replace(written, list_id=list_id, stop_url=blanks.stop_link())
    worded = with_wording(written, mailing, name=blanks.leave(called))
    return form(worded, blanks.marks()), blanks


def write(delivery: Delivery) -> Letter:
    """The letter for one recipient, as of now."""
    mailing = delivery.mailing
    if is_form_letter(mailing.letter):
        made, blanks = write_form(mailing)
        return made.filled(blanks.values(delivery))
    written = _writers[mailing.letter](delivery)
    if list_id := _list_id(mailing):
        written = replace(written, list_id=list_id, stop_url=stop_link(delivery))
    return with_wording(written, mailing, name=called(delivery))


def with_wording(written: Letter, mailing: Mailing, *, name: str) -> Letter:
    """`written` with the subject and the covering text that the network's organisers gave it, if they did."""
    own = Wording.objects.filter(network=mailing.network_id, letter=mailing.letter).first()
    if own is None or mailing.network is None:
        return covered(written)
    values = {**written.words, "name": name, "network": mailing.network.name}
    return covered(
        written,
        subject=one_line(fill_places(own.subject, values)),
        text=fill_places(own.covering, values).strip(),
        html=render_markdown(fill_places(own.covering, {key: as_markdown(value) for key, value in values.items()})),
    )


def _list_id(mailing: Mailing) -> str:
    """What mail programs know letters of this kind from this network by; empty where they are of no kind."""
    kind = kind_of(mailing.letter)
    return f"{kind}.{mailing.network.slug}.{sender_domain()}" if kind and mailing.network else ""


def stop_link(delivery: Delivery) -> str:
    """Where its recipient ends letters like this one, without signing in (B23)."""
    return absolute_url(reverse("members:stop", args=[stop_token(delivery)]))


def stop_token(delivery: Delivery) -> str:
    return personal_token("stop letters", delivery.pk)


def about(delivery: Delivery) -> int:
    """The id of what a letter is about: the recipient's own, else the mailing's; 0, which no row has, if neither."""
    return delivery.about_id or delivery.mailing.about_id or 0


def called(delivery: Delivery) -> str:
    """What a letter calls its recipient, also where nobody has told us a name."""
    return delivery.name or gettext("there")


@letter("confirm")
def confirm(delivery: Delivery) -> Letter:
    """To whoever an address given on a join form belongs to: press the button, or you are in already (B16, B17).

    It quotes nothing that was typed: otherwise the form would carry anybody's words to anybody.
    """
    sign_up = SignUp.objects.select_related("network").get(pk=about(delivery))
    network = sign_up.network
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
