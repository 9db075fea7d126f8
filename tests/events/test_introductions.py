"""Introductions: only those who let themselves be seen are asked, both say yes, and nobody learns of a no (B71)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.actions.introducing import (
    IntroducingRefused,
    answer_introduction,
    ask_for_introduction,
    forget_introductions,
    take_back,
)
from events.models import Introduction
from events.rules.introductions import Answer, Shown, Unfit, shown, why_unfit
from members.models import Delivery, Membership, Network, User
from tests.conftest import member_of, person, signed_in
from tests.post import letters_sent

TODAY = date(2037, 1, 2)
PAGE = "/voices/introductions/"
WORDS = "How do you pay <people>?"


@pytest.fixture
def nia(network: Network) -> User:
    """A member who lets others see her."""
    user = person("nia@lake.example", "Nia Osei", "Lake District Council", "public")
    member_of(network, user)
    Membership.objects.filter(user=user).update(is_listed=True)
    return user


def ask(asker: User, asked: User, words: str = WORDS) -> Introduction:
    membership = asked.memberships.get()
    ask_for_introduction(membership.network, asker, membership.pk, words=words, on=TODAY)
    return Introduction.objects.get(asker=asker, asked=asked)


@pytest.mark.parametrize(
    ("answer", "asker", "asked"),
    [
        (Answer.NOTHING, Shown.WAITS, Shown.TO_ANSWER),
        (Answer.NO, Shown.WAITS, Shown.GONE),
        (Answer.YES, Shown.KNOWN, Shown.KNOWN),
    ],
)
def test_asker_reads_the_same_of_a_no_and_of_nothing(answer: Answer, asker: Shown, asked: Shown) -> None:
    assert (shown(answer, to_asker=True), shown(answer, to_asker=False)) == (asker, asked)


@pytest.mark.parametrize(
    ("words", "under_way", "why"),
    [
        (WORDS, 4, None),
        (WORDS, 5, Unfit.MANY),
        (" ?", 0, Unfit.EMPTY),
        ("a" * 301, 0, Unfit.LONG),
        ("Hi\u202e", 0, Unfit.HIDDEN),
    ],
)
def test_words_are_fit_or_why_not(words: str, under_way: int, why: Unfit | None) -> None:
    assert why_unfit(words, under_way=under_way) == why


def test_b71_both_say_yes_before_any_address_shows(network: Network, mira: User, nia: User) -> None:
    asks, asked = signed_in(mira), signed_in(nia)
    membership = nia.memberships.get()
    assert "Nia Osei, Lake District Council</option>" in asks.get(PAGE).text
    assert asks.post(PAGE, {"ask": "yes", "to": membership.pk, "words": WORDS})["Location"] == PAGE
    letters = letters_sent()
    assert [letter.to for letter in letters] == [[nia.email]]
    for secret in ("Mira", mira.email, "pay"):
        assert secret not in letters[0].body
    page = asked.get(PAGE).text
    assert "Mira Novak" in page
    assert "How do you pay &lt;people&gt;?" in page
    assert mira.email not in page
    assert nia.email not in asks.get(PAGE).text
    asked.post(PAGE, {"yes": Introduction.objects.get().pk})
    assert nia.email in asks.get(PAGE).text
    assert mira.email in asked.get(PAGE).text
    told = {letter.to[0]: letter.body for letter in letters_sent()}
    assert set(told) == {mira.email, nia.email}
    assert "you and Nia Osei would like to meet" in told[mira.email]
    assert nia.email in told[mira.email]
    assert mira.email in told[nia.email]


def test_no_says_nothing_to_the_asker(network: Network, mira: User, nia: User, noor: User) -> None:
    """The asker's page is, byte for byte, that of somebody who has had no answer, also after asking again."""
    introduction, client = ask(mira, nia), signed_in(mira)
    letters_sent()

    def page() -> str:
        return re.sub('name="csrfmiddlewaretoken" value="[^"]*"', "", client.get(PAGE).text)

    before = page()
    assert "Nobody is told of your no." in signed_in(nia).post(PAGE, {"no": introduction.pk}, follow=True).text
    assert page() == before
    assert "Mira Novak" not in signed_in(nia).get(PAGE).text
    take_back(network, mira, introduction.pk)
    assert ask(mira, nia).pk == introduction.pk
    assert page() == before
    assert letters_sent() == []
    assert answer_introduction(network, nia, introduction.pk, Answer.YES) is False


