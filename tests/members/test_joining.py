"""Joining a network: asked for, confirmed from the mailbox, approved where the network wants that."""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cop.lib.signing import personal_token
from members.actions.joining import Person, approve, ask_to_join, confirm, decline, forget_sign_ups
from members.letters import confirm_purpose
from members.models import Agreement, Delivery, Membership, Network, SignUp, User
from tests.conftest import member_of, person, signed_in
from tests.post import letters_sent

FORM = {
    "email": "new@river.example",
    "name": "Nia New",
    "organisation": "River County Council",
    "sector": "public",
    "agrees": "on",
}
NIA = Person(name="Nia New", organisation="River County Council", sector="public")


def link_in(letter: EmailMultiAlternatives) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/p/\S+/confirm/)", str(letter.body))
    assert found
    return found[1]


def state_of(network: Network, email: str) -> tuple[str, str]:
    membership = Membership.objects.get(network=network, user__email=email)
    return membership.state, membership.role


def everything() -> list[object]:
    return [
        sorted(model._default_manager.values_list("pk", *fields))
        for model, fields in [
            (User, ["email", "name", "last_login"]),
            (Membership, ["state", "role"]),
            (Agreement, ["wording"]),
            (Delivery, ["email", "state"]),
            (EmailAddress, ["email", "verified"]),
        ]
    ]


# -- The journey -----------------------------------------------------------------------------------------------------


def test_form_letter_button_welcome(client: Client, network: Network) -> None:
    """B15, B16, B21."""
    answer = client.post("/voices/join/", FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/voices/join/sent/")
    [asking] = letters_sent()
    assert asking.to == ["new@river.example"]
    assert asking.subject == "Please confirm: join Public voices"
    assert "Nia" not in str(asking.message())

    page = client.get(link_in(asking))
    assert "Nia New" in page.text
    assert "River County Council" in page.text
    assert not User.objects.exists()

    answer = client.post(link_in(asking), follow=True)
    assert answer.redirect_chain == [("/voices/", 302)]
    assert "You are a member of this network. Welcome." in answer.text
    user = User.objects.get()
    assert (user.email, user.name, user.organisation, user.sector) == (
        "new@river.example",
        "Nia New",
        "River County Council",
        "public",
    )
    assert client.session["_auth_user_id"] == str(user.pk)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(user.email, True, True)]
    assert state_of(network, user.email) == ("active", "member")
    assert list(Agreement.objects.values_list("wording", flat=True)) == [network.ground_rules]
    [welcome] = letters_sent()
    assert (welcome.to, welcome.subject) == ([user.email], "Welcome to Public voices")
    assert str(network.ground_rules) in str(welcome.body)


def test_pressing_again_changes_nothing_and_signs_nobody_in(client: Client, network: Network) -> None:
    sign_up = ask_to_join(network, email="new@river.example", person=NIA)
    [asking] = letters_sent()
    client.post(link_in(asking))
    letters_sent()
    before = everything()
    again = Client()
    assert again.post(link_in(asking))["Location"] == "/voices/"
    assert "_auth_user_id" not in again.session
    assert everything() == before
    assert not confirm(sign_up).changed


def test_opening_links_changes_nothing(network: Network) -> None:
    """Complaint 7: mail scanners open links, with GET and with HEAD."""
    ask_to_join(network, email="new@river.example", person=NIA)
    [asking] = letters_sent()
    before = everything()
    for _ in range(3):
        scanner = Client()
        assert scanner.get(link_in(asking)).status_code == 200
        assert scanner.head(link_in(asking)).status_code == 200
        assert "_auth_user_id" not in scanner.session
    assert everything() == before


def test_the_form_sent_twice_leaves_both_letters_good(client: Client, network: Network) -> None:
    """Complaint 6: whoever is impatient must not find that the first letter is void."""
    ask_to_join(network, email="New@river.example", person=Person(name="Nya", sector="private"))
    [first] = letters_sent()
    ask_to_join(network, email="new@River.example", person=NIA)
    assert SignUp.objects.count() == 1
    client.post(link_in(first))
    assert User.objects.get().name == "Nia New"


@pytest.mark.django_db(transaction=True)
def test_a_double_press_makes_one_member_and_one_letter(network: Network) -> None:
    sign_up = ask_to_join(network, email="new@river.example", person=NIA)
    results: list[bool] = []

    def press() -> None:
        try:
            results.append(confirm(sign_up).changed)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(results) == [False, False, False, True]
    assert Membership.objects.count() == 1
    assert Delivery.objects.filter(mailing__letter="welcome").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_new_address_confirmed_in_many_networks_at_once_is_one_person() -> None:
    """Each press makes the account that the other is making."""
    networks = [Network.objects.create(name=f"Network {place}", slug=f"n{place}") for place in range(6)]
    links = [asked_link(one) for one in networks]
    together, answers = threading.Barrier(len(links)), []

    def press(link: str) -> None:
        browser = Client(raise_request_exception=False)
        together.wait()
        try:
            answers.append(browser.post(link).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[link]) for link in links]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert answers == [302] * 6
    assert User.objects.get().email == "new@river.example"
    assert Membership.objects.filter(state="active").count() == 6
    assert EmailAddress.objects.count() == 1


