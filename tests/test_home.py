"""The front page and a network's home."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from events.models import Material, Meeting, Survey
from members.models import Network, User
from notes.models import Circulation, Edition
from tests.conftest import signed_in
from tests.events.test_public_pages import another, count_queries, move, words

pytestmark = pytest.mark.django_db


class TestFront:
    def test_with_one_public_network_it_leads_to_its_home(
        self, client: Client, network: Network, other_network: Network
    ) -> None:
        Network.objects.filter(pk=other_network.pk).update(is_public=False)
        response = client.get("/")
        assert (response.status_code, response["Location"]) == (302, "/voices/")

    def test_with_several_it_lists_the_public_ones(
        self, client: Client, network: Network, other_network: Network
    ) -> None:
        Network.objects.create(name="Hidden", slug="hidden", is_public=False)
        said = words(client, "/")
        assert "Museum makers People who run museums. Public voices People who engage the public on data." in said
        assert "Hidden" not in said

    def test_with_none_it_says_who_makes_the_first(self, client: Client, db: None) -> None:
        User.objects.create_superuser("root@site.example")
        assert "There is no network here yet." in words(client, "/")

    def test_is_405_for_post(self, client: Client, db: None) -> None:
        assert client.post("/").status_code == 405


class TestNetworkHome:
    def test_shows_the_next_meeting_with_one_register_button(self, client: Client, meeting: Meeting) -> None:
        """B1."""
        another(meeting, 5)
        said = words(client, "/voices/")
        assert said.startswith(
            "Public voices People who engage the public on data. Wednesday 14 January 2037 Next meeting "
            "Juries and panels 2pm to 3:15pm, UK time Online Tove Berg (Fjord Forum) What juries are good for. "
            "Register Add to your calendar Also coming 11 Feb 2037 Meeting 5"
        )
        assert said.count("Register") == 1

    def test_quotes_the_rule_as_a_promise(self, client: Client, network: Network) -> None:
        assert "How we meet This network meets under the Chatham House Rule: you are free" in words(client, "/voices/")

    def test_a_cancelled_meeting_is_not_the_next_but_says_so(self, client: Client, meeting: Meeting) -> None:
        another(meeting, 3, state="cancelled", theme="Too early")
        said = words(client, "/voices/")
        assert "Next meeting Juries and panels" in said
        assert "Too early Meeting 3 Cancelled" in said

    def test_a_meeting_that_is_on_says_so(self, client: Client, meeting: Meeting) -> None:
        move(meeting, starts_in=timedelta(minutes=-10))
        assert "On now Juries and panels" in words(client, "/voices/")

    def test_without_a_date_it_says_so_and_offers_to_join(self, client: Client, network: Network, mira: User) -> None:
        """B2."""
        said = words(client, "/voices/")
        assert (
            "Next meeting Date to be announced Members get an invitation by e-mail as soon as there is a date, and"
            in said
        )
        assert 'href="/voices/join/"' in client.get("/voices/").content.decode()
        members = words(signed_in(mira), "/voices/")
        assert "Date to be announced You will get an invitation" in members
        assert "Join" not in members

    def test_members_find_what_they_are_asked(self, client: Client, network: Network, mira: User, stan: User) -> None:
        asked = Survey.objects.create(network=network, title="Which day suits?", state="open")
        Survey.objects.create(network=network, title="Not yet", state="draft")
        page = signed_in(mira).get("/voices/").content.decode()
        assert f'href="/voices/surveys/{asked.pk}/">Which day suits?</a>' in page
        assert "Not yet" not in page
        for reader in (client, signed_in(stan)):
            assert "Which day suits?" not in reader.get("/voices/").content.decode()

    def test_earlier_meetings_have_badges_for_what_this_reader_may_see(
        self, client: Client, meeting: Meeting, mira: User
    ) -> None:
        move(meeting, starts_in=timedelta(days=-7))
        for kind, visibility in (("recording", "members"), ("slides", "public")):
            address = f"https://x.example/{kind}"
            Material.objects.create(meeting=meeting, kind=kind, title=kind, url=address, visibility=visibility)
        row = "Juries and panels Meeting 4 · Tove Berg (Fjord Forum)"
        assert f"{row} Slides All meetings" in words(client, "/voices/")
        assert f"{row} Video Slides All meetings" in words(signed_in(mira), "/voices/")

    def test_circulated_notes_are_a_badge_that_says_for_whom(self, client: Client, meeting: Meeting) -> None:
        move(meeting, starts_in=timedelta(days=-7))
        assert "Notes (members)" not in words(client, "/voices/")
        edition = Edition.objects.create(meeting=meeting, number=1, title="Notes", content=[], made_on="2026-01-01")
        Circulation.objects.create(edition=edition, circulated_at=timezone.now())
        assert "Tove Berg (Fjord Forum) Notes (members) All meetings" in words(client, "/voices/")
        assert "Notes of this meeting for members" in words(client, meeting.get_absolute_url())

    def test_asks_as_many_questions_of_the_database_for_one_meeting_as_for_many(
        self, client: Client, meeting: Meeting
    ) -> None:
        move(meeting, starts_in=timedelta(days=-7))
        another(meeting, 6)
        one = count_queries(client, "/voices/")
        for number in (1, 2, 3):
            another(meeting, number)
        assert count_queries(client, "/voices/") == one

    def test_is_404_for_an_unknown_network_and_405_for_post(self, client: Client, network: Network) -> None:
        assert client.get("/nobody/").status_code == 404
        assert client.post("/voices/").status_code == 405


class TestFrame:
    @pytest.mark.parametrize(
        ("address", "status", "title"),
        [("/nobody/", 404, "We have no page at this address"), ("/voices/", 200, "Public voices")],
    )
    def test_every_page_has_a_title_a_way_past_the_head_and_one_h1(
        self, client: Client, network: Network, address: str, status: int, title: str
    ) -> None:
        response = client.get(address)
        page = response.content.decode()
        assert response.status_code == status
        assert " ".join(page.partition("<title>")[2].partition("</title>")[0].split()) == title
        assert '<a class="skip-link" href="#content">' in page
        assert '<main id="content"' in page
        assert page.count("<h1") == 1

    def test_a_form_that_was_forged_is_told_what_to_do(self, network: Network) -> None:
        response = Client(enforce_csrf_checks=True).post("/voices/join/")
        assert response.status_code == 403
        assert "Nothing was changed." in response.content.decode()

    def test_notes_and_the_panel_stand_in_the_head_for_whom_they_are(
        self, client: Client, network: Network, mira: User, noor: User, stan: User
    ) -> None:
        def head(reader: Client) -> list[str]:
            page = reader.get("/voices/").content.decode().partition("<nav")[2].partition("</nav>")[0]
            return [link.partition("</a>")[0].rpartition(">")[2] for link in page.split("<a ")[1:]]

        assert head(client) == ["Meetings", "Notes", "Search", "Sign in"]
        assert head(signed_in(stan)) == ["Meetings", "Search", "My page"]
        assert head(signed_in(mira)) == ["Meetings", "Notes", "Suggestions", "Search", "My page"]
        assert head(signed_in(noor)) == ["Meetings", "Notes", "Suggestions", "Search", "Organise", "My page"]


@pytest.mark.parametrize("name", ["icons.svg", "icon.svg"])
def test_icons_are_our_own_and_ask_for_nothing(name: str) -> None:
    drawing = Path(finders.find(name) or "").read_text(encoding="utf-8")
    assert drawing.replace("http://www.w3.org/2000/svg", "").count("http") == 0
