"""See as: pages as visitors, members, those with a place and speakers find them, and nobody becomes anybody (B88)."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from events.actions.registering import register_member
from events.models import Material, Meeting, Registration, Speaker
from members.models import Network, User
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def seen(client: Client, meeting: Meeting, who: str) -> str:
    answer = client.get(reverse("admin:events_meeting_as", args=[meeting.pk, who]))
    assert answer.status_code == 200
    return " ".join(answer.text.split())


@pytest.fixture
def with_materials(meeting: Meeting) -> Meeting:
    for number, visibility in enumerate(("public", "members", "nobody")):
        Material.objects.create(
            meeting=meeting,
            kind="link",
            title=f"For {visibility}",
            url=f"https://fjord.example/{number}",
            visibility=visibility,
        )
    return meeting


def test_each_sees_what_is_for_them(with_materials: Meeting, olive: User) -> None:
    client = signed_in(olive)
    found = {
        who: [word in seen(client, with_materials, who) for word in ("For public", "For members", "For nobody")]
        for who in ("everybody", "member", "registered")
    }
    assert found == {
        "everybody": [True, False, False],
        "member": [True, True, False],
        "registered": [True, True, False],
    }


def test_each_finds_their_own_presses(meeting: Meeting, olive: User) -> None:
    client, presses = signed_in(olive), ("I can’t come", "You have a place.", "Cancel my place", "Sign in")
    found = {
        who: [one in seen(client, meeting, who) for one in presses] for who in ("everybody", "member", "registered")
    }
    assert found == {
        "everybody": [False, False, False, True],
        "member": [True, False, False, False],
        "registered": [False, True, True, False],
    }


def test_bar_says_as_whom_and_leads_back(meeting: Meeting, olive: User) -> None:
    page = seen(signed_in(olive), meeting, "member")
    assert "You see this as a member." in page
    assert f'<a href="{reverse("admin:events_meeting_screen", args=[meeting.pk])}">Back</a>' in page


def test_nothing_of_ones_own_is_on_it_and_one_stays_who_one_is(meeting: Meeting, olive: User, mira: User) -> None:
    """Not one's own place, not another's, not the way to the panel; the session is as it was."""
    register_member(meeting, olive)
    register_member(meeting, mira)
    client = signed_in(olive)
    before = list(Session.objects.values_list("session_key", "session_data"))
    for who in ("everybody", "member", "registered", "speaker"):
        page = seen(client, meeting, who)
        inner = page[page.index("</aside>") :]
        found = [word in inner for word in ("Olive", "Mira", "secret-room", reverse("admin:index"))]
        assert found == [False, False, False, False], who
    assert "You have a place." not in seen(client, meeting, "member")
    assert list(Session.objects.values_list("session_key", "session_data")) == before
    assert "You have a place." in client.get(meeting.get_absolute_url()).text


def test_nothing_can_be_sent_from_it(meeting: Meeting, olive: User) -> None:
    """POST is refused, the browser sends no form of it, and the keys in its forms fit no session."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(olive)
    address = reverse("admin:events_meeting_as", args=[meeting.pk, "member"])
    answer = client.get(address)
    assert "form-action 'none'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    (key, *_more) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.text)
    register = reverse("events:register", args=[meeting.network.slug, meeting.slug])
    assert register in answer.text
    assert client.post(register, {"csrfmiddlewaretoken": key}).status_code == 403
    assert signed_in(olive).post(address).status_code == 405
    assert not Registration.objects.exists()


def test_speakers_page_is_of_nobody_and_is_not_kept(meeting: Meeting, olive: User) -> None:
    Speaker.objects.update(biography="Chairs juries.", email="tove@fjord.example")
    page = seen(signed_in(olive), meeting, "speaker")
    assert "This page is yours alone, without an account." in page
    assert [word in page for word in ("Tove", "Chairs juries", "tove@fjord.example")] == [False, False, False]
    assert [one.name for one in Speaker.objects.all()] == ["Tove Berg"]


def test_draft_is_nobodys_to_find(meeting: Meeting, olive: User) -> None:
    Meeting.objects.update(state="draft")
    page = seen(signed_in(olive), meeting, "member")
    assert "Nobody but those who run the network finds a draft." in page
    assert "Juries and panels" not in page


@pytest.mark.parametrize(("who", "title"), [("everybody", "Join the network"), ("member", "Suggestions")])
def test_home_as_others_find_it(network: Network, meeting: Meeting, olive: User, who: str, title: str) -> None:
    answer = signed_in(olive).get(reverse("admin:network_as", args=[who, network.slug]))
    found = [word in answer.text for word in ("Join the network", "Suggestions", "Juries and panels", "Olive")]
    assert found == [title == "Join the network", title == "Suggestions", True, False]


def test_nobody_sees_more_than_they_may(meeting: Meeting, network: Network, olive: User, otto: User) -> None:
    """A site's owner who has not joined sees no members' page; another network's organiser sees none at all (R12)."""
    root = User.objects.create_superuser("root@site.example", name="Root")
    pages = [reverse("admin:events_meeting_as", args=[meeting.pk, who]) for who in ("everybody", "member", "speaker")]
    assert [signed_in(root).get(page).status_code for page in pages] == [200, 404, 404]
    assert [signed_in(otto).get(page).status_code for page in pages] == [404, 404, 404]
    home = [reverse("admin:network_as", args=[who, network.slug]) for who in ("everybody", "member", "speaker")]
    assert [signed_in(root).get(page).status_code for page in home] == [200, 404, 404]
    assert [signed_in(olive).get(page).status_code for page in home] == [200, 200, 404]
    assert signed_in(olive).get(pages[0].replace("everybody", "olive")).status_code == 404