def test_what_is_taken_back_cannot_be_answered_and_its_letter_does_not_go(
    network: Network, mira: User, nia: User
) -> None:
    introduction = ask(mira, nia)
    signed_in(mira).post(PAGE, {"take_back": introduction.pk})
    assert letters_sent() == []
    assert "nothing to answer" in signed_in(nia).post(PAGE, {"yes": introduction.pk}, follow=True).text


def test_only_who_lets_themselves_be_seen_is_asked(network: Network, mira: User, nia: User) -> None:
    Membership.objects.update(is_listed=False)
    with pytest.raises(IntroducingRefused, match="no longer in the list"):
        ask(mira, nia)
    client = signed_in(mira)
    assert "Nia" not in client.get(PAGE).text
    answer = client.post(PAGE, {"ask": "yes", "to": nia.memberships.get().pk, "words": "kept"})
    assert answer.status_code == 422
    assert "no longer in the list" in answer.text
    assert "kept</textarea>" in answer.text


def test_five_without_a_yes_are_enough(network: Network, mira: User) -> None:
    people = [person(f"p{number}@lake.example", f"P {number}") for number in range(6)]
    for one in people:
        Membership.objects.filter(pk=member_of(network, one).pk).update(is_listed=True)
    for one in people[:5]:
        ask(mira, one)
    take_back(network, mira, Introduction.objects.earliest("pk").pk)
    with pytest.raises(IntroducingRefused, match="wait some weeks"):
        ask(mira, people[5])
    answer_introduction(network, people[1], Introduction.objects.get(asked=people[1]).pk, Answer.YES)
    ask(mira, people[5])


def test_organisers_see_none_of_it(network: Network, mira: User, nia: User, olive: User) -> None:
    """R13: no list of the panel says who asked, who was asked, or who got a letter."""
    ask(mira, nia)
    client = signed_in(olive)
    assert nia.email not in client.get(reverse("admin:members_delivery_changelist")).text
    delivery = Delivery.objects.get()
    assert client.get(reverse("admin:members_delivery_change", args=[delivery.pk])).status_code == 302
    assert "Mira" not in client.get(PAGE).text
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, answer FROM events_introduction")
        assert "pay" not in str(cursor.fetchall())


def test_whoever_has_left_is_not_shown(network: Network, mira: User, nia: User) -> None:
    introduction = ask(mira, nia)
    answer_introduction(network, nia, introduction.pk, Answer.YES)
    Membership.objects.filter(user=nia).update(state="left")
    assert nia.email not in signed_in(mira).get(PAGE).text


def test_it_is_forgotten_after_three_months(network: Network, mira: User, nia: User) -> None:
    ask(mira, nia)
    later = datetime(2037, 1, 2, tzinfo=UTC) + timedelta(days=90)
    assert [forget_introductions(later - timedelta(days=1)), forget_introductions(later)] == [0, 1]


def test_page_is_for_members(network: Network, mira: User, nia: User, otto: User, stan: User) -> None:
    introduction = ask(mira, nia)
    assert Client().get(PAGE)["Location"].startswith("/accounts/login/")
    assert [signed_in(one).get(PAGE).status_code for one in (otto, stan)] == [404, 404]
    client = signed_in(mira)
    assert (client.put(PAGE).status_code, client.post(PAGE, {"yes": "x"}).status_code) == (405, 404)
    client.post(PAGE, {"yes": introduction.pk})  # it is not theirs to answer
    assert Introduction.objects.get().answer == Answer.NOTHING


def test_page_asks_the_database_as_often_for_three_as_for_one(network: Network, nia: User) -> None:
    people = [person(f"p{number}@lake.example", f"P {number}") for number in range(3)]
    for one in people:
        member_of(network, one)
    client = signed_in(nia)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(PAGE).status_code == 200
        return len(found)

    ask(people[0], nia)
    once = queries()
    for one in people[1:]:
        ask(one, nia)
    assert queries() == once
