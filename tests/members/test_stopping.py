"""Ending letters from a letter: headers, the page behind the link, and what still arrives (B23, B24)."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from cop.lib.mail import Letter, render_letter
from cop.lib.signing import personal_token
from members.actions.mailing import Recipient, send_letter
from members.models import Decision, Delivery, Kind, Network, Refusal, User
from members.writing import kind_of, known_letters, letter, stop_link
from tests.conftest import member_of
from tests.post import letters_sent

pytestmark = pytest.mark.django_db


@letter("tests/invitation", kind=Kind.INVITATIONS)
def invitation(delivery: Delivery) -> Letter:
    """As small as a letter of a kind can be."""
    words = {"network": delivery.mailing.network, "url": "https://x.example/", "stop": stop_link(delivery)}
    return render_letter("confirm", words)


def invite(network: Network, *addresses: str, user: User | None = None) -> list[EmailMultiAlternatives]:
    send_letter("tests/invitation", [Recipient(address, user=user) for address in addresses], network=network)
    return letters_sent()


def path_in(sent: EmailMultiAlternatives) -> str:
    """Where the mail program's own button posts to."""
    return urlsplit(str(sent.extra_headers["List-Unsubscribe"]).strip("<>")).path


@pytest.fixture
def guest_link(network: Network) -> str:
    return path_in(invite(network, "Guest@People.example")[0])


@pytest.fixture
def mira_link(network: Network, mira: User) -> str:
    return path_in(invite(network, mira.email, user=mira)[0])


@time_machine.travel(datetime(2037, 1, 14, 12, tzinfo=UTC), tick=False)  # both links are signed in one second
def test_letter_of_a_kind_says_how_to_end_it_in_headers_text_and_html(network: Network, mira: User) -> None:
    """RFC 2919, RFC 2369, RFC 8058."""
    [sent] = invite(network, mira.email, user=mira)
    token = personal_token("stop letters", Delivery.objects.get().pk).partition(".")[0]
    link = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert re.fullmatch(rf"{re.escape(settings.SITE_URL)}/p/{token}\.[\w-]+\.[\w-]+/letters/", link)
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["List-Id"] == "<invitations.voices.example.org>"
    assert str(sent.body).endswith(f"Stop letters like this one: {link}\n")
    [(html, _kind)] = sent.alternatives
    assert f'href="{link}"' in str(html)


def test_letters_without_a_kind_have_no_such_headers(network: Network, mira: User) -> None:
    send_letter("welcome", [Recipient(mira.email)], network=network, about_id=mira.memberships.get().pk)
    [sent] = letters_sent()
    assert sorted(sent.extra_headers) == ["Auto-Submitted", "Message-ID", "X-Auto-Response-Suppress"]
    assert "Stop letters" not in str(sent.body)


def test_which_letters_are_of_a_kind() -> None:
    """Codes, confirmations of one's own doing, consent pages and the organisers' work are of none: they always go."""
    ours = [name for name in known_letters() if not name.startswith("tests/")]
    assert {name: kind_of(name) for name in ours if kind_of(name)} == {
        "circular/invitation": Kind.INVITATIONS,
        "circular/news": Kind.NEWS,
        "events/afterwards": Kind.REMINDERS,
        "events/invitation": Kind.INVITATIONS,
        "events/reminder": Kind.REMINDERS,
        "events/reminder_waiting": Kind.REMINDERS,
        "events/topic_taken_up": Kind.INVITATIONS,
        "notes/circulated": Kind.NOTES,
    }


def test_kind_of_letter_needs_a_network(mira: User) -> None:
    with pytest.raises(LookupError, match="one of a kind needs a network"):
        send_letter("tests/invitation", [Recipient(mira.email)], network=None)


def test_opening_the_link_changes_nothing(client: Client, mira_link: str) -> None:
    """Mail scanners open every link."""
    page = client.get(mira_link)
    assert page.status_code == 200
    assert "Do you want no more invitations to meetings?" in page.text
    assert "Send me no more invitations to meetings" in " ".join(page.text.split())
    assert not Refusal.objects.exists()


def test_page_names_nobody(client: Client, mira: User, mira_link: str) -> None:
    """Whoever was forwarded the letter reads no address."""
    assert mira.email not in client.get(mira_link).text
    assert mira.name not in client.get(mira_link).text


