"""How often one may ask: the limits hold however many ask at once (T35: and no address is kept for counting)."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import TypeVar

import pytest
import time_machine
from django.db import connection
from django.test import Client

from events.models import Meeting
from members.actions.limiting import forget_tallies, is_within
from members.actions.ticking import tick
from members.models import Delivery, Network, Tally, User
from tests.post import letters_sent

Answer = TypeVar("Answer")
HOUR = timedelta(hours=1)
NOON = datetime(2037, 1, 14, 12, tzinfo=UTC)
CODE_PAGE = "/accounts/login/code/confirm/"


def ask(key: str = "mira@river.example") -> bool:
    return is_within("join to", key, most=3, every=HOUR)


@pytest.mark.django_db
def test_limit_counts_one_act_by_one_key_in_one_span_of_time() -> None:
    with time_machine.travel(datetime(2037, 1, 14, 12, 59, tzinfo=UTC), tick=False) as clock:
        assert [ask() for _ in range(5)] == [True, True, True, False, False]
        assert ask("otto@museum.example")
        assert is_within("join from", "mira@river.example", most=3, every=HOUR)
        clock.shift(timedelta(minutes=2))
        assert ask()


@pytest.mark.django_db
def test_limit_lasts_for_its_whole_span() -> None:
    """Counts once lay in a cache whose `incr` let them lapse after five minutes."""
    with time_machine.travel(NOON, tick=False) as clock:
        assert [ask() for _ in range(3)] == [True, True, True]
        clock.shift(timedelta(minutes=6))
        assert not ask()
        clock.shift(timedelta(minutes=53))
        assert not ask()


@pytest.mark.django_db
def test_no_address_is_kept_for_counting() -> None:
    ask()
    [row] = Tally.objects.values("key", "count")
    assert (len(row["key"]), row["count"]) == (64, 1)
    assert "mira" not in row["key"]


@pytest.mark.django_db
def test_counts_of_spans_that_are_over_are_forgotten() -> None:
    with time_machine.travel(NOON, tick=False):
        ask()
        is_within("code to", "x", most=1, every=timedelta(hours=2))
    assert forget_tallies(NOON + timedelta(minutes=59)) == 0
    of_today = Tally.objects.filter(ends_at__gte=NOON)
    assert sorted(one.ends_at for one in of_today) == [NOON + HOUR, NOON + 2 * HOUR]
    tick(NOON + HOUR)
    assert [one.ends_at for one in of_today.all()] == [NOON + 2 * HOUR]


# -- Many at once, on each engine ------------------------------------------------------------------------------------


def at_once(act: Callable[[], Answer], times: int) -> list[Answer]:
    """Do the same so many times in as many threads, each with a connection of its own, which begin together."""
    together = Barrier(times)

    def work() -> Answer:
        together.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return [done.result() for done in [pool.submit(work) for _ in range(times)]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("begun", [False, True])
def test_as_many_as_are_allowed_are_within_however_close_together(begun: bool) -> None:
    with time_machine.travel(NOON):
        if begun:
            ask()
        assert sum(at_once(ask, 20)) == (2 if begun else 3)


@pytest.mark.django_db(transaction=True)
def test_an_address_gets_four_letters_about_a_meeting_from_any_number_of_windows(meeting: Meeting) -> None:
    form = {"name": "Gita Rao", "email": "gita@guest.example"}
    path = f"/{meeting.network.slug}/meetings/{meeting.slug}/register/"
    with time_machine.travel(NOON):
        answers = Counter(at_once(lambda: Client().post(path, form).status_code, 12))
    assert answers == {302: 4, 429: 8}
    assert Delivery.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_an_address_gets_three_letters_to_join_from_any_number_of_windows(network: Network) -> None:
    form = {"name": "Gita Rao", "email": "gita@guest.example", "sector": "private", "agrees": "on"}
    with time_machine.travel(NOON):
        answers = Counter(at_once(lambda: Client().post(f"/{network.slug}/join/", form).status_code, 12))
    assert answers == {302: 3, 429: 9}
    assert Delivery.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_an_address_gets_three_codes_a_minute_from_any_number_of_windows(mira: User) -> None:
    with time_machine.travel(NOON):
        answers = at_once(lambda: Client().post("/accounts/login/", {"email": mira.email}), 12)
    assert Counter(answer.status_code for answer in answers) == {302: 3, 200: 9}
    assert Delivery.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_code_takes_three_tries_from_any_number_of_windows(mira: User) -> None:
    """Six digits are safe only as long as nobody can try many of them, also by trying them all at once."""
    browser = Client()
    with time_machine.travel(NOON):
        browser.post("/accounts/login/", {"email": mira.email})

        def guess() -> str:
            same = Client()
            same.cookies.update(browser.cookies)
            return same.post(CODE_PAGE, {"code": "wrong"}).content.decode()

        pages = at_once(guess, 12)
    assert sum("This is not the code" in page for page in pages) <= 3


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["mira@river.example", "nobody@nowhere.example"])
def test_codes_are_asked_for_fifteen_times_an_hour_and_no_oftener(mira: User, email: str) -> None:
    """The same for an address that nobody has (B17)."""
    statuses = []
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(17):
            statuses.append(Client().post("/accounts/login/", {"email": email}).status_code)
            clock.shift(timedelta(minutes=1))
    assert statuses == [302] * 15 + [200] * 2


@pytest.mark.django_db
def test_asking_again_and_again_for_the_letter_fills_no_mailbox(mira: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(10):
            browser = Client()
            browser.post("/accounts/login/", {"email": mira.email})
            for _ in range(4):
                browser.post("/accounts/login/code/again/", {"email": mira.email})
            clock.shift(timedelta(minutes=1))
        assert Delivery.objects.count() == 9  # three a minute, until fifteen have been asked for
        assert len(letters_sent()) == 9