def asked_link(network: Network) -> str:
    sign_up = ask_to_join(network, email="new@river.example", person=NIA)
    return f"/p/{personal_token(confirm_purpose(sign_up), sign_up.pk)}/confirm/"


def test_confirming_signs_nobody_out(network: Network, otto: User) -> None:
    ask_to_join(network, email="new@river.example", person=NIA)
    [asking] = letters_sent()
    browser = signed_in(otto)
    browser.post(link_in(asking))
    assert browser.session["_auth_user_id"] == str(otto.pk)
    assert state_of(network, "new@river.example") == ("active", "member")


# -- People we know already ------------------------------------------------------------------------------------------


def test_known_and_unknown_addresses_get_the_same_answer(network: Network, mira: User, stan: User) -> None:
    """B17: in status, headers and body; only the mailbox learns the difference."""
    answers = []
    for email in (mira.email, stan.email, "nobody@nowhere.example"):
        browser = Client()
        answer = browser.post("/voices/join/", {**FORM, "email": email})
        page = browser.get(answer["Location"])
        answers.append(
            (answer.status_code, sorted(answer.headers.items()), answer.content, page.status_code, page.content)
        )
    assert answers[0] == answers[1] == answers[2]
    assert [letter.subject for letter in letters_sent()] == [
        "You are already in: Public voices",
        "Please confirm: join Public voices",
        "Please confirm: join Public voices",
    ]


def test_known_and_unknown_addresses_take_the_same_queries(network: Network, mira: User) -> None:
    counts = []
    Client().post("/voices/join/", FORM)  # the first of the hour makes the count, later ones add to it
    for email in (mira.email, "nobody@nowhere.example"):
        with CaptureQueriesContext(connection) as queries:
            Client().post("/voices/join/", {**FORM, "email": email})
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("state", ["active", "pending", "paused"])
@pytest.mark.parametrize("role", ["member", "note-taker", "organiser"])
def test_confirming_never_takes_anything_away(network: Network, stan: User, state: str, role: str) -> None:
    """Complaint 6: "confirmed people downgraded"."""
    member_of(network, stan, role, state)
    network.needs_approval = True
    network.save()
    sign_up = ask_to_join(network, email=stan.email, person=NIA)
    assert not confirm(sign_up).changed
    assert state_of(network, stan.email) == (state, role)


def test_who_comes_back_begins_as_a_member(network: Network, stan: User) -> None:
    member_of(network, stan, "organiser", "left")
    assert confirm(ask_to_join(network, email=stan.email, person=NIA)).changed
    assert state_of(network, stan.email) == ("active", "member")


def test_an_account_keeps_what_it_says_of_itself(network: Network, stan: User) -> None:
    confirm(ask_to_join(network, email="STAN@elsewhere.example", person=NIA))
    stan.refresh_from_db()
    assert (stan.name, stan.organisation, stan.sector) == ("Stan Stranger", "River County Council", "public")
    assert User.objects.count() == 1


# -- Approval --------------------------------------------------------------------------------------------------------


@pytest.fixture
def careful(network: Network) -> Network:
    network.needs_approval = True
    network.save()
    return network


@pytest.fixture
def waiting(careful: Network, stan: User) -> Membership:
    return member_of(careful, stan, state="pending")


def test_waiting_for_approval(client: Client, careful: Network, olive: User) -> None:
    """B20."""
    ask_to_join(careful, email="new@river.example", person=NIA)
    [asking] = letters_sent()
    answer = client.post(link_in(asking), follow=True)
    assert "An organiser will look at your request" in answer.text
    assert state_of(careful, "new@river.example") == ("pending", "member")
    [to_organiser] = letters_sent()
    assert (to_organiser.to, to_organiser.subject) == ([olive.email], "Somebody asks to join Public voices")
    assert "Nia" not in str(to_organiser.message())


@pytest.mark.parametrize(
    ("act", "state", "subject"),
    [(approve, "active", "Welcome to Public voices"), (decline, "left", "Your request to join Public voices")],
)
def test_applicant_is_told_either_way_and_once(
    act: Callable[..., bool], state: str, subject: str, waiting: Membership, olive: User
) -> None:
    assert act(waiting, by=olive)
    assert not act(waiting, by=olive)
    assert [(letter.to, letter.subject) for letter in letters_sent()] == [([waiting.user.email], subject)]
    assert state_of(waiting.network, waiting.user.email) == (state, "member")


# -- What can go wrong -----------------------------------------------------------------------------------------------