def test_mail_programs_press_needs_no_cookie_and_is_answered_at_once(mira: User, mira_link: str) -> None:
    """RFC 8058: a POST from anywhere, with that one field and no CSRF token."""
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(mira_link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert [(one.user, one.kind) for one in Refusal.objects.all()] == [(mira, "invitations")]
    decisions = Decision.objects.values_list("what", "about", "way")
    assert list(decisions) == [("stopped", "invitations", "mail-program")]


def test_press_on_the_page_says_what_still_arrives(client: Client, mira_link: str) -> None:
    page = " ".join(client.post(mira_link, {"do": "stop"}).text.split())
    assert "You get no more invitations to meetings" in page
    still = re.findall(r"<li> ?([^<]*?) ?</li>", page.partition("What still arrives")[2])
    assert [one.partition(":")[0] for one in still] == [
        "reminders of meetings from Public voices",
        "news of new notes from Public voices",
        "newsletters from Public voices",
        "letters about what you do yourself",
        "a link to choose how your own points may appear in the notes, where you said something in a meeting",
    ]
    assert "You stay a member." in page


def test_everything_at_once_and_one_kind_taken_back(client: Client, mira: User, mira_link: str) -> None:
    client.post(mira_link, {"do": "everything"})
    assert set(mira.refusals.values_list("kind", flat=True)) == set(Kind)
    page = " ".join(client.post(mira_link, {"do": "again"}).text.split())
    assert "Public voices sends you invitations to meetings again." in page
    assert set(mira.refusals.values_list("kind", flat=True)) == set(Kind) - {Kind.INVITATIONS}


def test_pressing_twice_is_pressing_once(client: Client, mira_link: str) -> None:
    for _ in range(2):
        assert client.post(mira_link, {"do": "stop"}).status_code == 200
    assert (Refusal.objects.count(), Decision.objects.count()) == (1, 1)


def test_guest_stops_letters_by_their_address(client: Client, network: Network, guest_link: str) -> None:
    page = client.post(guest_link, {"do": "stop"}).text
    assert "You stay a member." not in page
    assert [(one.user, one.guest_email) for one in Refusal.objects.all()] == [(None, "guest@people.example")]
    assert invite(network, "guest@people.example", "GUEST@people.example") == []
    assert [one.to for one in invite(network, "other@people.example")] == [["other@people.example"]]


def test_stopped_letters_of_one_network_leave_the_others(
    client: Client, network: Network, other_network: Network, mira: User, mira_link: str
) -> None:
    member_of(other_network, mira)
    client.post(mira_link, {"do": "everything"})
    assert invite(network, mira.email) == []
    assert [one.to for one in invite(other_network, mira.email)] == [[mira.email]]


def test_letter_that_waits_when_it_is_stopped_is_not_sent(client: Client, network: Network, mira: User) -> None:
    """B24: also one that the worker has not come to yet."""
    link = path_in(invite(network, mira.email, user=mira)[0])
    send_letter("tests/invitation", [Recipient(mira.email, user=mira), Recipient("a@x.example")], network=network)
    client.post(link, {"do": "stop"})
    assert [one.to for one in letters_sent()] == [["a@x.example"]]
    assert Delivery.objects.filter(mailing__deliveries__email="a@x.example").get(user=mira).state == "unwanted"


def test_letters_without_a_kind_reach_who_stopped_everything(
    client: Client, network: Network, mira: User, mira_link: str
) -> None:
    client.post(mira_link, {"do": "everything"})
    send_letter("welcome", [Recipient(mira.email)], network=network, about_id=mira.memberships.get().pk)
    assert [one.to for one in letters_sent()] == [[mira.email]]


def test_links_that_lead_nowhere(client: Client, network: Network, mira: User) -> None:
    """Forged, of another purpose, of a letter without a kind, of one that is gone: the same page."""
    link = path_in(invite(network, mira.email, user=mira)[0])
    send_letter("welcome", [Recipient(mira.email)], network=network, about_id=mira.memberships.get().pk)
    welcome = Delivery.objects.get(mailing__letter="welcome")
    for token in ("1.a.b", "x", personal_token("registration", 1), personal_token("stop letters", welcome.pk)):
        assert client.post(f"/p/{token}/letters/").status_code == 404
    assert client.put(link).status_code == 405
    Delivery.objects.all().delete()
    answer = client.post(link)
    assert answer.status_code == 404
    assert "This link no longer works" in answer.text
