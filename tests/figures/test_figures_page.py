"""The page of figures (B82)."""

import re

import pytest
from django.test import Client

from events.models import Registration
from members.models import Network, User
from tests.conftest import signed_in
from tests.figures.conftest import Hold, crowd

PAGE = "/admin/figures/voices/"
YEAR = {"since": "2025-01-01", "until": "2025-12-31"}


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def page_of(user: User, asked: dict[str, str] | None = None) -> str:
    return signed_in(user).get(PAGE, YEAR if asked is None else asked).content.decode()


def test_organisers_see_pictures_and_their_numbers(hold: Hold, olive: User) -> None:
    hold(0, (*crowd("public", 8, 6), *crowd("academia", 10, 5)))
    page = page_of(olive)
    said = words(page)
    assert "1 January to 31 December 2025" in said
    assert "1 meeting, 18 places taken; of 100 who registered, 61 came." in said
    assert "15 January 2025: Day 0 18 11" in said
    assert "Together 18 11" in said
    assert page.count('role="img"') == 2
    assert page.count("<caption>") == page.count("<details") == 2


def test_every_picture_has_a_title_a_sentence_and_no_style_of_its_own(hold: Hold, olive: User) -> None:
    hold(0, (*crowd("public", 8, 6), *crowd("academia", 10, 5)))
    page = page_of(olive)
    for picture in re.findall(r"<svg class=\"picture\".*?</svg>", page, re.DOTALL):
        (title, desc) = re.findall(r'aria-labelledby="(\S+) (\S+)"', picture)[0]
        assert re.search(rf'<title id="{title}">[^<]+</title>\s*<desc id="{desc}">[^<]+</desc>', picture)
    assert "style=" not in page


def test_small_groups_are_neither_shown_nor_to_be_worked_out(hold: Hold, olive: User) -> None:
    """R13, decision 55: three from academia are hidden, and civil society with them."""
    hold(0, (*crowd("public", 40, 30), *crowd("civil-society", 20, 12), *crowd("academia", 3, 3)))
    said = words(page_of(olive))
    assert "Public sector 40 30 Civil society not shown not shown" in said
    assert "Academia not shown not shown" in said
    assert "Fewer than 5 people of a sector are not shown" in said


def test_a_network_may_ask_for_larger_groups(hold: Hold, olive: User, network: Network) -> None:
    Network.objects.filter(pk=network.pk).update(sector_minimum=9)
    hold(0, (*crowd("public", 8, 8), *crowd("academia", 7, 7)))
    assert "In each sector there are too few people to show: fewer than 9." in words(page_of(olive))


def test_where_nobody_kept_who_came_there_is_no_number(hold: Hold, olive: User) -> None:
    """A dash, not nought (decision 36); and the share is of meetings at which it was kept."""
    hold(0, crowd("public", 10, 0))
    assert "1 meeting, 10 places taken; who came was not kept." in words(page_of(olive))
    hold(30, crowd("public", 10, 9))
    said = words(page_of(olive))
    assert "15 January 2025: Day 0 10 –" in said
    assert "of 100 who registered, 90 came." in said


def test_with_nothing_to_draw_it_says_so(olive: User) -> None:
    said = words(page_of(olive))
    assert "No meeting was held in this time." in said
    assert "Nobody registered in this time." in said
    assert "No notes went out in this time." in said


def test_many_meetings_stand_by_quarter_and_the_table_with_them(hold: Hold, olive: User) -> None:
    for at in range(17):
        hold(at * 20, crowd("public", 5, 5))
    said = words(page_of(olive))
    assert "When Meetings Registered Came January 2025 1 5 5 February 2025 2 10 10" in said
    assert "Together 17 85 85" in said


def test_without_a_period_it_is_the_last_twelve_months(olive: User, network: Network) -> None:
    page = page_of(olive, {})
    assert f'value="{network.today}"' in page
    assert 'aria-current="true">Last twelve months' in page


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2025-02-01", "2025-01-31", "This day is before the first one."),
        ("2025-02-30", "2025-03-31", "Write a day like 2026-01-31."),
        ("", "2025-03-31", "Choose a day."),
        ("0001-01-01", "2025-03-31", "Take a day from 1990 on."),
        ("2025-02-01", "9999-12-31", "Take a day before 2100."),
    ],
)
def test_a_wrong_period_is_refused_with_a_reason_and_kept(olive: User, since: str, until: str, said: str) -> None:
    answer = signed_in(olive).get(PAGE, {"since": since, "until": until})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in words(page)
    assert f'value="{until}"' in page


def test_only_those_with_a_role_see_figures(olive: User, noor: User, mira: User, otto: User, stan: User) -> None:
    """R13: members do not; for strangers there is no such page (R12)."""
    assert [signed_in(one).get(PAGE).status_code for one in (olive, noor)] == [200, 200]
    assert signed_in(otto).get(PAGE).status_code == 404
    assert [signed_in(one).get(PAGE).status_code for one in (mira, stan)] == [302, 302]
    assert Client().get(PAGE).status_code == 302
    assert signed_in(olive).post(PAGE).status_code == 405


def test_names_and_addresses_are_in_no_figure(hold: Hold, olive: User) -> None:
    meeting = hold(0, crowd("public", 8, 6))
    Registration.objects.create(meeting=meeting, guest_email="zelda@people.example", name="Zelda Quux", sector="public")
    page = page_of(olive)
    assert "Zelda" not in page
    assert "zelda" not in page
