"""To whom organisers can write: people chosen by what they are, never by a filter that may be empty.

Each app says which audiences it knows (in its own `audiences.py`). An audience of meetings is offered once for each of
them. What somebody chose is kept as a word such as `members/news` or `events/registered 12`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import Membership, Network, User


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a letter goes to, with an account or without; `about_id` is what it says to them in particular."""

    email: str
    name: str = ""
    user: User | None = None
    about_id: int | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an audience may be about: a meeting, by its id and as organisers know it."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """People who are the same thing to a network, or to one occasion of it.

    `letter` is the letter that is written to them, which says whether they can refuse it, and `reason` why they get it.
    """

    key: str
    name: str | Promise
    reason: str | Promise
    letter: str
    people: Callable[[Network, int], Iterable[Recipient]]
    # What the letter says besides what organisers write, in a sentence for them.
    adds: str | Promise = ""
    occasions: Callable[[Network], Iterable[Occasion]] | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """One audience of one network, and of one occasion where it has such."""

    audience: Audience
    network: Network
    occasion: Occasion | None = None

    @property
    def word(self) -> str:
        return f"{self.audience.key} {self.occasion.id}" if self.occasion else self.audience.key

    @property
    def name(self) -> str:
        return f"{self.audience.name}: {self.occasion.name}" if self.occasion else str(self.audience.name)

    def people(self) -> Iterable[Recipient]:
        return self.audience.people(self.network, self.occasion.id if self.occasion else 0)


_audiences: dict[str, Audience] = {}


def offer(audience: Audience) -> None:
    """Let organisers choose this audience."""
    if audience.key in _audiences:
        raise ValueError(f"Two audiences are called {audience.key}.")
    _audiences[audience.key] = audience


def offered_in(network: Network) -> Iterator[Chosen]:
    """Every audience that organisers of a network can choose: first those of the network, then occasion by occasion."""
    occasions: dict[Occasion, list[Audience]] = {}
    for audience in _audiences.values():
        if audience.occasions is None:
            yield Chosen(audience, network)
            continue
        for occasion in audience.occasions(network):
            occasions.setdefault(occasion, []).append(audience)
    for occasion, audiences in occasions.items():
        yield from (Chosen(audience, network, occasion) for audience in audiences)


def chosen_in(network: Network, word: str) -> Chosen | None:
    """What somebody chose; none where there is no such audience, or the network has no such occasion."""
    key, _space, number = word.partition(" ")
    audience = _audiences.get(key)
    if audience is None:
        return None
    if audience.occasions is None:
        return None if number else Chosen(audience, network)
    found = (one for one in audience.occasions(network) if str(one.id) == number)
    return next((Chosen(audience, network, one) for one in found), None)


def occasion_in(word: str) -> int:
    """The id of what somebody's choice is about: 12 in `events/registered 12`; 0 where it is about nothing more."""
    number = word.partition(" ")[2]
    return int(number) if number.isdecimal() else 0


def reason_in(network: Network, word: str) -> str:
    """Why the people of an audience get a letter; empty where there is no such audience any more."""
    found = chosen_in(network, word)
    return str(found.audience.reason) if found else ""


def members(network: Network, _number: int) -> Iterator[Recipient]:
    """Everybody who is on the list: the active members, and whoever was brought over from an older one and told so."""
    rows = Membership.objects.on_list().filter(network=network).select_related("user").order_by("user__name", "pk")
    return (Recipient(row.user.email, row.user.name, row.user) for row in rows.iterator(chunk_size=500))


_MEMBER = _("You get this letter because you are a member of the network.")
offer(Audience(key="members/news", name=_("Members, as news"), reason=_MEMBER, letter="circular/news", people=members))
offer(
    Audience(
        key="members/invitations",
        name=_("Members, as an invitation"),
        reason=_MEMBER,
        letter="circular/invitation",
        people=members,
    )
)