def test_wrong_input_comes_back_with_its_content_and_says_why(client: Client, network: Network) -> None:
    answer = client.post("/voices/join/", {"email": "mira at river", "name": "  ", "organisation": "<b>Ours</b>"})
    assert answer.status_code == 422
    for sentence in (
        "This does not look like an e-mail address. It needs an @ and no spaces.",
        "Give the name by which the network should know you.",
        "Choose the sector you work in.",
        "Members promise one another to keep to the ground rules. Tick the box if you do.",
    ):
        assert answer.text.count(sentence) == 2  # in the summary, and at the field
    assert 'value="mira at river"' in answer.text
    assert "&lt;b&gt;Ours&lt;/b&gt;" in answer.text
    assert 'href="#id_email"' in answer.text
    assert not SignUp.objects.exists()


def test_empty_form_says_why(client: Client, network: Network) -> None:
    assert client.post("/voices/join/").status_code == 422


def test_three_letters_an_hour_to_one_address(client: Client, network: Network) -> None:
    statuses = [client.post("/voices/join/", FORM).status_code for _ in range(3)]
    refused = client.post("/voices/join/", FORM)
    assert statuses == [302, 302, 302]
    assert refused.status_code == 429
    assert "We have sent this address three letters within the hour." in refused.text
    assert len(letters_sent()) == 3


def test_thirty_letters_an_hour_from_one_place(network: Network) -> None:
    statuses = [
        Client().post("/voices/join/", {**FORM, "email": f"n{number}@x.example"}).status_code for number in range(31)
    ]
    assert statuses == [302] * 30 + [429]


def test_old_link_leads_on_politely(client: Client, network: Network) -> None:
    ask_to_join(network, email="new@river.example", person=NIA)
    [asking] = letters_sent()
    with time_machine.travel(timezone.now() + timedelta(hours=48, minutes=1)):
        for answer in (client.get(link_in(asking)), client.post(link_in(asking))):
            assert answer.status_code == 404
            assert "This link no longer works" in answer.text
    assert not User.objects.exists()


@pytest.mark.parametrize("token", ["1.a.b", "nonsense", "99999.1xVPk1.Jmyfud7VEkvcA1nrbxs915vx8xuUvMVElOYa6vARMPY"])
def test_forged_link_shows_the_same_page(client: Client, network: Network, token: str) -> None:
    ask_to_join(network, email="new@river.example", person=NIA)
    answer = client.get(f"/p/{token}/confirm/")
    assert answer.status_code == 404
    assert "Nia" not in answer.text


def test_sign_ups_are_forgotten_after_two_days(network: Network) -> None:
    now = datetime(2037, 1, 14, 14, tzinfo=UTC)
    with time_machine.travel(now - timedelta(hours=49), tick=False):
        ask_to_join(network, email="old@river.example", person=NIA)
    with time_machine.travel(now - timedelta(hours=47), tick=False):
        ask_to_join(network, email="young@river.example", person=NIA)
    assert forget_sign_ups(now) == 1
    assert SignUp.objects.get().email == "young@river.example"


def test_closed_account_becomes_no_reader(client: Client, network: Network, stan: User) -> None:
    User.objects.update(is_active=False)
    ask_to_join(network, email=stan.email, person=NIA)
    [asking] = letters_sent()
    assert client.post(link_in(asking))["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session
    assert not Membership.objects.active().exists()


def test_unknown_network_and_wrong_method(client: Client, network: Network) -> None:
    assert client.get("/nowhere/join/").status_code == 404
    assert client.post("/nowhere/join/", FORM).status_code == 404
    assert client.put("/voices/join/").status_code == 405
    assert client.post("/voices/join/sent/").status_code == 405
    assert client.delete("/p/1.a.b/confirm/").status_code == 405


def test_form_knows_who_is_signed_in(network: Network, stan: User, mira: User) -> None:
    assert 'value="stan@elsewhere.example"' in signed_in(stan).get("/voices/join/").text
    assert "You are a member of this network already." not in signed_in(stan).get("/voices/join/").text
    assert "You are a member of this network already." in signed_in(mira).get("/voices/join/").text


def test_no_address_reaches_the_log(client: Client, network: Network, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    client.post("/voices/join/", FORM)
    [asking] = letters_sent()
    client.post(link_in(asking))
    letters_sent()
    logged = [line for line in caplog.messages if "river.example" in line or "Nia" in line]
    assert caplog.messages
    assert [line for line in logged if "SELECT" not in line and "INSERT" not in line and "UPDATE" not in line] == []


def test_person_without_an_account_yet_is_made_with_no_password(network: Network) -> None:
    membership = confirm(ask_to_join(network, email="new@river.example", person=NIA)).membership
    assert not membership.user.has_usable_password()
    assert person("other@river.example", "Other").pk != membership.user.pk


def test_office_mailbox_is_asked_once_who_joins(network: Network) -> None:
    """B28."""
    path = f"/{network.slug}/join/"
    said = {"name": "Team", "email": "team@council.example", "sector": "public", "agrees": "on"}
    answer = Client().post(path, said)
    assert answer.status_code == 422
    assert "This looks like a mailbox that several people read." in answer.text
    assert Client().post(path, said | {"right_as_it_is": said["email"]}).status_code == 302
