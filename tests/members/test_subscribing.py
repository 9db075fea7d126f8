"""Who gets which letters: every way to change one's mind, in any order, checked against a model on paper."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from members.actions.erasing import erase
from members.actions.joining import Person, ask_to_join, confirm
from members.actions.leaving import leave
from members.actions.subscribing import Reader, Wish, choose, stop, want_again
from members.models import Agreement, Decision, Kind, Membership, Network, Refusal, User, Way
from members.subscriptions import AT_ONCE, unwilling
from tests.engines import examples

pytestmark = pytest.mark.django_db

NOW = datetime(2037, 1, 14, 14, tzinfo=UTC)
EVERYTHING = frozenset(Kind)
NIA = "nia@river.example"


def wanted(network: Network, address: str, at: datetime = NOW) -> set[Kind]:
    return {kind for kind in Kind if address not in unwilling(network, kind, [address], at=at)}


def decisions(membership: Membership) -> list[tuple[str, str]]:
    return list(membership.decisions.values_list("what", "about"))


def test_nothing_said_is_everything_wanted(network: Network, mira: User) -> None:
    assert wanted(network, mira.email) == EVERYTHING
    assert wanted(network, "guest@people.example") == EVERYTHING


def test_choice_is_kept_and_written_down_once(network: Network, mira: User) -> None:
    """B24, B26."""
    membership = mira.memberships.get()
    wish = Wish(kinds=frozenset({Kind.NOTES}), resume_on=date(2037, 2, 1), is_listed=True)
    for _ in range(2):
        choose(membership, wish)
    assert decisions(membership) == [
        ("stopped", "invitations"),
        ("stopped", "news"),
        ("stopped", "reminders"),
        ("paused", "2037-02-01"),
        ("listed", ""),
    ]
    choose(membership, Wish(kinds=EVERYTHING))
    assert decisions(membership)[5:] == [
        ("wanted", "invitations"),
        ("wanted", "news"),
        ("wanted", "reminders"),
        ("resumed", ""),
        ("unlisted", ""),
    ]


def test_pause_ends_on_its_day_where_the_network_is(network: Network, mira: User) -> None:
    Network.objects.update(time_zone="Pacific/Auckland")
    network.refresh_from_db()
    choose(mira.memberships.get(), Wish(kinds=EVERYTHING, resume_on=date(2037, 1, 15)))
    assert wanted(network, mira.email, datetime(2037, 1, 14, 10, 59, tzinfo=UTC)) == set()
    assert wanted(network, mira.email, datetime(2037, 1, 14, 11, 1, tzinfo=UTC)) == EVERYTHING


def test_capitals_in_an_address_make_no_difference(network: Network, mira: User) -> None:
    stop(Reader(network, mira), EVERYTHING, way=Way.LETTER)
    User.objects.filter(pk=mira.pk).update(email="Mira@River.example")
    assert wanted(network, "mira@river.example") == set()


def test_guest_who_becomes_a_member_is_not_written_to_again(network: Network) -> None:
    """Joining is no yes to what was refused (complaint 8)."""
    stop(Reader(network, None, NIA), [Kind.NEWS], way=Way.LETTER)
    membership = confirm(ask_to_join(network, email=NIA, person=Person(name="Nia", sector="public"))).membership
    assert wanted(network, NIA) == EVERYTHING - {Kind.NEWS}
    assert [(one.user, one.guest_email) for one in Refusal.objects.all()] == [(membership.user, "")]
    assert decisions(membership) == [("stopped", "news")]


def test_leaving_ends_all_letters_and_coming_back_brings_none_that_was_stopped(network: Network) -> None:
    sign_up = ask_to_join(network, email=NIA, person=Person(name="Nia", sector="public"))
    membership = confirm(sign_up).membership
    choose(membership, Wish(kinds=frozenset({Kind.NOTES}), resume_on=date(2037, 2, 1), is_listed=True))
    leave(membership)
    assert wanted(network, NIA) == set()
    confirm(sign_up)
    membership.refresh_from_db()
    assert wanted(network, NIA) == {Kind.NOTES}
    assert (membership.letters_resume_on, membership.is_listed) == (None, False)
    assert decisions(membership)[-1] == ("left", "")


def test_erasing_takes_refusals_and_decisions_along(network: Network, mira: User) -> None:
    choose(mira.memberships.get(), Wish(kinds=frozenset()))
    stop(Reader(network, None, "Guest@people.example".lower()), [Kind.NEWS], way=Way.LETTER)
    erase(mira.email, at=NOW)
    assert (Refusal.objects.count(), Decision.objects.count()) == (1, 0)
    erase("guest@people.example", at=NOW)
    assert Refusal.objects.count() == 0


def test_what_was_decided_does_not_change(network: Network) -> None:
    """B26: not even by hand, on either engine."""
    membership = confirm(ask_to_join(network, email=NIA, person=Person(name="Nia", sector="public"))).membership
    choose(membership, Wish(kinds=frozenset()))
    for rows, change in ((Agreement.objects, {"wording": "Other rules."}), (Decision.objects, {"way": Way.LETTER})):
        with pytest.raises(IntegrityError, match="What members decided does not change"), transaction.atomic():
            rows.update(**change)


def test_many_addresses_are_asked_about_in_parts(network: Network, mira: User) -> None:
    stop(Reader(network, mira), [Kind.NEWS], way=Way.LETTER)
    many = [f"a{number}@x.example" for number in range(AT_ONCE)]
    assert unwilling(network, Kind.NEWS, [*many, mira.email], at=NOW) == {mira.email}
    assert unwilling(network, Kind.NEWS, [], at=NOW) == set()


@dataclass
class OnPaper:
    """What should be so of one address in one network."""

    state: str = "guest"
    refused: set[Kind] = field(default_factory=set)
    resume_on: date | None = None

    def wants(self, on: date) -> set[Kind]:
        if self.state == "left" or (self.resume_on is not None and self.resume_on > on):
            return set()
        return set(Kind) - self.refused


@dataclass
class Life:
    """One person and one network; each press is done, and done on paper."""

    network: Network
    paper: OnPaper = field(default_factory=OnPaper)
    today: date = date(2037, 1, 14)

    @property
    def membership(self) -> Membership | None:
        return Membership.objects.filter(network=self.network, user__email=NIA).select_related("user").first()

    @property
    def reader(self) -> Reader:
        row = self.membership
        return Reader(self.network, row.user) if row else Reader(self.network, None, NIA)

    def join(self, kinds: frozenset[Kind]) -> None:
        confirm(ask_to_join(self.network, email=NIA, person=Person(name="Nia", sector="public")))
        self.paper.state = "member"

    def leave(self, kinds: frozenset[Kind]) -> None:
        if (row := self.membership) and row.state != Membership.State.LEFT:
            leave(row)
            self.paper.state, self.paper.resume_on = "left", None

    def choose(self, kinds: frozenset[Kind]) -> None:
        if (row := self.membership) and row.state != Membership.State.LEFT:
            choose(row, Wish(kinds=kinds, resume_on=self.paper.resume_on))
            self.paper.refused = set(Kind) - kinds

    def pause(self, kinds: frozenset[Kind]) -> None:
        if (row := self.membership) and row.state != Membership.State.LEFT:
            self.paper.resume_on = self.today + timedelta(days=len(kinds))
            choose(row, Wish(kinds=frozenset(set(Kind) - self.paper.refused), resume_on=self.paper.resume_on))

    def stop(self, kinds: frozenset[Kind]) -> None:
        stop(self.reader, kinds, way=Way.LETTER)
        self.paper.refused |= kinds

    def take_back(self, kinds: frozenset[Kind]) -> None:
        want_again(self.reader, kinds, way=Way.LETTER)
        self.paper.refused -= kinds

    def wait(self, kinds: frozenset[Kind]) -> None:
        self.today += timedelta(days=1)


PRESSES: list[Callable[[Life, frozenset[Kind]], None]] = [
    Life.join, Life.leave, Life.choose, Life.pause, Life.stop, Life.take_back, Life.wait,
]  # fmt: skip


def told_by(rows: list[tuple[str, str]]) -> tuple[set[str], str]:
    """What the decisions, from the first to the last, come to: what is refused, and until when there is a pause."""
    refused, until = set[str](), ""
    for what, about in rows:
        if what == "stopped":
            refused.add(about)
        elif what == "wanted":
            refused.remove(about)
        elif what in {"paused", "resumed", "left"}:
            until = about
    return refused, until


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=st.lists(st.tuples(st.sampled_from(PRESSES), st.frozensets(st.sampled_from(Kind))), max_size=14))
def test_any_life_ends_as_on_paper_and_its_decisions_tell_the_same(
    network: Network, presses: list[tuple[Callable[[Life, frozenset[Kind]], None], frozenset[Kind]]]
) -> None:
    """B24, B26: the letters one gets are what one last said, by whatever way; the log alone says so too."""
    with transaction.atomic():
        life = Life(network)
        for press, kinds in presses:
            press(life, kinds)
            at = datetime.combine(life.today, NOW.timetz())
            assert wanted(network, NIA, at) == life.paper.wants(life.today)
        if row := life.membership:
            pause = life.paper.resume_on.isoformat() if life.paper.resume_on else ""
            assert told_by(decisions(row)) == ({kind.value for kind in life.paper.refused}, pause)
        transaction.set_rollback(True)


def test_time_of_a_decision_is_kept(network: Network, mira: User) -> None:
    with time_machine.travel(NOW, tick=False):
        choose(mira.memberships.get(), Wish(kinds=EVERYTHING, is_listed=True))
    assert Decision.objects.get().made_at == NOW
